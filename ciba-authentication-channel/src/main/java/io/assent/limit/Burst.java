package io.assent.limit;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * One push for many questions that come close together. The first goes at once. What comes soon after another waits for
 * the end of its span of time, of which all have the same; then only the newest is told that nobody has answered.
 *
 * @param span how long; zero where every question has a push of its own
 */
public record Burst(Duration span) {

    /** A question that waits for the customer's answer. */
    public record Waiting(String id, Instant askedAt, Instant expiresAt) {
        public Waiting {
            Objects.requireNonNull(id);
            Objects.requireNonNull(askedAt);
            Objects.requireNonNull(expiresAt);
        }

        private boolean isNewerThan(Waiting other) {
            int order = askedAt.compareTo(other.askedAt);
            return order > 0 || order == 0 && id.compareTo(other.id) > 0;
        }
    }

    /**
     * Whether a question comes so soon after another one that it waits, and lives long enough for that.
     *
     * @param before when the newest of the others was asked that wait
     */
    public boolean has(Waiting question, Optional<Instant> before) {
        return !span.isZero()
                && canWait(question)
                && before.filter(other -> other.plus(span).isAfter(question.askedAt()))
                        .isPresent();
    }

    /** When the push of a question in a burst is due. */
    public Instant end(Waiting question) {
        long asked = question.askedAt().toEpochMilli();
        return Instant.ofEpochMilli((Math.floorDiv(asked, span.toMillis()) + 1) * span.toMillis());
    }

    /**
     * Whether the push of a newer question, which is due as well, tells the customer enough.
     *
     * @param waiting what waits in the app
     */
    public boolean isToldByAnother(Waiting question, List<Waiting> waiting, Instant now) {
        if (span.isZero()) {
            return false;
        }
        Instant due = end(question).isAfter(now) ? end(question) : now;
        return waiting.stream()
                .filter(other -> other.isNewerThan(question))
                .anyMatch(newer -> canWait(newer) && !end(newer).isAfter(due));
    }

    /** With as much time left to answer. */
    private boolean canWait(Waiting question) {
        return end(question).plus(span).isBefore(question.expiresAt());
    }
}
