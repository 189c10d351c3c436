package io.assent.it.operations;

import static io.assent.testing.actor.DevRealm.ACME;
import static io.assent.testing.actor.DevRealm.BALANCES;

import io.assent.testing.Eventually;
import io.assent.testing.actor.Asked;
import io.assent.testing.actor.BankApp;
import io.assent.testing.actor.Customer;
import io.assent.testing.actor.Realm;
import io.assent.testing.actor.Tokens;
import io.assent.testing.actor.Tpp;
import io.assent.testing.server.Database;
import io.assent.testing.server.Keycloak;
import io.assent.testing.server.QueryPlans;
import io.assent.testing.server.QueryPlans.QueryPlan;
import io.assent.testing.server.Servers;
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
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * How many statements each call of a journey makes, where the customer and the client know each other: a call that
 * makes more than it did costs every bank. Whoever lowers a number lowers it here.
 */
@Tag("long")
class StatementsIT {

    private static final Map<String, Long> MOST =
            Map.of("ask", 2L, "poll", 1L, "decision", 4L, "redemption", 12L, "refresh", 7L);

    /** What comes by itself once in a while falls into one journey, and hardly into each of them. */
    private static final int JOURNEYS = 8;

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

    private static Keycloak server;
    private static Tpp acme;
    private static Customer customer;
    private static BankApp app;

    @BeforeAll
    static void start() {
        server = new Keycloak("statements", Database.POSTGRESQL, List.of(Servers.realmFile()));
        QueryPlans.record(server.databaseName());
        server.start();
        Realm bank = server.realm(Servers.BANK);
        acme = bank.tpp(ACME);
        customer = bank.newCustomer();
        app = customer.app();
        // what is there once is made, and read into the server's memory
        journey();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void noCallMakesMoreStatementsThanItDid() {
        for (int journey = 0; journey < JOURNEYS; journey++) {
            journey();
        }
        Map<String, List<List<QueryPlan>>> sections = Eventually.within(
                Duration.ofSeconds(20),
                "the log is written",
                () -> QueryPlans.afterMarks(server.databaseName()),
                all -> all.getOrDefault(BETWEEN, List.of()).size() == MOST.size() * (JOURNEYS + 1));

        SoftAssertions all = new SoftAssertions();
        MOST.forEach((call, most) -> {
            Map<String, Long> fewest = sections.get(call).stream()
                    .skip(1)
                    .map(StatementsIT::counted)
                    .reduce(StatementsIT::fewer)
                    .orElseThrow();
            all.assertThat(fewest.values().stream().mapToLong(Long::longValue).sum())
                    .as("%s: %s", call, fewest)
                    .isBetween(1L, most);
        });
        all.assertAll();
    }

    private static void journey() {
        Asked asked = counted("ask", () -> acme.ask(customer, BALANCES));
        counted("poll", () -> acme.poll(asked));
        String id = app.onlyPendingId();
        counted("decision", () -> app.approve(id).ok());
        Tokens tokens = Tokens.of(counted("redemption", () -> acme.poll(asked)));
        Tokens.of(counted("refresh", () -> acme.refresh(tokens)));
    }

    /** How often each statement was made that belongs to a call. */
    private static Map<String, Long> counted(List<QueryPlan> section) {
        return section.stream()
                .filter(plan -> !DEVICES_OF_MANY.matcher(plan.sql()).find())
                .map(StatementsIT::table)
                .filter(statement -> !EVERY_SECOND.contains(statement))
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
    }

    private static <T> T counted(String name, Supplier<T> call) {
        QueryPlans.mark(server.databaseName(), name);
        T answer = call.get();
        QueryPlans.mark(server.databaseName(), BETWEEN);
        return answer;
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
