package io.assent.outbox.jpa;

import io.assent.outbox.DeliveryHandler.Preparation;
import io.assent.outbox.Promise;
import io.assent.trace.TracePlace;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.keycloak.models.KeycloakSession;

/**
 * The rows, as those who send and acknowledge see them. Each call is a transaction of its own, and changes a row only
 * while its task's lease is held. What was promised has no row yet: concluding or delaying it writes one. Whoever
 * concludes rows tells the listeners inside that transaction.
 */
interface OutboxRows {

    /** Looks up what there is to send of these, which are of one realm. */
    List<OutboxTask> prepare(String realmId, List<Promised> promised);

    /**
     * Writes the row of a delivery that was promised and has to wait, leased.
     *
     * @return whether it did: not where somebody else wrote it, or what it belongs to is gone
     */
    boolean write(OutboxTask task);

    /** @return what there is to send; empty where another node has taken the row over */
    Optional<Preparation> prepare(OutboxTask task);

    /** @param settlement what the same transaction does besides, where it is this call that concludes the row */
    void conclude(OutboxTask task, Conclusion conclusion, Optional<Consumer<KeycloakSession>> settlement);

    /** Concludes many rows in the same way, in one transaction where that goes, else each in its own. */
    void concludeAll(List<OutboxTask> tasks, Conclusion conclusion);

    /**
     * Gives the row back, to be attempted again.
     *
     * @return whether the lease was still held
     */
    boolean delay(OutboxTask task, Instant nextAttemptAt, String reason);

    /** Claims rows that are due and whose time is over, so many at the most. */
    List<OutboxTask> claimExpired(int max);

    /**
     * A promise whose transaction is committed.
     *
     * @param place in whose trace, and where
     */
    record Promised(Promise promise, Instant at, Optional<TracePlace> place) {}
}
