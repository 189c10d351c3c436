package io.assent.account;

import io.assent.permission.ConsentSettings;
import io.assent.server.OperatorLog;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/** The accounts of a realm's customers, from the source that the realm names. */
public final class Accounts {

    private static final OperatorLog LOG = new OperatorLog(Logger.getLogger(Accounts.class));

    private final KeycloakSession session;

    private Accounts(KeycloakSession session) {
        this.session = session;
    }

    public static Accounts of(KeycloakSession session) {
        return new Accounts(session);
    }

    /** Whether the realm has a source, so that a customer can choose. */
    public boolean areKnownIn(RealmModel realm) {
        return source(realm).isPresent();
    }

    /** To show: what the source said minutes ago will do. */
    public AccountList toShow(RealmModel realm, UserModel customer) {
        return source(realm).map(source -> source.recent(customer)).orElseGet(AccountList.Unset::new);
    }

    /** As they are now: an answer is measured by them, as an account may have been closed since it was shown. */
    public AccountList of(RealmModel realm, UserModel customer) {
        return source(realm).map(source -> source.accounts(customer)).orElseGet(AccountList.Unset::new);
    }

    private Optional<AccountSource> source(RealmModel realm) {
        return ConsentSettings.of(realm).accountSource().flatMap(id -> {
            Optional<AccountSource> source = available(id);
            if (source.isEmpty()) {
                LOG.warn(
                        realm.getId(),
                        ("Realm '%s' has no account source '%s': nobody can choose an account. Correct the setting"
                                        + " 'Account source' of the required action '%s', or set the source's options"
                                        + " --spi-account-source--%s--… and start the server again.")
                                .formatted(realm.getName(), id, ConsentSettings.PROVIDER_ID, id));
            }
            return source;
        });
    }

    private Optional<AccountSource> available(String id) {
        return session.getKeycloakSessionFactory().getProviderFactory(AccountSource.class, id)
                                instanceof AccountSourceFactory factory
                        && factory.isAvailable()
                ? Optional.of(session.getProvider(AccountSource.class, id))
                : Optional.empty();
    }
}
