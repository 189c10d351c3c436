package io.assent.benchmark;

import static io.assent.benchmark.Operation.DECISION;
import static io.assent.benchmark.Operation.JOURNEY;
import static io.assent.benchmark.Operation.POLL;
import static io.assent.benchmark.Operation.REDEMPTION;
import static io.assent.benchmark.Operation.REFRESH;
import static io.assent.benchmark.Operation.REQUEST_32;
import static io.assent.benchmark.Operation.REQUEST_8;
import static io.assent.benchmark.SideName.A2;
import static io.assent.benchmark.SideName.B;
import static io.assent.benchmark.SideName.C;
import static io.assent.benchmark.SideName.D;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** What the pack is to reach. */
final class Goals {

    private static final double LAG_MILLIS = 50;
    private static final int MOST_HISTORY = 1_000_000;

    private final Results results;

    Goals(Results results) {
        this.results = results;
    }

    List<Goal> evaluate() {
        List<Goal> goals = new ArrayList<>();
        for (Operation request : List.of(REQUEST_8, REQUEST_32)) {
            goals.add(throughput(2.0, C, B, request));
            goals.add(Goal.atMost(
                    0.7,
                    "p99 of %s: (c) at most 0.7 × (b)".formatted(request.title()),
                    results.ratio(C, B, request, one -> one.sample().p99())));
            goals.add(throughput(0.8, C, A2, request));
        }
        for (Operation seen : List.of(REQUEST_8, REQUEST_32, POLL, REDEMPTION)) {
            goals.add(throughput(0.95, D, C, seen));
        }
        goals.add(throughput(0.9, C, B, POLL));
        goals.add(throughput(1.0, C, B, DECISION));
        goals.add(throughput(0.95, C, B, REDEMPTION));
        if (results.operations().contains(REFRESH)) {
            goals.add(throughput(0.9, C, B, REFRESH));
        }
        goals.add(throughput(1.1, C, B, JOURNEY));
        goals.add(Goal.atMost(
                1.0,
                "server CPU per 1,000 journeys: (c) at most 1.0 × (b)",
                results.ratio(C, B, JOURNEY, Measurement::serverCpuPerCall)));
        goals.add(lag());
        goals.add(history());
        goals.add(startUp());
        return goals;
    }

    private Goal throughput(double goal, SideName side, SideName to, Operation operation) {
        return Goal.atLeast(
                goal,
                "%s: (%s) at least %s × (%s) in throughput"
                        .formatted(operation.title(), side.letter(), goal, to.letter()),
                results.ratio(side, to, operation, one -> one.sample().perSecond()));
    }

    private Goal lag() {
        Figure p99 = Figure.of(
                results.lag().stream().mapToDouble(lag -> lag.sinceRow().p99()).toArray());
        return new Goal(
                "push lag p99 under %.0f ms at %d requests a second"
                        .formatted(LAG_MILLIS, results.plan().lagRate()),
                "%.0f ms (%.0f–%.0f)".formatted(p99.median(), p99.least(), p99.most()),
                p99.median() < LAG_MILLIS);
    }

    private Goal history() {
        String text = "1,000,000 rows of history cost at most 10 % on anything";
        if (!results.plan().history().contains(MOST_HISTORY)) {
            return new Goal(text, "not in this run", null);
        }
        Map.Entry<Operation, Figure> worst = results.operations().stream()
                .map(operation -> Map.entry(operation, results.grown(MOST_HISTORY, operation)))
                .min(Comparator.comparingDouble(one -> one.getValue().median()))
                .orElseThrow();
        Goal goal = Goal.atLeast(0.9, text, worst.getValue());
        return new Goal(
                text, goal.measured() + " at the worst, " + worst.getKey().title(), goal.met());
    }

    private Goal startUp() {
        String text = "start-up with the pack within 10 %";
        StartUp startUp = results.startUp();
        if (startUp == null) {
            return new Goal(text, "not in this run", null);
        }
        return new Goal(
                text,
                "%.1f %%, where two servers without it differ by %.1f %%"
                        .formatted(startUp.percent() - 100, Math.abs(startUp.noisePercent() - 100)),
                startUp.percent() <= 110);
    }
}
