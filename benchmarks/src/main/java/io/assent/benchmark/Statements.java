package io.assent.benchmark;

import io.assent.benchmark.load.Sample;
import java.time.Duration;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The SQL statements of one call of each kind, as PostgreSQL counted them ({@code pg_stat_statements}). */
final class Statements {

    private static final int CALLS = 100;
    private static final Duration LIMIT = Duration.ofSeconds(20);

    /** What comes less often belongs to something else that the server does from time to time. */
    private static final double RARE = 0.02;

    /** By operation, the statements in short form, with how many of them one call makes. */
    static Map<Operation, Map<String, Double>> count(Side side, Sides sides, Plan plan) throws InterruptedException {
        Map<Operation, Map<String, Double>> all = new TreeMap<>();
        Set<Operation> counted = EnumSet.of(
                Operation.REQUEST_1, Operation.POLL, Operation.DECISION, Operation.REDEMPTION, Operation.REFRESH);
        if (plan.makes(side.name(), Operation.APP_LINK)) {
            counted.add(Operation.APP_LINK);
        }
        for (Operation operation : counted) {
            side.database().text("SELECT pg_stat_statements_reset()::text");
            Sample sample = side.run(operation, LIMIT, CALLS);
            side.awaitPushes();
            // what the server writes after its answer belongs to this call, and to no other
            Quiet.await(side, sides);
            all.put(operation, perCall(side, sample.count()));
        }
        side.endRound();
        return all;
    }

    private static Map<String, Double> perCall(Side side, int calls) {
        Map<String, Double> named = new LinkedHashMap<>();
        side.database()
                .pairs("SELECT queryid::text || ' ' || query, calls::text FROM pg_stat_statements"
                        + " WHERE dbid = (SELECT oid FROM pg_database WHERE datname = current_database())"
                        + " AND query NOT LIKE '%pg_stat_statements%'"
                        + " AND query NOT LIKE 'SELECT $1%' AND query NOT LIKE 'SET application_name%'"
                        + " ORDER BY query")
                .forEach((query, made) -> {
                    double perCall = Double.parseDouble(made) / calls;
                    if (perCall >= RARE) {
                        named.merge(shortened(query.substring(query.indexOf(' ') + 1)), perCall, Double::sum);
                    }
                });
        return named;
    }

    /** Which table, and by which columns; not what is read or written. */
    private static String shortened(String query) {
        return query.replaceAll("\\s+", " ")
                .replaceAll("\\(\\$\\d+(,\\$\\d+)+\\)", "(…)")
                .replaceAll("(?i)^select .*? from ", "select from ")
                .replaceAll("(?i)^(insert into \\S+).*", "$1")
                .replaceAll("(?i)^(update \\S+)( \\S+)? set .*? where ", "$1 where ")
                .replaceAll("\\b[a-z]+[0-9]+_[0-9]+\\.", "")
                .replaceAll("(?<= from \\S{1,40}) [a-z]+[0-9]+_[0-9]+", "");
    }

    private Statements() {}
}
