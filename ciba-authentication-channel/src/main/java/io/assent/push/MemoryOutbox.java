package io.assent.push;

import org.keycloak.models.AbstractKeycloakTransaction;
import org.keycloak.models.KeycloakSession;

/**
 * Hands deliveries to the {@link Dispatcher} after commit. Not durable: what waits for another attempt is lost with the
 * process, and the app finds the request by asking, the client by polling.
 */
final class MemoryOutbox implements Outbox {

    private final KeycloakSession session;
    private final Dispatcher dispatcher;

    MemoryOutbox(KeycloakSession session, Dispatcher dispatcher) {
        this.session = session;
        this.dispatcher = dispatcher;
    }

    @Override
    public void enqueue(Delivery delivery) {
        session.getTransactionManager().enlistAfterCompletion(new AbstractKeycloakTransaction() {
            @Override
            protected void commitImpl() {
                dispatcher.dispatch(delivery);
            }

            @Override
            protected void rollbackImpl() {}
        });
    }

    @Override
    public void close() {}
}
