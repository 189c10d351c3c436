package io.assent.push;

import io.assent.request.ConsentRequest;
import io.assent.request.ConsentRequest.Journey;
import io.assent.request.ConsentRequestEvent.Asked;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * One push for many questions that come close together. The first goes at once. What comes soon after another waits for
 * the end of its span of time, of which all have the same; then only the newest is told that nobody has answered.
 *
 * @param span how long; zero where every question has a push of its own
 */
record Burst(Duration span) {

    /** Whether a question comes so soon after another one that it waits, and lives long enough for that. */
    boolean has(Asked asked) {
        return !span.isZero()
                && canWait(asked.request())
                && asked.before()
                        .filter(before ->
                                before.plus(span).isAfter(asked.request().createdAt()))
                        .isPresent();
    }

    /** When the push of a question in a burst is due. */
    Instant end(ConsentRequest request) {
        long asked = request.createdAt().toEpochMilli();
        return Instant.ofEpochMilli((Math.floorDiv(asked, span.toMillis()) + 1) * span.toMillis());
    }

    /** With as much time left to answer. */
    private boolean canWait(ConsentRequest request) {
        return end(request).plus(span).isBefore(request.expiresAt());
    }

    /**
     * Whether the push of a newer question, which is due as well, tells the customer enough.
     *
     * @param waiting what waits for the customer's answer
     */
    boolean isToldByAnother(ConsentRequest request, List<ConsentRequest> waiting, Instant now) {
        if (span.isZero()) {
            return false;
        }
        Instant due = end(request).isAfter(now) ? end(request) : now;
        return waiting.stream()
                .filter(other -> other.journey().is(Journey.CIBA))
                .filter(other -> isNewer(other, request))
                .anyMatch(newer -> canWait(newer) && !end(newer).isAfter(due));
    }

    private static boolean isNewer(ConsentRequest one, ConsentRequest other) {
        int order = one.createdAt().compareTo(other.createdAt());
        return order > 0 || order == 0 && one.id().compareTo(other.id()) > 0;
    }
}
