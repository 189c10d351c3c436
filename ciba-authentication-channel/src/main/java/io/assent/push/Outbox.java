package io.assent.push;

import org.keycloak.provider.Provider;

/**
 * Takes what is to be sent, in the current transaction: what is committed is attempted at least once, whatever becomes
 * of this node; nothing is sent if the transaction rolls back, and nothing is ever sent on the caller's thread.
 */
public interface Outbox extends Provider {

    void enqueue(Delivery delivery);
}
