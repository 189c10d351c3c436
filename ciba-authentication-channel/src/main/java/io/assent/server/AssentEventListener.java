package io.assent.server;

import org.keycloak.models.KeycloakSession;
import org.keycloak.provider.Provider;

/**
 * Hears what happens in the pack. Called on the thread and within the transaction of what happened: what a listener
 * writes through its session is committed with it or not at all, and a listener that throws takes it back. So it must
 * be quick and call nobody: what is for others goes into the outbox.
 *
 * <p>In no order among listeners.
 */
public interface AssentEventListener extends Provider {

    void onEvent(AssentEvent event);

    @Override
    default void close() {}

    /** Tells all listeners, as part of the session's transaction. */
    static void tell(KeycloakSession session, AssentEvent event) {
        session.getAllProviders(AssentEventListener.class).forEach(listener -> listener.onEvent(event));
    }
}
