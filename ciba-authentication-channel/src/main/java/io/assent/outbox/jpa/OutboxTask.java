package io.assent.outbox.jpa;

import io.assent.id.OrderedId;
import io.assent.outbox.Delivery;
import io.assent.outbox.DeliveryHandler.Attempt;
import io.assent.outbox.PromiseHandler.FirstAttempt;
import io.assent.trace.TracePlace;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A delivery that this node may work on: a row, or one that was promised and has no row yet.
 *
 * @param id of its row; of one that was promised the same, whoever writes it
 * @param lease of its row; with which one that was promised is written, if it has to wait
 * @param place in whose trace, and where, it was put into the outbox; empty where nobody traced that
 * @param first the first attempt at what was promised; empty where there is a row
 */
record OutboxTask(
        String id,
        Delivery delivery,
        Lease lease,
        Progress progress,
        Optional<TracePlace> place,
        Optional<Attempt> first) {

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

    /** One that has no row yet. */
    static OutboxTask promised(FirstAttempt first, Lease lease, Instant promisedAt, Optional<TracePlace> place) {
        return new OutboxTask(
                idOf(first.delivery()),
                first.delivery(),
                lease,
                Progress.none(promisedAt),
                place,
                Optional.of(first.attempt()));
    }

    /** Of two who write the row of the same promise, one does. Such rows come in the order of their owners. */
    static String idOf(Delivery promised) {
        String name = promised.kind() + ' ' + promised.ownerId() + ' ' + promised.target();
        return OrderedId.named(name, promised.ownerId());
    }

    boolean hasRow() {
        return first.isEmpty();
    }

    /** The same, now that it has a row. */
    OutboxTask written() {
        return new OutboxTask(id, delivery, lease, progress, place, Optional.empty());
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
