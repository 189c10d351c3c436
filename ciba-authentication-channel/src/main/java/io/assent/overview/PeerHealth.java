package io.assent.overview;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * How deliveries to somebody fare.
 *
 * @param peer a push platform, or the internal id of a client
 * @param waiting how many are to be sent
 * @param oldestWaiting when the oldest of these was written
 * @param deliveredLastHour of those that are kept, as all further ones
 * @param lastReason why the newest of those that wait, or failed in the last day, did not reach them, for the operator
 */
public record PeerHealth(
        String peer,
        long waiting,
        Optional<Instant> oldestWaiting,
        long deliveredLastHour,
        long failedLastHour,
        long failedLastDay,
        Optional<String> lastReason) {
    public PeerHealth {
        Objects.requireNonNull(peer);
        Objects.requireNonNull(oldestWaiting);
        Objects.requireNonNull(lastReason);
    }

    static PeerHealth none(String peer) {
        return new PeerHealth(peer, 0, Optional.empty(), 0, 0, 0, Optional.empty());
    }

    PeerHealth waiting(long count, Instant oldest) {
        return new PeerHealth(
                peer, count, Optional.of(oldest), deliveredLastHour, failedLastHour, failedLastDay, lastReason);
    }

    PeerHealth delivered(long lastHour) {
        return new PeerHealth(peer, waiting, oldestWaiting, lastHour, failedLastHour, failedLastDay, lastReason);
    }

    PeerHealth failed(long lastHour, long lastDay) {
        return new PeerHealth(peer, waiting, oldestWaiting, deliveredLastHour, lastHour, lastDay, lastReason);
    }

    /** The first that is said stands. */
    PeerHealth because(String reason) {
        return lastReason.isPresent()
                ? this
                : new PeerHealth(
                        peer,
                        waiting,
                        oldestWaiting,
                        deliveredLastHour,
                        failedLastHour,
                        failedLastDay,
                        Optional.of(reason));
    }
}
