package io.assent.server;

import java.util.List;
import java.util.function.Consumer;
import org.keycloak.models.AbstractKeycloakTransaction;
import org.keycloak.models.KeycloakSession;

/** Does something once the session's transaction is committed, and never if it is not. */
public final class AfterCommit {

    private final KeycloakSession session;

    public AfterCommit(KeycloakSession session) {
        this.session = session;
    }

    public <T> void run(List<T> things, Consumer<T> action) {
        session.getTransactionManager().enlistAfterCompletion(new AbstractKeycloakTransaction() {
            @Override
            protected void commitImpl() {
                things.forEach(action);
            }

            @Override
            protected void rollbackImpl() {}
        });
    }
}
