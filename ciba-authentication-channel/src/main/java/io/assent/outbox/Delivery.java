package io.assent.outbox;

import io.assent.server.Parties;
import java.time.Instant;
import java.util.Objects;

/**
 * Something to be sent to somebody, by name only: it holds no secret and no content, so that it can wait anywhere. What
 * is sent is looked up when it is sent.
 *
 * @param kind the id of the {@link DeliveryHandler} that knows how
 * @param parties the customer and the client that it is about
 * @param ownerId the id of the row that the delivery belongs to, by the foreign key of the outbox's table: it is
 *     written in the same transaction or before, and takes the delivery along when it goes; or {@code null} where there
 *     is none
 * @param target whom to reach, in the handler's own terms: a device's id, a client's id
 * @param expiresAt when there is no use in sending it any more
 */
public record Delivery(String kind, Parties parties, String ownerId, String target, Instant expiresAt) {
    public Delivery {
        Objects.requireNonNull(kind);
        Objects.requireNonNull(parties);
        Objects.requireNonNull(target);
        Objects.requireNonNull(expiresAt);
    }

    /** Whether its row is kept once it is concluded, for as long as its owner; one without an owner would never go. */
    public boolean isKept() {
        return ownerId != null;
    }
}
