package io.assent.cloudevent;

import io.assent.destination.Destination;
import io.assent.destination.EventDestination;
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
 * event of several subjects in a row. So one that is down costs neither threads nor calls: when its pause is over one
 * event finds out for all whether it is up again. An event that is never taken while others are keeps nobody waiting
 * but its subject. What was found out is about the settings that a destination had: one that is set otherwise is well.
 */
final class DestinationHealth {

    private static final int SUBJECTS = 3;
    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofMinutes(1);
    private static final Duration WHILE_PROBED = Duration.ofSeconds(3);
    private static final Duration LONGEST_ASKED_FOR = Duration.ofHours(1);

    /** More than that never are; then what is known is forgotten, and found out again. */
    private static final int MOST = 10_000;

    private final Map<String, Trouble> troubles = new HashMap<>();

    /** Until when a destination is to be left alone; empty where an event may be sent, and its result is noted. */
    synchronized Optional<Pause> pause(Destination destination, Instant now) {
        return find(destination).flatMap(trouble -> trouble.pause(now));
    }

    /**
     * It can't be sent to as it is set.
     *
     * @param until when to look again
     * @return that, or a pause which lasts
     */
    synchronized Pause leaveAlone(Destination destination, Instant until, Instant now) {
        Trouble trouble = find(destination).orElseGet(() -> add(destination, now));
        trouble.leaveAlone(until, now);
        return trouble.told(now);
    }

    /**
     * What came of sending it an event.
     *
     * @return what becomes of what was parked
     */
    synchronized Optional<Move> note(Destination destination, Subject subject, SendResult result, Instant now) {
        Optional<Trouble> known = find(destination);
        if (result instanceof SendResult.Later later && later.down()) {
            return known.orElseGet(() -> add(destination, now)).note(subject, later, now);
        }
        // it answered
        troubles.remove(destination.id());
        return known.flatMap(trouble -> trouble.moved(now))
                .filter(move -> move.parkedUntil().isAfter(now));
    }

    private Optional<Trouble> find(Destination destination) {
        return Optional.ofNullable(troubles.get(destination.id()))
                .filter(trouble -> trouble.destination.isSetAs(destination));
    }

    private Trouble add(Destination destination, Instant now) {
        if (troubles.size() >= MOST) {
            troubles.clear();
        }
        Trouble trouble = new Trouble(destination, now);
        troubles.put(destination.id(), trouble);
        return trouble;
    }

    /** No longer than is sensible, whatever was asked for. */
    static Duration bounded(Duration asked) {
        return asked.compareTo(LONGEST_ASKED_FOR) > 0 ? LONGEST_ASKED_FOR : asked;
    }

    /**
     * A destination is left alone.
     *
     * @param until when what waits is parked
     * @param lookAgainAt when who holds an event looks again
     * @param isNew whether nobody was told yet: who is the first parks what waits
     */
    record Pause(Instant until, Instant lookAgainAt, boolean isNew) {}

    /** What was parked until a moment is due at another. */
    record Move(Instant parkedUntil, Instant due) {}

    private static final class Trouble {

        private final Destination destination;
        private final Set<Subject> subjects = new HashSet<>();
        private Instant until;
        private Instant parkedUntil = Instant.MIN;
        private int pauses;
        private boolean probed;

        private Trouble(Destination destination, Instant now) {
            this.destination = destination;
            until = now;
        }

        private Optional<Pause> pause(Instant now) {
            if (until.isAfter(now)) {
                return Optional.of(told(now));
            }
            if (isDown()) {
                // who asks now finds out for the others, which wait for that
                probed = true;
                until = now.plus(EventDestination.MAX_DURATION);
            }
            return Optional.empty();
        }

        private Pause told(Instant now) {
            boolean isNew = !until.equals(parkedUntil);
            parkedUntil = until;
            Instant again = now.plus(probed ? WHILE_PROBED : LONGEST);
            return new Pause(until, again.isBefore(until) ? again : until, isNew);
        }

        private void leaveAlone(Instant end, Instant now) {
            if (!until.isAfter(now)) {
                until = end;
            }
        }

        private Optional<Move> note(Subject subject, SendResult.Later later, Instant now) {
            if (probed) {
                probed = false;
                until = now;
            }
            if (!isDown()) {
                subjects.add(subject);
            }
            later.after().map(DestinationHealth::bounded).map(now::plus).ifPresent(this::noEarlierThan);
            // of several that were sent at once the first one counts
            if (isDown() && !until.isAfter(now)) {
                noEarlierThan(now.plus(pause()));
                pauses++;
            }
            return moved(until);
        }

        private boolean isDown() {
            return subjects.size() == SUBJECTS;
        }

        private void noEarlierThan(Instant end) {
            until = end.isAfter(until) ? end : until;
        }

        private Duration pause() {
            Duration doubled = SHORTEST.multipliedBy(1L << Math.min(pauses, 6));
            return doubled.compareTo(LONGEST) > 0 ? LONGEST : doubled;
        }

        /** What is parked for longer, or for less long, than until then. */
        private Optional<Move> moved(Instant due) {
            if (parkedUntil.equals(Instant.MIN) || parkedUntil.equals(due)) {
                return Optional.empty();
            }
            Move move = new Move(parkedUntil, due);
            parkedUntil = Instant.MIN;
            return Optional.of(move);
        }
    }
}
