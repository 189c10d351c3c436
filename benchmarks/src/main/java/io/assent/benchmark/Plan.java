package io.assent.benchmark;

import static io.assent.benchmark.Operation.DECISION;
import static io.assent.benchmark.Operation.JOURNEY;
import static io.assent.benchmark.Operation.POLL;
import static io.assent.benchmark.Operation.REDEMPTION;
import static io.assent.benchmark.Operation.REQUEST_1;
import static io.assent.benchmark.Operation.REQUEST_32;
import static io.assent.benchmark.Operation.REQUEST_8;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/**
 * How much is done. Everything has an end in time and in the number of calls.
 *
 * @param customers so many that what one of them has open, and has of one client, is not far from a bank's
 * @param warmUpRounds how many rounds a warm-up takes at the most; it ends when calls do not get cheaper any more
 * @param warmUp how long a phase of a warm-up round takes
 * @param phase how long a phase of a round that counts takes
 * @param phaseCalls how many calls a phase makes at the most
 * @param lagRate how many requests a second pushes are timed at
 */
record Plan(
        Kind kind,
        int customers,
        int warmUpRounds,
        Duration warmUp,
        int rounds,
        Duration phase,
        int phaseCalls,
        List<Integer> history,
        int pending,
        int historyRounds,
        int lagRounds,
        Duration lag,
        int lagRate) {

    static Plan of(Kind kind) {
        return switch (kind) {
            case WHOLE -> full();
            case QUICK -> ofQuick();
            case HISTORY -> ofHistory();
            case SETTINGS -> ofSettings();
        };
    }

    /** A quick run leaves sides out rather than warm-up: a server that is not warm says nothing. */
    List<SideName> sides() {
        return switch (kind) {
            case WHOLE -> SideName.ofWholeRun();
            case QUICK -> List.of(SideName.A2, SideName.B, SideName.C);
            case HISTORY -> List.of(SideName.C, SideName.C_AGAIN);
            case SETTINGS ->
                Stream.concat(Stream.of(SideName.C, SideName.C_AGAIN), SideName.settings().stream())
                        .toList();
        };
    }

    /** Whether a kind of call is made on a side: where it says something that no other side does. */
    boolean makes(SideName side, Operation operation) {
        return made(side).contains(operation);
    }

    private Set<Operation> made(SideName side) {
        return switch (side) {
            // from the answer on it is stock code, as on (b)
            case A2 ->
                quick() ? EnumSet.of(REQUEST_8, REQUEST_32) : EnumSet.of(REQUEST_1, REQUEST_8, REQUEST_32, JOURNEY);
            // what the noise is told by; in the runs of history and settings it is one of those that are compared
            case C_AGAIN ->
                kind == Kind.WHOLE
                        ? EnumSet.of(REQUEST_8, DECISION, REDEMPTION, JOURNEY)
                        : EnumSet.allOf(Operation.class);
            // where a slow vendor is felt
            case D -> EnumSet.of(REQUEST_8, REQUEST_32, JOURNEY);
            // where the nodes have to ask each other
            case E -> EnumSet.of(REQUEST_8, DECISION, REDEMPTION, JOURNEY);
            default ->
                quick()
                        ? EnumSet.of(REQUEST_8, REQUEST_32, POLL, DECISION, REDEMPTION, JOURNEY)
                        : EnumSet.allOf(Operation.class);
        };
    }

    /**
     * Whether it is made in a warm-up: what is measured; and of requests, and of what becomes of them, all that is
     * measured on any side, since one that makes fewer calls would be measured colder than those it is compared with.
     */
    boolean warmsUpBy(SideName side, Operation operation) {
        return makes(side, operation) || operation.compareTo(JOURNEY) <= 0 && makes(SideName.C, operation);
    }

    boolean quick() {
        return kind == Kind.QUICK;
    }

    static Plan full() {
        return new Plan(
                Kind.WHOLE,
                256,
                12,
                Duration.ofMillis(1400),
                4,
                Duration.ofMillis(1700),
                4000,
                List.of(),
                0,
                0,
                5,
                Duration.ofSeconds(10),
                200);
    }

    /** What history costs, which takes longer to make than to measure. */
    static Plan ofHistory() {
        return new Plan(
                Kind.HISTORY,
                256,
                7,
                Duration.ofMillis(1700),
                0,
                Duration.ofMillis(1700),
                4000,
                List.of(5_000_000),
                10_000,
                2,
                0,
                Duration.ZERO,
                0);
    }

    /** What settings change, of which one sees less the more rounds there are. */
    static Plan ofSettings() {
        return new Plan(
                Kind.SETTINGS,
                256,
                6,
                Duration.ofMillis(1500),
                3,
                Duration.ofMillis(1500),
                4000,
                List.of(),
                0,
                0,
                0,
                Duration.ZERO,
                0);
    }

    static Plan ofQuick() {
        return new Plan(
                Kind.QUICK,
                256,
                5,
                Duration.ofMillis(1700),
                3,
                Duration.ofMillis(1000),
                4000,
                List.of(),
                0,
                0,
                0,
                Duration.ZERO,
                0);
    }

    /** What a run is for. */
    enum Kind {
        WHOLE,
        QUICK,
        HISTORY,
        SETTINGS;

        /** By the argument of {@code run.sh}. */
        static Kind of(String argument) {
            return argument.isEmpty() ? WHOLE : valueOf(argument.substring(2).toUpperCase(Locale.ROOT));
        }
    }
}
