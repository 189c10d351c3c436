package io.assent.outbox;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.keycloak.provider.Provider;

/**
 * Takes what is to be sent, in the current transaction: what is committed is attempted at least once, whatever becomes
 * of this node; nothing is sent if the transaction rolls back, and nothing is ever sent on the caller's thread. What
 * becomes of it is told by {@link OutboxEvent}s.
 */
public interface Outbox extends Provider {

    /** After that other nodes have heard of a change: what is tried because of it is due then, and not before. */
    Duration UNTIL_CACHES_KNOW = Duration.ofSeconds(1);

    /** The kind's {@link DeliveryHandler} prepares each attempt. */
    void enqueue(Delivery delivery);

    /**
     * Has deliveries made that are written down nowhere but by what they are of: right after the commit, prepared many
     * at once. Each has its row here once something is known of it that is worth keeping: that it was made, is to be
     * tried again, was given up. What a node can't make, or does not live to make, is found and made by another, so
     * that this promises as much as {@link #enqueue}, and costs the transaction nothing.
     */
    void promise(Promise promise);

    /**
     * To be attempted later, and prepared then by the kind's handler.
     *
     * @param notBefore when; earlier than the delivery's end
     */
    void enqueue(Delivery delivery, Instant notBefore);

    /**
     * Has a delivery attempted as soon as possible, and prepared anew, that waits for its next attempt, was given up,
     * or was taken so long ago that it may be wanted again. One that is being attempted is left alone, and so is one
     * whose time is over. Of two at once one does it.
     *
     * @param id of its row
     * @param takenBefore when it was taken at the latest; {@link Instant#MIN} for one that never was
     */
    void resend(String id, Instant takenBefore);

    /**
     * Has all that waits for a recipient, and is due before a moment, be due at that moment: while it can't be
     * delivered it is looked at by nobody, and holds up nothing that is for others. What is being attempted is left
     * alone, and so is what comes later.
     */
    void park(Recipient recipient, Instant until);

    /**
     * Has what was parked be due at another moment.
     *
     * @param parkedUntil until when exactly
     */
    void move(Recipient recipient, Instant parkedUntil, Instant due);

    /** Has all that waits for a recipient be due at a moment, but for what is due earlier. */
    void hasten(Recipient recipient, Instant due);

    /** Removes all that waits for a recipient who is gone, and tells nobody. What is being attempted is left alone. */
    void drop(Recipient recipient);

    /**
     * Counts what is in the outbox, on all nodes together. Reads, by an index, each row that waits, and each that was
     * given up since a moment: ask for minutes or hours, not for all that was ever given up. Deliveries without an
     * owner are not kept once they are concluded, and so not counted as given up.
     *
     * @param givenUpSince from when on to count what was given up
     * @return one for each realm and kind of which there is something to count, in no order
     */
    List<OutboxCounts> counts(Instant givenUpSince);
}
