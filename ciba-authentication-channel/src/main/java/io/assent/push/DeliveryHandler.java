package io.assent.push;

import java.util.Optional;
import java.util.function.Supplier;
import org.keycloak.provider.Provider;

/** Knows how to make one kind of {@link Delivery}. */
public interface DeliveryHandler extends Provider {

    /**
     * Looks up what is to be sent, in a short transaction on a background thread.
     *
     * @return the attempt, which runs when that transaction is over and may take long; empty when there is nothing left
     *     to send, because it was answered, expired or removed meanwhile
     */
    Optional<Supplier<SendResult>> prepare(Delivery delivery);

    /**
     * Tidies up, in a short transaction, once no further attempt will be made.
     *
     * @param last what came of the last attempt; a {@link SendResult.RetryLater} means that time ran out
     */
    default void settle(Delivery delivery, SendResult last) {}

    @Override
    default void close() {}
}
