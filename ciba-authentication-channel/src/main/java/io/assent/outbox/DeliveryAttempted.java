package io.assent.outbox;

import java.time.Duration;

/**
 * An attempt has been made, whatever came of it. Told on the thread that made it, with no transaction open, before the
 * row learns of it: the same attempt may be made again if this node dies now.
 *
 * @param peer who was called, as {@link DeliveryHandler.Attempt#peer}
 * @param duration how long the other side took
 */
public record DeliveryAttempted(Delivery delivery, int attempts, String peer, DeliveryResult result, Duration duration)
        implements OutboxEvent {}
