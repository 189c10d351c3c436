package io.assent.passkey;

import com.webauthn4j.WebAuthnAuthenticationManager;
import com.webauthn4j.data.AuthenticationData;
import com.webauthn4j.data.AuthenticationRequest;
import com.webauthn4j.data.client.Origin;
import com.webauthn4j.data.client.challenge.Challenge;
import com.webauthn4j.data.client.challenge.DefaultChallenge;
import com.webauthn4j.server.ServerProperty;
import com.webauthn4j.util.exception.WebAuthnException;
import io.assent.passkey.PasskeyResult.Flaw;
import io.assent.passkey.PasskeyResult.Refused;
import io.assent.passkey.PasskeyResult.Verified;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.keycloak.common.util.UriUtils;
import org.keycloak.credential.WebAuthnCredentialModelInput;
import org.keycloak.credential.WebAuthnCredentialModelInput.KeycloakWebAuthnAuthenticationParameters;
import org.keycloak.models.Constants;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.WebAuthnPolicy;

/**
 * The door to customers' passkeys: what a page needs to ask for an assertion, and whether one is the customer's. They
 * are those that Keycloak keeps, and its own provider checks them by the realm's WebAuthn policies, as at a login.
 */
public final class Passkeys {

    /** The most passkeys of a customer that a page asks for. */
    static final int MOST = 50;

    /** The fixed part of an authenticator's data: 32 bytes of a hash, the flags, a counter. */
    private static final int AUTHENTICATOR_DATA = 37;

    private static final int FLAGS = 32;
    private static final int ATTESTED_CREDENTIAL_DATA = 0x40;

    private static final WebAuthnAuthenticationManager PARSER = new WebAuthnAuthenticationManager();

    private static final String PREFERRED = "preferred";

    private final List<PasskeyKind> kinds;
    private final Function<PasskeyKind, WebAuthnPolicy> policies;
    private final Supplier<URI> server;

    /** @param server the address by which browsers know the server; asked for where it is needed */
    Passkeys(List<PasskeyKind> kinds, Function<PasskeyKind, WebAuthnPolicy> policies, Supplier<URI> server) {
        this.kinds = kinds;
        this.policies = policies;
        this.server = server;
    }

    /** Those of the customers of the realm that the session is in. */
    public static Passkeys of(KeycloakSession session) {
        return new Passkeys(
                PasskeyKind.offered(),
                kind -> policy(kind, session.getContext().getRealm()),
                () -> session.getContext().getUri().getBaseUri());
    }

    private static WebAuthnPolicy policy(PasskeyKind kind, RealmModel realm) {
        return kind.policy(realm);
    }

    /**
     * What a page needs to ask for an assertion: by the customer's passwordless credentials, or else by those of the
     * second factor.
     *
     * @param userVerified whether the passkey has to make sure of who is there, whatever the realm's policy says
     * @return empty where the customer has no passkey
     */
    public Optional<PasskeyPrompt> prompt(UserModel customer, boolean userVerified) {
        return kinds.stream()
                .map(kind -> prompt(customer, kind, userVerified))
                .filter(prompt -> !prompt.credentialIds().isEmpty())
                .findFirst();
    }

    private PasskeyPrompt prompt(UserModel customer, PasskeyKind kind, boolean userVerified) {
        WebAuthnPolicy policy = policies.apply(kind);
        return new PasskeyPrompt(
                rpId(policy),
                StoredPasskey.of(customer, kind)
                        .limit(MOST)
                        .map(StoredPasskey::credentialId)
                        .toList(),
                userVerified ? Constants.WEBAUTHN_POLICY_OPTION_REQUIRED : userVerification(policy),
                Optional.of(policy.getCreateTimeout())
                        .filter(seconds -> seconds > 0)
                        .map(Duration::ofSeconds));
    }

    private String rpId(WebAuthnPolicy policy) {
        String rpId = policy.getRpId();
        return rpId == null || rpId.isEmpty() ? server.get().getHost() : rpId;
    }

    private static String userVerification(WebAuthnPolicy policy) {
        String wanted = policy.getUserVerificationRequirement();
        return wanted == null || wanted.equals(Constants.DEFAULT_WEBAUTHN_POLICY_NOT_SPECIFIED) ? PREFERRED : wanted;
    }

    /**
     * Whether a passkey of the customer made an assertion over a challenge. Where passkeys count their signatures, the
     * same assertion is good once.
     *
     * @param challenge in base64url without padding
     */
    public PasskeyResult verify(UserModel customer, PasskeyAssertion assertion, String challenge) {
        return assertion
                .bytes()
                .filter(sent -> isOfAnAssertion(sent.authenticatorData()))
                .map(sent -> new AuthenticationRequest(
                        sent.credentialId(), sent.authenticatorData(), sent.clientDataJson(), sent.signature()))
                .map(request -> verify(customer, request, challenge))
                .orElseGet(() -> new Refused(Flaw.MALFORMED));
    }

    /** Whether it has all its parts and no new key in it, which comes at a registration alone (section 6.1). */
    private static boolean isOfAnAssertion(byte[] authenticatorData) {
        return authenticatorData.length >= AUTHENTICATOR_DATA
                && (authenticatorData[FLAGS] & ATTESTED_CREDENTIAL_DATA) == 0;
    }

    private PasskeyResult verify(UserModel customer, AuthenticationRequest request, String challenge) {
        AuthenticationData sent;
        try {
            sent = PARSER.parse(request);
        } catch (WebAuthnException | UncheckedIOException e) {
            return new Refused(Flaw.MALFORMED);
        }
        if (sent.getCollectedClientData() == null || sent.getAuthenticatorData() == null) {
            return new Refused(Flaw.MALFORMED);
        }
        StoredPasskey passkey = kinds.stream()
                .flatMap(kind -> StoredPasskey.of(customer, kind))
                .filter(stored -> stored.hasId(request.getCredentialId()))
                .findFirst()
                .orElse(null);
        if (passkey == null) {
            return new Refused(Flaw.FOREIGN);
        }
        Challenge expected = new DefaultChallenge(challenge);
        // looked at here as well: Keycloak's provider writes a stack trace for each that it refuses
        if (!expected.equals(sent.getCollectedClientData().getChallenge())) {
            return new Refused(Flaw.CHALLENGE);
        }
        if (wantsUserVerified(policies.apply(passkey.kind()))
                && !sent.getAuthenticatorData().isFlagUV()) {
            return new Refused(Flaw.UNVERIFIED);
        }
        return isValid(customer, passkey.kind(), request, expected)
                ? new Verified(passkey.publicKey(), sent.getAuthenticatorData().isFlagUV())
                : new Refused(Flaw.INVALID);
    }

    private boolean isValid(UserModel customer, PasskeyKind kind, AuthenticationRequest request, Challenge challenge) {
        WebAuthnPolicy policy = policies.apply(kind);
        // what the builder makes names no origins, by which Keycloak's provider goes
        @SuppressWarnings("deprecation")
        ServerProperty expected =
                new ServerProperty(new Origin(UriUtils.getOrigin(server.get())), rpId(policy), challenge);
        WebAuthnCredentialModelInput input = new WebAuthnCredentialModelInput(kind.type());
        input.setAuthenticationRequest(request);
        input.setAuthenticationParameters(
                new KeycloakWebAuthnAuthenticationParameters(expected, wantsUserVerified(policy)));
        try {
            return customer.credentialManager().isValid(input);
        } catch (WebAuthnException e) {
            return false;
        }
    }

    private static boolean wantsUserVerified(WebAuthnPolicy policy) {
        return Constants.WEBAUTHN_POLICY_OPTION_REQUIRED.equals(policy.getUserVerificationRequirement());
    }
}
