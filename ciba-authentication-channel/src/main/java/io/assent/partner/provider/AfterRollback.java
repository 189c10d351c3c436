package io.assent.partner.provider;

import java.util.function.Consumer;
import org.keycloak.models.AbstractKeycloakTransaction;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.utils.KeycloakModelUtils;

/** Does something where the session's transaction is not committed, in a transaction of its own. */
final class AfterRollback {

    /** @param action may run though the database has committed: where its answer was lost, nobody knows */
    static void run(KeycloakSession session, Consumer<KeycloakSession> action) {
        KeycloakSessionFactory sessions = session.getKeycloakSessionFactory();
        session.getTransactionManager().enlistAfterCompletion(new AbstractKeycloakTransaction() {
            @Override
            protected void commitImpl() {}

            @Override
            protected void rollbackImpl() {
                KeycloakModelUtils.runJobInTransaction(sessions, action::accept);
            }
        });
    }

    private AfterRollback() {}
}
