package io.assent.passkey;

import com.webauthn4j.converter.util.ObjectConverter;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.keycloak.credential.CredentialInput;
import org.keycloak.credential.CredentialModel;
import org.keycloak.credential.WebAuthnCredentialProvider;
import org.keycloak.models.SubjectCredentialManager;
import org.keycloak.models.UserModel;
import org.keycloak.models.WebAuthnPolicy;

/** A customer's credentials in memory, which Keycloak's own providers check. */
final class Wallet {

    private final List<CredentialModel> kept = new ArrayList<>();
    private final Map<PasskeyKind, WebAuthnPolicy> policies;

    Wallet(Map<PasskeyKind, WebAuthnPolicy> policies) {
        this.policies = policies;
    }

    Wallet with(CredentialModel credential) {
        kept.add(credential);
        return this;
    }

    UserModel owner() {
        SubjectCredentialManager credentials =
                answering(SubjectCredentialManager.class, (called, given) -> switch (called) {
                    case "getStoredCredentialsByTypeStream" ->
                        kept.stream().filter(one -> one.getType().equals(given[0]));
                    case "getStoredCredentialById" ->
                        kept.stream()
                                .filter(one -> one.getId().equals(given[0]))
                                .findFirst()
                                .orElseThrow();
                    case "updateStoredCredential" -> {
                        CredentialModel changed = (CredentialModel) given[0];
                        kept.replaceAll(one -> one.getId().equals(changed.getId()) ? changed : one);
                        yield null;
                    }
                    case "isValid" -> isValid(((CredentialInput[]) given[0])[0]);
                    default -> throw new UnsupportedOperationException(called);
                });
        return answering(UserModel.class, (called, given) -> switch (called) {
            case "credentialManager" -> credentials;
            case "getUsername" -> "anna";
            default -> throw new UnsupportedOperationException(called);
        });
    }

    private boolean isValid(CredentialInput input) {
        return policies.keySet().stream()
                .filter(kind -> kind.type().equals(input.getType()))
                .anyMatch(kind -> new Provider(kind, policies.get(kind)).isValid(null, owner(), input));
    }

    /** Keycloak's, without a session to find the policy in. */
    private static final class Provider extends WebAuthnCredentialProvider {

        private final PasskeyKind kind;
        private final WebAuthnPolicy policy;

        Provider(PasskeyKind kind, WebAuthnPolicy policy) {
            super(null, null, new ObjectConverter());
            this.kind = kind;
            this.policy = policy;
        }

        @Override
        public String getType() {
            return kind.type();
        }

        @Override
        protected WebAuthnPolicy getWebAuthnPolicy() {
            return policy;
        }
    }

    private interface Answer {
        Object to(String called, Object[] given);
    }

    private static <T> T answering(Class<T> type, Answer answer) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (self, called, given) -> answer.to(called.getName(), given)));
    }
}
