package io.assent.outbox;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * How many deliveries of one kind stand where, in one realm.
 *
 * @param waiting how many are to be sent, those included that are being sent right now
 * @param oldestWaiting when the oldest of these was written; empty where none waits
 * @param givenUp how many were given up since the time that was asked for; no entry where none was
 */
public record OutboxCounts(
        String realmId, String kind, long waiting, Optional<Instant> oldestWaiting, Map<GivenUpReason, Long> givenUp) {
    public OutboxCounts {
        Objects.requireNonNull(realmId);
        Objects.requireNonNull(kind);
        Objects.requireNonNull(oldestWaiting);
        givenUp = Map.copyOf(givenUp);
    }

    /**
     * How long the oldest has been waiting; none where none waits, and where it was written after that moment: one that
     * is counted may be younger than the clock that was read before.
     */
    public Duration age(Instant now) {
        return oldestWaiting
                .filter(since -> since.isBefore(now))
                .map(since -> Duration.between(since, now))
                .orElse(Duration.ZERO);
    }
}
