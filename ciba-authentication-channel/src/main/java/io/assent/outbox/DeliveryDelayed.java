package io.assent.outbox;

import java.time.Instant;

/**
 * The delivery is to be tried again. Told on the thread that made the attempt, after that is committed and with no
 * transaction open; not told if this node dies in between.
 *
 * @param reason what came of the last attempt, for the operator
 * @param nextAttemptAt when the next one is due; the delivery's end where that comes first
 */
public record DeliveryDelayed(Delivery delivery, int attempts, String reason, Instant nextAttemptAt)
        implements OutboxEvent {}
