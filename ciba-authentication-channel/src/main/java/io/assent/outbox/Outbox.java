package io.assent.outbox;

import io.assent.outbox.DeliveryHandler.Attempt;
import java.util.Optional;
import org.keycloak.provider.Provider;

/**
 * Takes what is to be sent, in the current transaction: what is committed is attempted at least once, whatever becomes
 * of this node; nothing is sent if the transaction rolls back, and nothing is ever sent on the caller's thread.
 */
public interface Outbox extends Provider {

    /** The kind's {@link DeliveryHandler} prepares each attempt. */
    default void enqueue(Delivery delivery) {
        enqueue(delivery, Optional.empty());
    }

    /**
     * @param first the first attempt, of a caller who knows all that it takes; the kind's handler prepares any other
     */
    void enqueue(Delivery delivery, Optional<Attempt> first);
}
