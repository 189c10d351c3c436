package io.assent.outbox.jpa;

import io.assent.outbox.Delivery;
import io.assent.outbox.DeliveryHandler.Attempt;
import java.util.Optional;

/**
 * A row that this node may work on.
 *
 * @param attempts how many attempts were made before
 * @param prepared an attempt that was prepared when the row was written
 */
record OutboxTask(String id, Delivery delivery, Lease lease, int attempts, Optional<Attempt> prepared) {

    /** For the log: names, and nothing else. */
    @Override
    public String toString() {
        return "%s %s of request %s to %s".formatted(delivery.kind(), id, delivery.requestId(), delivery.target());
    }
}
