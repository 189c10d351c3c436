package io.assent.partner.provider;

import java.util.function.Consumer;
import org.keycloak.models.AbstractKeycloakTransaction;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.KeycloakModelUtils;

/** Does something where the session's transaction is not committed, in a transaction of its own. */
final class AfterRollback {

    /**
     * Does it in a session of the realm; not where the realm is gone by then.
     *
     * @param action may run though the database has committed: where its answer was lost, nobody knows
     */
    static void run(KeycloakSession session, RealmModel realm, Consumer<KeycloakSession> action) {
        KeycloakSessionFactory sessions = session.getKeycloakSessionFactory();
        String realmId = realm.getId();
        session.getTransactionManager().enlistAfterCompletion(new AbstractKeycloakTransaction() {
            @Override
            protected void commitImpl() {}

            @Override
            protected void rollbackImpl() {
                KeycloakModelUtils.runJobInTransaction(sessions, own -> inRealm(own, realmId, action));
            }
        });
    }

    private static void inRealm(KeycloakSession own, String realmId, Consumer<KeycloakSession> action) {
        RealmModel realm = own.realms().getRealm(realmId);
        if (realm != null) {
            // Keycloak finds no user without it
            own.getContext().setRealm(realm);
            action.accept(own);
        }
    }

    private AfterRollback() {}
}
