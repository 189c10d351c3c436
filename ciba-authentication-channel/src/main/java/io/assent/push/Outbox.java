package io.assent.push;

import org.keycloak.provider.Provider;

/**
 * Takes what is to be sent once the current transaction is committed: nothing is sent if it rolls back, and nothing is
 * ever sent on the caller's thread.
 */
public interface Outbox extends Provider {

    void enqueue(Delivery delivery);
}
