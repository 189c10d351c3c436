package io.assent.testing.server;

import io.assent.testing.Eventually;
import io.assent.testing.server.QueryPlans.QueryPlan;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Counts the statements that a server on PostgreSQL makes in calls that are made again and again. */
public final class StatementCount {

    /**
     * What comes every second, and on a busy machine into each call: how the outbox looks what is due and concludes it
     * (a call only adds to it), and the roles that a client is known for some seconds not to have.
     */
    private static final Set<String> EVERY_SECOND =
            Set.of("select CONSENT_OUTBOX", "update CONSENT_OUTBOX", "insert CONSENT_OUTBOX", "select KEYCLOAK_ROLE");

    /** What pushes are promised to is looked up after the call, for many at once, and falls into one or the next. */
    private static final Pattern DEVICES_OF_MANY = Pattern.compile("CONSENT_DEVICE.*USER_ID in \\(", Pattern.DOTALL);

    private static final String BETWEEN = "between";

    private static final Pattern VERB_AND_TABLE = Pattern.compile(
            "^\\W*(?=(select|insert|update|delete)).*?\\b(?:from|into|update)\\s+([A-Z_]+)", Pattern.DOTALL);

    private final String database;

    /** @param server that is not started yet */
    public StatementCount(Keycloak server) {
        database = server.databaseName();
        QueryPlans.record(database);
    }

    /** Makes a call, and knows its statements by its name. No two at once. */
    public <T> T during(String name, Supplier<T> call) {
        QueryPlans.mark(database, name);
        T answer = call.get();
        QueryPlans.mark(database, BETWEEN);
        return answer;
    }

    /**
     * The fewest that the calls of each name made, the first one aside, in which the server reads what it keeps then:
     * what comes by itself once in a while falls into one, and hardly into each of them.
     *
     * @param calls how many were made, of all names
     * @return by name, how often which statement was made of which table
     */
    public Map<String, Map<String, Long>> fewest(int calls) {
        Map<String, List<List<QueryPlan>>> sections = Eventually.within(
                Duration.ofSeconds(20),
                "the log is written",
                () -> QueryPlans.afterMarks(database),
                all -> all.getOrDefault(BETWEEN, List.of()).size() == calls);
        sections.remove(BETWEEN);
        return sections.entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey, call -> call.getValue().stream()
                .skip(1)
                .map(StatementCount::counted)
                .reduce(StatementCount::fewer)
                .orElseThrow()));
    }

    private static Map<String, Long> counted(List<QueryPlan> section) {
        return section.stream()
                .filter(plan -> !DEVICES_OF_MANY.matcher(plan.sql()).find())
                .map(StatementCount::table)
                .filter(statement -> !EVERY_SECOND.contains(statement))
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
    }

    /** What it does to which table. */
    private static String table(QueryPlan plan) {
        Matcher words = VERB_AND_TABLE.matcher(plan.sql());
        return words.find() ? words.group(1) + " " + words.group(2) : plan.sql();
    }

    private static Map<String, Long> fewer(Map<String, Long> some, Map<String, Long> others) {
        Map<String, Long> both = new HashMap<>(some);
        both.keySet().retainAll(others.keySet());
        both.replaceAll((statement, times) -> Math.min(times, others.get(statement)));
        return both;
    }
}
