package io.assent.benchmark;

import java.util.List;

/**
 * What was measured beside (c), by a run of its own: what history costs, or what settings change.
 *
 * @param machine where and when
 * @param rounds the phases of the rounds, of all its sides
 */
record Aside(Machine machine, List<Measurement> rounds) {

    /** With how many rows of history there were rounds, the fewest first. */
    List<Integer> levels() {
        return rounds.stream().map(Measurement::history).distinct().sorted().toList();
    }

    /** What was measured. */
    List<Operation> operations() {
        return Results.operations(rounds);
    }

    /** A side's throughput in relation to that of (c), in the rounds in which it had so many rows of history. */
    Figure throughput(SideName side, int history, Operation operation) {
        return Results.ratio(
                Results.byRound(rounds, side, operation, history),
                Results.byRound(rounds, SideName.C, operation, history),
                one -> one.sample().perSecond());
    }
}
