package io.assent.outbox;

import io.assent.server.Parties;
import java.time.Instant;
import java.util.Objects;

/**
 * Deliveries of a {@link PromiseHandler}'s kind, one to each target, that are not written down: the row that they
 * belong to says that they are to be made.
 *
 * @param kind the id of the {@link PromiseHandler}
 * @param parties the customer and the client that they are about
 * @param ownerId the id of that row, written in the same transaction
 * @param expiresAt when there is no use in sending them any more
 */
public record Promise(String kind, Parties parties, String ownerId, Instant expiresAt) {
    public Promise {
        Objects.requireNonNull(kind);
        Objects.requireNonNull(parties);
        Objects.requireNonNull(ownerId);
        Objects.requireNonNull(expiresAt);
    }

    public Delivery to(String target) {
        return new Delivery(kind, parties, ownerId, target, expiresAt);
    }
}
