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

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** What the pack is to reach. */
final class Goals {

    private static final double LAG_MILLIS = 10;
    private static final int MOST_HISTORY = 5_000_000;

    private final Results results;

    Goals(Results results) {
        this.results = results;
    }

    List<Goal> evaluate() {
        List<Goal> goals = new ArrayList<>();
        for (Operation request : List.of(REQUEST_8, REQUEST_32)) {
            goals.add(throughput(0.8, C, A2, request));
            goals.add(atMost(1.0, "p99 of " + request.title(), request, one -> one.sample()
                    .p99()));
        }
        goals.add(throughput(0.75, C, B, POLL));
        goals.add(Goal.atLeast(
                0.8,
                "decision: (c) at least 0.8 × (a2)'s request in throughput",
                results.ratio(C, DECISION, A2, REQUEST_8, one -> one.sample().perSecond())));
        goals.add(redemption());
        goals.add(throughput(0.95, C, B, REFRESH));
        goals.add(throughput(1.0, C, B, JOURNEY));
        goals.add(atMost(
                1.0,
                "processor time of a journey, server and database",
                JOURNEY,
                one -> one.serverCpuPerCall() + one.databaseCpuPerCall()));
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

    private Goal atMost(double goal, String what, Operation operation, ToDoubleFunction<Measurement> value) {
        return Goal.atMost(
                goal, "%s: (c) at most %s × (b)".formatted(what, goal), results.ratio(C, B, operation, value));
    }

    private Goal redemption() {
        Figure figure = results.ratio(C, B, REDEMPTION, one -> one.sample().perSecond());
        Goal goal =
                Goal.atLeast(1.0, "redemption: (c) at least 1.0 × (b) in throughput, and 0.9 in each round", figure);
        return figure.isNone() ? goal : new Goal(goal.text(), goal.measured(), goal.met() && figure.least() >= 0.9);
    }

    private Goal lag() {
        if (results.lag().isEmpty()) {
            return Goal.notMeasured("push lag p99 at most %.0f ms".formatted(LAG_MILLIS));
        }
        Figure p99 = Figure.of(
                results.lag().stream().mapToDouble(lag -> lag.sinceRow().p99()).toArray());
        return new Goal(
                "push lag p99 at most %.0f ms at %d requests a second"
                        .formatted(LAG_MILLIS, results.plan().lagRate()),
                "%.0f ms (%.0f–%.0f)".formatted(p99.median(), p99.least(), p99.most()),
                p99.median() <= LAG_MILLIS);
    }

    private Goal history() {
        String text = "5,000,000 rows of history and 500,000 consents cost at most 5 % on anything";
        Aside growth = results.growth();
        if (growth == null || !growth.levels().contains(MOST_HISTORY)) {
            return Goal.notMeasured(text);
        }
        Map.Entry<Operation, Figure> worst = growth.operations().stream()
                .map(operation -> Map.entry(operation, growth.throughput(SideName.C_AGAIN, MOST_HISTORY, operation)))
                .min(Comparator.comparingDouble(one -> one.getValue().median()))
                .orElseThrow();
        Goal goal = Goal.atLeast(0.95, text, worst.getValue());
        return new Goal(
                text, goal.measured() + " at the worst, " + worst.getKey().title(), goal.met());
    }

    private Goal startUp() {
        String text = "start-up with the pack within 10 %";
        StartUp startUp = results.startUp();
        if (startUp == null) {
            return Goal.notMeasured(text);
        }
        return new Goal(
                text,
                "%.1f %%, where two servers without it differ by %.1f %%"
                        .formatted(startUp.percent() - 100, Math.abs(startUp.noisePercent() - 100)),
                startUp.percent() <= 110);
    }
}
