package io.assent.usercode;

import io.assent.rules.ConsentRules.UserCode;
import io.assent.server.AssentEventListener;
import io.assent.server.Customer;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.keycloak.credential.CredentialModel;
import org.keycloak.credential.hash.PasswordHashProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.PasswordPolicy;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.credential.PasswordCredentialModel;
import org.keycloak.services.managers.BruteForceProtector;

/**
 * The door to customers' user codes (CIBA Core 1.0, section 7.1). A code is a credential of Keycloak's, hashed as the
 * realm hashes passwords: staff see that there is one in the console, and can remove it there. Belongs to the caller's
 * transaction.
 */
public final class UserCodes {

    /** The type of the credential, as the console shows it. */
    public static final String TYPE = "ciba-user-code";

    private final KeycloakSession session;
    private final RealmModel realm;
    private final InstantSource clock;

    private UserCodes(KeycloakSession session, RealmModel realm, InstantSource clock) {
        this.session = session;
        this.realm = realm;
        this.clock = clock;
    }

    /** Those of the session's realm. */
    public static UserCodes of(KeycloakSession session) {
        return new UserCodes(session, session.getContext().getRealm(), InstantSource.system());
    }

    /** When the customer set the code that counts; empty where there is none. */
    public Optional<Instant> setAt(UserModel customer) {
        return find(customer).map(code -> Instant.ofEpochMilli(code.getCreatedDate()));
    }

    /**
     * Sets the code. The same code again changes nothing.
     *
     * @param userSession the user session that asks for it, or {@code null}
     */
    public void set(UserModel customer, String code, String userSession) {
        Optional<CredentialModel> before = find(customer);
        if (before.filter(known -> matches(known, code)).isPresent()) {
            return;
        }
        CredentialModel credential = hash().encodedCredential(code, policy().getHashIterations());
        credential.setType(TYPE);
        credential.setCreatedDate(clock.instant().toEpochMilli());
        all(customer).forEach(known -> customer.credentialManager().removeStoredCredentialById(known));
        customer.credentialManager().createStoredCredential(credential);
        AssentEventListener.tell(session, new UserCodeEvent.Set(Customer.of(realm, customer), userSession));
    }

    /**
     * Removes the code, if there is one.
     *
     * @param userSession the user session that asks for it, or {@code null}
     */
    public void remove(UserModel customer, String userSession) {
        List<String> codes = all(customer);
        codes.forEach(known -> customer.credentialManager().removeStoredCredentialById(known));
        if (!codes.isEmpty()) {
            AssentEventListener.tell(session, new UserCodeEvent.Removed(Customer.of(realm, customer), userSession));
        }
    }

    /**
     * Whether a client that names this customer may ask. A code that is wrong counts as a failed login where the realm
     * detects brute force, even if the caller's transaction is rolled back.
     *
     * @param rule what the bank demands of the client
     * @param code what the client sent
     */
    public Verdict check(UserModel customer, UserCode rule, Optional<String> code) {
        Optional<CredentialModel> known = find(customer);
        if (code.isEmpty()) {
            boolean needed = rule == UserCode.ALWAYS || rule == UserCode.IF_SET && known.isPresent();
            return needed ? Verdict.MISSING : Verdict.FINE;
        }
        if (known.isEmpty()) {
            pretendToCheck(code);
            return Verdict.WRONG;
        }
        if (matches(known.get(), code.get())) {
            return Verdict.FINE;
        }
        if (realm.isBruteForceProtected()) {
            session.getProvider(BruteForceProtector.class)
                    .failedLogin(
                            realm,
                            customer,
                            session.getContext().getConnection(),
                            session.getContext().getUri(),
                            null);
        }
        return Verdict.WRONG;
    }

    /** Takes as long as a check, so that nobody learns by the time whether there is such a customer, or a code. */
    public void pretendToCheck(Optional<String> code) {
        code.ifPresent(text -> hash().encodedCredential(text, policy().getHashIterations()));
    }

    private Optional<CredentialModel> find(UserModel customer) {
        return customer.credentialManager()
                .getStoredCredentialsByTypeStream(TYPE)
                // of two that were set at once the newer one counts
                .max(Comparator.comparing(CredentialModel::getCreatedDate).thenComparing(CredentialModel::getId));
    }

    private static List<String> all(UserModel customer) {
        return customer.credentialManager()
                .getStoredCredentialsByTypeStream(TYPE)
                .map(CredentialModel::getId)
                .toList();
    }

    private boolean matches(CredentialModel credential, String code) {
        PasswordCredentialModel hashed = PasswordCredentialModel.createFromCredentialModel(credential);
        PasswordHashProvider by = session.getProvider(
                PasswordHashProvider.class, hashed.getPasswordCredentialData().getAlgorithm());
        return by != null && by.verify(code, hashed);
    }

    private PasswordHashProvider hash() {
        PasswordHashProvider named = policy().getHashAlgorithm() == null
                ? null
                : session.getProvider(PasswordHashProvider.class, policy().getHashAlgorithm());
        return named == null ? session.getProvider(PasswordHashProvider.class) : named;
    }

    private PasswordPolicy policy() {
        return realm.getPasswordPolicy();
    }

    /** What is said of a request that names a customer. */
    public enum Verdict {
        /** The customer may be asked. */
        FINE,
        /** A code is needed, and none was sent: {@code missing_user_code}. */
        MISSING,
        /** The code is not the customer's: {@code invalid_user_code}. */
        WRONG
    }
}
