package io.assent.testing.server;

import com.fasterxml.jackson.databind.JsonNode;
import io.assent.testing.http.Http;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * How PostgreSQL really executed what a server asked it: the plans that its own {@code auto_explain} writes to the log,
 * with the numbers of rows that were met.
 */
public final class QueryPlans {

    private static final String PLAN = "plan:\n";
    private static final String MARK = "mark ";

    /** From the next connection on, the plans of all statements in a database are written to the log. */
    public static void record(String database) {
        Postgres.execute(
                "postgres",
                Stream.of(
                                "session_preload_libraries = 'auto_explain'",
                                "auto_explain.log_min_duration = 0",
                                "auto_explain.log_analyze = on",
                                "auto_explain.log_timing = off",
                                "auto_explain.log_format = json")
                        .map(setting -> "ALTER DATABASE " + database + " SET " + setting + ";")
                        .reduce("", String::concat));
    }

    /** Those of all statements so far that a server executed in a database, and not a test by itself. */
    public static List<QueryPlan> of(String database) {
        return logged(database).stream()
                .filter(entry -> !entry.byTest())
                .map(Entry::plan)
                .toList();
    }

    /** Marks a place in the log, for {@link #afterMarks}. */
    public static void mark(String database, String name) {
        Postgres.execute(database, "SELECT '" + MARK + name + "'");
    }

    /** Those of a server between each mark and the next, by the mark's name, the first ones first. */
    public static Map<String, List<List<QueryPlan>>> afterMarks(String database) {
        Map<String, List<List<QueryPlan>>> all = new HashMap<>();
        List<QueryPlan> current = new ArrayList<>();
        for (Entry entry : logged(database)) {
            String sql = entry.plan().sql();
            int mark = sql.indexOf(MARK);
            if (entry.byTest() && mark >= 0) {
                current = new ArrayList<>();
                all.computeIfAbsent(sql.substring(mark + MARK.length(), sql.length() - 1), name -> new ArrayList<>())
                        .add(current);
            } else if (!entry.byTest()) {
                current.add(entry.plan());
            }
        }
        return all;
    }

    private static List<Entry> logged(String database) {
        List<Entry> entries = new ArrayList<>();
        try (Stream<Path> files = Files.list(Postgres.LOG)) {
            for (Path file : files.filter(name -> name.toString().endsWith(".json"))
                    .sorted()
                    .toList()) {
                for (String line : Files.readAllLines(file)) {
                    JsonNode entry = parsed(line);
                    String message = entry.path("message").asText();
                    if (entry.path("dbname").asText().equals(database) && message.contains(PLAN)) {
                        JsonNode plan = Http.JSON.readTree(message.substring(message.indexOf(PLAN) + PLAN.length()));
                        entries.add(new Entry(
                                entry.path("application_name").asText().equals(Postgres.TEST),
                                new QueryPlan(plan.get("Query Text").asText(), plan.get("Plan"))));
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return entries;
    }

    private record Entry(boolean byTest, QueryPlan plan) {}

    /** The last line may be half written. */
    private static JsonNode parsed(String line) {
        try {
            return Http.JSON.readTree(line);
        } catch (IOException halfWritten) {
            return Http.object();
        }
    }

    /** One statement and how it was executed. */
    public record QueryPlan(String sql, JsonNode plan) {

        public boolean mentions(String... words) {
            return Stream.of(words).allMatch(sql.toLowerCase(Locale.ROOT)::contains);
        }

        /** The indexes that were used. */
        public Set<String> indexes() {
            return new TreeSet<>(plan.findValuesAsText("Index Name"));
        }

        /** The tables that were read from end to end. */
        public Set<String> scanned() {
            Set<String> tables = new TreeSet<>();
            for (JsonNode node : plan.findParents("Relation Name")) {
                if (node.get("Node Type").asText().equals("Seq Scan")) {
                    tables.add(node.get("Relation Name").asText());
                }
            }
            return tables;
        }

        /** The rows that were read in vain, in the node where these were the most. */
        public long passedOver() {
            return plan.findValues("Rows Removed by Filter").stream()
                    .mapToLong(JsonNode::asLong)
                    .max()
                    .orElse(0);
        }
    }

    private QueryPlans() {}
}
