package io.assent.cloudevent;

import io.assent.destination.SendResult;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which destinations are left alone for a while, as this node knows it: one that asked for it, and one that took no
 * event of several subjects in a row. So one that is down costs neither threads nor calls. An event that is never taken
 * while others are keeps nobody waiting but its subject.
 */
final class DestinationHealth {

    private static final int SUBJECTS = 3;
    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofMinutes(1);
    private static final Duration LONGEST_ASKED_FOR = Duration.ofHours(1);

    /** More than that never are; then what is known is forgotten, and found out again. */
    private static final int MOST = 10_000;

    private final Map<String, Trouble> troubles = new HashMap<>();

    /** How long a destination is still to be left alone; empty where it is not. */
    synchronized Optional<Duration> pause(String destinationId, Instant now) {
        return Optional.ofNullable(troubles.get(destinationId))
                .map(trouble -> Duration.between(now, trouble.until))
                .filter(left -> !left.isNegative() && !left.isZero());
    }

    /** What came of sending it an event. */
    synchronized void note(String destinationId, Subject subject, SendResult result, Instant now) {
        if (result instanceof SendResult.Later later && later.down()) {
            if (troubles.size() >= MOST) {
                troubles.clear();
            }
            troubles.computeIfAbsent(destinationId, any -> new Trouble(now)).note(subject, later, now);
        } else if (result instanceof SendResult.Taken) {
            troubles.remove(destinationId);
        }
    }

    /** No longer than is sensible, whatever was asked for. */
    static Duration bounded(Duration asked) {
        return asked.compareTo(LONGEST_ASKED_FOR) > 0 ? LONGEST_ASKED_FOR : asked;
    }

    private static final class Trouble {

        private final Set<Subject> subjects = new HashSet<>();
        private Instant until;
        private int pauses;

        private Trouble(Instant now) {
            until = now;
        }

        private void note(Subject subject, SendResult.Later later, Instant now) {
            if (subjects.size() < SUBJECTS) {
                subjects.add(subject);
            }
            later.after().map(DestinationHealth::bounded).map(now::plus).ifPresent(this::noEarlierThan);
            // of several that were sent at once the first one counts
            if (subjects.size() == SUBJECTS && !until.isAfter(now)) {
                noEarlierThan(now.plus(pause()));
                pauses++;
            }
        }

        private void noEarlierThan(Instant end) {
            until = end.isAfter(until) ? end : until;
        }

        private Duration pause() {
            Duration doubled = SHORTEST.multipliedBy(1L << Math.min(pauses, 6));
            return doubled.compareTo(LONGEST) > 0 ? LONGEST : doubled;
        }
    }
}
