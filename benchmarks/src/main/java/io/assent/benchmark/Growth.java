package io.assent.benchmark;

import java.util.List;

/**
 * What history costs, measured by a run of its own: (c') with it beside (c) without.
 *
 * @param machine where and when
 * @param rounds the phases of the rounds, of both sides
 */
record Growth(Machine machine, List<Measurement> rounds) {

    /** With how many rows of history there were rounds, the fewest first. */
    List<Integer> levels() {
        return rounds.stream().map(Measurement::history).distinct().sorted().toList();
    }

    /** The throughput with so many rows of history in relation to the one without, measured side by side. */
    Figure throughput(int history, Operation operation) {
        List<Measurement> atThatTime =
                rounds.stream().filter(one -> one.history() == history).toList();
        return Results.ratio(
                Results.byRound(atThatTime, SideName.C_AGAIN, operation, history),
                Results.byRound(atThatTime, SideName.C, operation, history),
                one -> one.sample().perSecond());
    }
}
