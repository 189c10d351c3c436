package io.assent.overview;

import io.assent.outbox.Delivery;
import io.assent.push.PushHandlerFactory;
import io.assent.request.ConsentRequest;
import io.assent.server.Position;
import java.time.Instant;
import java.util.Optional;

/**
 * What became of a delivery so far.
 *
 * @param reason why the last attempt did not deliver, or why it was given up, for the operator
 * @param isBeingSent whether a node works on it
 * @param nextAttemptAt when it is due, where it waits; about when it was concluded, where it was
 * @param platform what reaches the device that it goes to; empty where it goes to none that there is
 */
public record DeliveryRecord(
        String id,
        Delivery delivery,
        DeliveryState state,
        int attempts,
        Optional<String> reason,
        boolean isBeingSent,
        Instant createdAt,
        Instant nextAttemptAt,
        Optional<Instant> endedAt,
        Optional<String> platform) {

    /** The device that it goes to; empty where it goes to none. */
    public Optional<String> deviceId() {
        return isPush() || platform.isPresent() ? Optional.of(delivery.target()) : Optional.empty();
    }

    private boolean isPush() {
        return delivery.kind().equals(PushHandlerFactory.KIND);
    }

    /**
     * Whether it is of any use to send it again. What the client refused is not sent again: what it takes is forgotten
     * with the refusal.
     *
     * @param request that it belongs to, if there is one
     */
    public boolean canBeResent(Optional<ConsentRequest> request, Instant now) {
        if (!now.isBefore(delivery.expiresAt()) || state == DeliveryState.DELIVERED) {
            return false;
        }
        if (isPush()) {
            return request.filter(asked -> asked.isPending(now)).isPresent();
        }
        return state == DeliveryState.WAITING || state == DeliveryState.CLOSED && request.isPresent();
    }

    Position position() {
        return new Position(nextAttemptAt, id);
    }

    DeliveryRecord reachedBy(Optional<String> known) {
        return new DeliveryRecord(
                id, delivery, state, attempts, reason, isBeingSent, createdAt, nextAttemptAt, endedAt, known);
    }
}
