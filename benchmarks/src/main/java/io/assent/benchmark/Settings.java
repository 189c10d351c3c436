package io.assent.benchmark;

import java.util.List;

/**
 * What settings of the server and the database change, measured by a run of its own: each beside (c), and (c') as well,
 * whose distance is the noise.
 *
 * @param machine where and when
 * @param rounds the phases of the rounds, of all sides
 */
record Settings(Machine machine, List<Measurement> rounds) {

    /** The throughput with a setting in relation to the one without, measured side by side. */
    Figure throughput(SideName setting, Operation operation) {
        return Results.ratio(
                Results.byRound(rounds, setting, operation, 0),
                Results.byRound(rounds, SideName.C, operation, 0),
                one -> one.sample().perSecond());
    }
}
