package io.assent.benchmark;

import io.assent.benchmark.load.Sample;
import io.assent.benchmark.load.UnexpectedReply;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Rounds over some sides. Load is on one side at a time; sides alternate phase by phase, and each round begins with
 * another one, so that what the machine does over time hits all alike.
 */
final class Rounds {

    private static final int FEWEST_CALLS = 10;

    private final Sides sides;
    private final List<Side> compared;
    private final Plan plan;

    Rounds(Sides sides, List<Side> compared, Plan plan) {
        this.sides = sides;
        this.compared = compared;
        this.plan = plan;
    }

    /**
     * Makes the JIT compile what will be measured, until no side's calls get cheaper. Nothing of it is counted.
     *
     * @param mostRounds after so many a side that still gets faster is measured all the same, and it is said
     */
    void warmUp(int mostRounds) throws InterruptedException {
        Map<Side, Warmth> warmth = new LinkedHashMap<>();
        compared.forEach(side -> warmth.put(side, new Warmth()));
        List<Side> cold = compared;
        for (int round = 0; round < mostRounds && !cold.isEmpty(); round++) {
            warmUpRound(cold, warmth);
            Progress.say("Warm-up, round " + (round + 1) + ": " + inWords(cold, warmth));
            cold = cold.stream().filter(side -> !warmth.get(side).isSettled()).toList();
        }
        if (!cold.isEmpty()) {
            Progress.say("Not settled: " + inWords(cold, warmth));
        }
    }

    private void warmUpRound(List<Side> cold, Map<Side, Warmth> warmth) throws InterruptedException {
        for (Operation operation : Operation.values()) {
            for (Side side : cold) {
                if (plan.warmsUpBy(side.name(), operation)) {
                    warmth.get(side).took(operation, warmUpPhase(side, operation));
                }
            }
        }
        cold.forEach(Side::endRound);
    }

    /** What one call took of the server's processor, in milliseconds. */
    private double warmUpPhase(Side side, Operation operation) throws InterruptedException {
        long before = side.cpuMillis();
        Sample sample = side.run(operation, plan.warmUp(), plan.phaseCalls());
        settlePushes(side, operation);
        double spent = side.cpuMillis() - before;
        return spent / Math.max(1, sample.count());
    }

    private static String inWords(List<Side> sides, Map<Side, Warmth> warmth) {
        return sides.stream()
                .map(side -> "(%s) %s".formatted(side.name().letter(), warmth.get(side)))
                .collect(Collectors.joining(", "));
    }

    /** Measures. */
    List<Measurement> measure(int rounds, int history) throws InterruptedException {
        List<Measurement> all = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            Progress.say("Round " + (round + 1) + " of " + rounds + " with " + history + " rows of history");
            all.addAll(round(round, plan.phase(), history));
        }
        all.forEach(Rounds::requireEnough);
        return all;
    }

    private static void requireEnough(Measurement one) {
        if (one.sample().count() < FEWEST_CALLS) {
            throw new UnexpectedReply("side (" + one.side() + ") answered "
                    + one.sample().count() + " calls of " + one.operation().title()
                    + " in a phase, which is too few to say anything");
        }
    }

    private List<Measurement> round(int round, Duration phase, int history) throws InterruptedException {
        List<Side> order = new ArrayList<>(compared);
        Collections.rotate(order, -round);
        List<Measurement> measured = new ArrayList<>();
        for (Operation operation : Operation.values()) {
            for (Side side : order) {
                if (plan.makes(side.name(), operation)) {
                    measured.add(phase(side, operation, phase, round, history));
                }
            }
        }
        order.forEach(Side::endRound);
        return measured;
    }

    private Measurement phase(Side side, Operation operation, Duration time, int round, int history)
            throws InterruptedException {
        long server = side.cpuMillis();
        long database = sides.postgres().cpuMillis();
        long load = ownCpuMillis();
        Sample sample = side.run(operation, time, plan.phaseCalls());
        long waiting = side.pushesWaiting();
        settlePushes(side, operation);
        Quiet.await(side, sides);
        return new Measurement(
                side.name().letter(),
                operation,
                history,
                round,
                sample,
                side.cpuMillis() - server,
                sides.postgres().cpuMillis() - database,
                ownCpuMillis() - load,
                waiting);
    }

    /** All that journeys set off is counted with them; of single requests, a saturated server puts pushes off. */
    private static void settlePushes(Side side, Operation operation) throws InterruptedException {
        if (operation.isJourney()) {
            side.awaitPushes();
        } else {
            side.dropPushes();
        }
    }

    private static long ownCpuMillis() {
        return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                        .getProcessCpuTime()
                / 1_000_000;
    }
}
