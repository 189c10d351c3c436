package io.assent.outbox.jpa;

import io.assent.outbox.Delivery;
import io.assent.outbox.DeliveryHandler.Attempt;
import io.assent.trace.TracePlace;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A row that this node may work on.
 *
 * @param place in whose trace, and where, it was put into the outbox; empty where nobody traced that
 * @param prepared an attempt that was prepared when the row was written
 */
record OutboxTask(
        String id,
        Delivery delivery,
        Lease lease,
        Progress progress,
        Optional<TracePlace> place,
        Optional<Attempt> prepared) {

    /**
     * How far the delivery has come.
     *
     * @param writtenAt when it was put into the outbox
     * @param attempts how many attempts were made before
     * @param lastReason why the last of them did not deliver; empty where there was none
     */
    record Progress(Instant writtenAt, int attempts, Optional<String> lastReason) {

        static Progress none(Instant now) {
            return new Progress(now, 0, Optional.empty());
        }
    }

    int attempts() {
        return progress.attempts();
    }

    Duration age(Instant now) {
        return Duration.between(progress.writtenAt(), now);
    }

    boolean isExpired(Instant now) {
        return !now.isBefore(delivery.expiresAt());
    }

    /** For the log: names, and nothing else. */
    @Override
    public String toString() {
        String owner = delivery.ownerId() == null ? "" : " of " + delivery.ownerId();
        return "%s %s%s to %s".formatted(delivery.kind(), id, owner, delivery.target());
    }
}
