package io.assent.block;

import io.assent.server.Parties;
import io.assent.server.Position;
import java.time.Instant;
import java.util.Objects;

/**
 * A customer wants no question of a client any more.
 *
 * @param since when the customer said so first
 * @param reportedAt when the customer said that a question of the client was none of theirs, or {@code null}
 */
public record Block(Parties parties, Instant since, Instant reportedAt) {
    public Block {
        Objects.requireNonNull(parties);
        Objects.requireNonNull(since);
    }

    /** Where it is in the customer's list. */
    public Position position() {
        return new Position(since, parties.clientId());
    }

    public boolean reported() {
        return reportedAt != null;
    }
}
