package io.assent.it.operations;

import static io.assent.testing.actor.DevRealm.ACME;
import static io.assent.testing.actor.DevRealm.BALANCES;
import static org.assertj.core.api.Assertions.assertThat;

import io.assent.testing.Eventually;
import io.assent.testing.actor.Asked;
import io.assent.testing.actor.BankApp;
import io.assent.testing.actor.Customer;
import io.assent.testing.actor.PingReceiver;
import io.assent.testing.actor.Realm;
import io.assent.testing.actor.Staff;
import io.assent.testing.actor.Tokens;
import io.assent.testing.actor.Tpp;
import io.assent.testing.server.Database;
import io.assent.testing.server.Keycloak;
import io.assent.testing.server.Postgres;
import io.assent.testing.server.QueryPlans;
import io.assent.testing.server.QueryPlans.QueryPlan;
import io.assent.testing.server.Servers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** A million old rows slow nobody down, and what is too old goes, and nothing else. */
@Tag("long")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class HousekeepingIT {

    private static final int UNANSWERED_DAYS = 300;
    private static final int ANSWERED_DAYS = 400;
    private static final int DELIVERY_DAYS = 320;

    private static final int KEPT = Integer.getInteger("assent.old.requests", 1_000_000);
    private static final int TOO_OLD = KEPT / 5;

    /** Rows a second; far below what a laptop does, far above what a bank needs. */
    private static final int LEAST_RATE = 1_000;

    /** One customer of this many. */
    private static final int CUSTOMERS = KEPT / 100;

    private static Keycloak server;
    private static Realm bank;
    private static Customer customer;
    private static BankApp app;

    /** While the tables were empty. */
    private static int plansBefore;

    @BeforeAll
    static void startAServerWithAMillionOldRequests() {
        server = new Keycloak(
                "housekeeping",
                Database.POSTGRESQL,
                List.of(Servers.realmFile().expiringAfter(30).polledEvery(1)),
                "--spi-jpa-entity-provider--assent--unanswered-request-days=" + UNANSWERED_DAYS,
                "--spi-jpa-entity-provider--assent--answered-request-days=" + ANSWERED_DAYS,
                "--spi-jpa-entity-provider--assent--closed-delivery-days=" + DELIVERY_DAYS,
                "--spi-jpa-entity-provider--assent--housekeeping-interval-seconds=1");
        QueryPlans.record(server.databaseName());
        server.start();
        bank = server.realm(Servers.BANK);
        customer = bank.newCustomer();
        app = customer.app();
        Instant begin = Instant.now();
        // the oldest are within the shortest of the windows
        insert("kept", KEPT, 0, UNANSWERED_DAYS - 1);
        System.out.printf("Made %,d old requests and %,d old deliveries in %,d ms%n", KEPT, KEPT, millisSince(begin));
        for (String table : List.of("consent_request", "consent_outbox")) {
            System.out.printf(
                    "%s: %d bytes a row, with %d for its indexes%n",
                    table, bytesOfARow("pg_total_relation_size", table), bytesOfARow("pg_indexes_size", table));
        }
        plansBefore = QueryPlans.of(server.databaseName()).size();
    }

    private static long bytesOfARow(String size, String table) {
        return Postgres.number(server.databaseName(), "SELECT " + size + "('" + table + "')") / KEPT;
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    @Order(1)
    void withAMillionOldRowsEveryQueryUsesItsIndex() {
        String next = app.requests("?max=50").text("next");
        assertThat(app.requests("?after=" + next).list()).hasSize(20);
        assertThat(app.pending()).isEmpty();
        for (String status : List.of("approved", "denied", "expired")) {
            assertThat(app.requests("?status=" + status).list()).hasSize(20);
        }
        app.register(UUID.randomUUID(), "log");
        Tpp acme = bank.tpp(ACME);
        Asked asked = acme.ask(customer, BALANCES);
        assertThat(acme.poll(asked).error()).isEqualTo("authorization_pending");
        String id = app.onlyPendingId();
        app.request(id).ok();
        app.approve(id).ok();
        Tokens.of(acme.poll(asked));
        // answered to nobody, so that the ping stays until its request's time is over
        Tpp orbit = bank.newPingTpp(PingReceiver.down());
        orbit.askForPing(customer, "a-token", BALANCES);
        app.approve(app.onlyPendingId()).ok();
        orbit.askForPing(customer, "another-token", BALANCES);
        Eventually.within(Duration.ofSeconds(90), "the end of the pings", () -> count("ciba_ping", "true") == 0);
        // housekeeping may be faster than the sweep, which concludes the row of a ping whose time is over
        Eventually.within(
                Duration.ofSeconds(30),
                "the end of the ping's row",
                () -> count("consent_outbox", "kind = 'ping' AND status = 'WAITING'") == 0);

        List<QueryPlan> plans = plans();

        assertUses(plans, "pk_consent_request", "select", "consent_request", "where", ".id=$");
        assertUses(plans, "uc_consent_request_channel", "select", "consent_request", "channel_reference = $");
        assertUses(plans, "idx_consent_request_user", "select", "consent_request", "order by", "created_at desc");
        assertUses(plans, "idx_consent_request_expiry", "select", "consent_request", "expires_at>=$");
        assertUses(plans, "pk_consent_request", "update consent_request", "decided_on_device = $");
        assertUses(plans, "pk_consent_request", "update consent_request", "redeemed_at = $");
        assertUses(plans, "pk_consent_outbox", "update consent_outbox", ".id=$");
        assertUses(plans, "pk_consent_outbox", "update consent_outbox", ".lease in ($");
        for (String sweep : List.of("expires_at<=", "kind=")) {
            // while next to none wait any that begins with the status will do; OutboxListenerIT has many that do
            assertThat(plans)
                    .filteredOn(plan -> plan.mentions("select", "consent_outbox", sweep, "skip locked"))
                    .isNotEmpty()
                    .allSatisfy(plan -> assertThat(plan.indexes())
                            .singleElement()
                            .asString()
                            .startsWith("idx_consent_outbox_"));
        }
        assertUses(plans, "pk_consent_request", "select", "ciba_ping", "exists", "skip locked");
        assertUses(plans, "idx_consent_request_expiry", "select", "decided_at", "expires_at<$", "order by");
        // by the realm's requests or by the customer's: which are fewer says the database
        assertThat(plans)
                .filteredOn(plan -> plan.mentions("consent_device", "decided_at is null", "created_at<$"))
                .isNotEmpty()
                .allSatisfy(plan -> assertThat(plan.indexes())
                        .containsAnyOf("idx_consent_request_realm", "idx_consent_request_user"));
        for (String status : List.of("delivered", "closed", "failed")) {
            assertUses(plans, "idx_consent_outbox_due", "select", "consent_outbox", "'" + status + "'", "skip locked");
        }
        assertNothingIsReadInVain(plans);
    }

    @Test
    @Order(2)
    void whatIsTooOldGoesFasterThanItComesAndNothingElseDoes() {
        long requests = count("consent_request", "true");
        long deliveries = count("consent_outbox", "true");
        insert("old", TOO_OLD, ANSWERED_DAYS + 1, ANSWERED_DAYS + 100);

        Instant begin = Instant.now();
        Eventually.within(
                Duration.ofSeconds(2L * TOO_OLD / LEAST_RATE),
                "the removal of what is too old",
                () -> count("consent_request", "expires_at < " + daysAgo(ANSWERED_DAYS)) == 0
                        && count("consent_outbox", "closed_at < " + daysAgo(DELIVERY_DAYS)) == 0);
        long millis = millisSince(begin);

        System.out.printf(
                "Removed %,d requests and %,d deliveries in %,d ms: %,d rows a second%n",
                TOO_OLD, TOO_OLD, millis, 2_000L * TOO_OLD / millis);
        assertThat(count("consent_request", "true")).isEqualTo(requests);
        assertThat(count("consent_outbox", "true")).isEqualTo(deliveries);
        assertNothingIsReadInVain(plans());
    }

    @Test
    @Order(3)
    void eachKindIsKeptForItsOwnTime() {
        // in the order of their expiry: what is inserted where housekeeping has been already is not looked at
        insert("older", 10, DELIVERY_DAYS + 10, DELIVERY_DAYS + 10);
        insert("young", 10, UNANSWERED_DAYS + 10, UNANSWERED_DAYS + 10);

        Eventually.within(
                Duration.ofSeconds(120),
                "the removal of the unanswered",
                () -> count("consent_request", inserted("young") + " AND status = 'PENDING'") == 0
                        && count("consent_request", inserted("older") + " AND status = 'PENDING'") == 0
                        && count("consent_outbox", "kind = 'older'") == 0);

        assertThat(count("consent_request", inserted("young"))).isEqualTo(8);
        assertThat(count("consent_request", inserted("older"))).isEqualTo(8);
        // two of the deliveries went with their requests
        assertThat(count("consent_outbox", "kind = 'young'")).isEqualTo(8);
    }

    /** Each request is passed once, and one that could not be removed is not passed. */
    @Test
    @Order(4)
    void whatSomebodyElseHoldsGoesWhenItIsLetGo() {
        String database = server.databaseName();
        List<String> three = Postgres.texts(
                database,
                "SELECT id FROM consent_request WHERE " + inserted("kept") + " AND status = 'PENDING' LIMIT 3");
        // soon they are too old, one after the other
        for (String id : three) {
            Postgres.execute(
                    database,
                    "UPDATE consent_request SET expires_at = " + (daysAgo(UNANSWERED_DAYS) + 10_000 + three.indexOf(id))
                            + " WHERE id = '" + id + "'");
        }
        String first = "id = '" + three.get(0) + "'";
        String others = "id IN ('" + three.get(1) + "', '" + three.get(2) + "')";

        Postgres.holding(database, "SELECT 1 FROM consent_request WHERE " + first + " FOR UPDATE", () -> {
            Eventually.within(
                    Duration.ofSeconds(60),
                    "the removal of what nobody holds",
                    () -> count("consent_request", others) == 0);
            assertThat(count("consent_request", first)).isOne();
        });

        Eventually.within(
                Duration.ofSeconds(60), "the removal of what was held", () -> count("consent_request", first) == 0);
    }

    @Test
    @Order(5)
    void staffsListsAndTheSwitchGoByTheirIndexes() {
        Staff staff = Staff.of(bank, "view-users", "manage-clients");
        Tpp tpp = bank.newTpp(ACME, client -> {});
        tpp.ask(customer, BALANCES);
        int before = QueryPlans.of(server.databaseName()).size();
        for (String query : List.of(
                "",
                "?client=" + ACME,
                "?status=pending",
                "?status=withdrawn",
                "?client=" + ACME + "&status=reported",
                "?customer=" + customer.id(),
                "?max=100&askedTo=" + Instant.now().minus(Duration.ofDays(10)))) {
            Instant begin = Instant.now();
            staff.requests(query).ok();
            System.out.printf("%5d ms for requests%s%n", millisSince(begin), query);
        }
        for (String state : List.of("waiting", "delivered", "failed", "closed")) {
            Instant begin = Instant.now();
            staff.deliveries("?state=" + state + "&client=" + ACME).ok();
            System.out.printf("%5d ms for deliveries that are %s%n", millisSince(begin), state);
        }
        staff.blocks("?client=" + ACME).ok();
        staff.switchOff(tpp.clientId()).ok();
        List<QueryPlan> all = QueryPlans.of(server.databaseName());
        // but for the figures in the switch's answer, which count a day's rows
        List<QueryPlan> plans = all.subList(before, all.size()).stream()
                .filter(plan -> !plan.mentions("group by"))
                .toList();

        assertUses(
                plans,
                "idx_consent_request_realm",
                "select",
                "consent_request",
                "realm_id=$",
                "created_at>=$",
                "order by");
        assertUses(plans, "idx_consent_request_client", "update consent_request", "client_id = $");
        assertThat(plans).anySatisfy(plan -> assertThat(plan.indexes()).contains("idx_consent_request_client"));
        assertUses(plans, "idx_consent_outbox_due", "select", "consent_outbox", "order by", "next_attempt_at desc");
        assertNothingIsReadInVain(plans);
    }

    @Test
    @Order(6)
    void wordsGoOnceNoAnswerNamesThemAndOthersStay() {
        Tpp acme = bank.tpp(ACME);
        acme.ask(customer, BALANCES);
        String id = app.onlyPendingId();
        app.deny(id).ok();
        String shown = Postgres.texts(
                        server.databaseName(), "SELECT shown_text FROM consent_request WHERE id = '" + id + "'")
                .get(0);
        Instant now = Instant.now();
        // as a version before this one wrote it, and as one that was last used so long ago
        words("undated", null);
        words("named", daysAgo(ANSWERED_DAYS + 59));
        words("over", daysAgo(ANSWERED_DAYS + 61));
        assertThat(count("consent_shown_text", "hash = '" + shown + "' AND used_at > " + daysAgo(1)))
                .isOne();

        Eventually.within(
                Duration.ofSeconds(60),
                "the end of the words that nobody names",
                () -> count("consent_shown_text", "hash = 'over'") == 0
                        && count("consent_shown_text", "hash = 'undated' AND used_at >= " + now.toEpochMilli()) == 1);

        assertThat(count("consent_shown_text", "hash IN ('undated', 'named', '" + shown + "')"))
                .isEqualTo(3);
    }

    private static void words(String hash, Long usedAt) {
        Postgres.execute(
                server.databaseName(),
                "INSERT INTO consent_shown_text (hash, content, used_at) VALUES ('" + hash + "', '{}', " + usedAt
                        + ")");
    }

    /** Of what the server asked since the tables are full. */
    private static List<QueryPlan> plans() {
        List<QueryPlan> all = QueryPlans.of(server.databaseName());
        return all.subList(plansBefore, all.size());
    }

    private static void assertUses(List<QueryPlan> plans, String index, String... words) {
        List<QueryPlan> found =
                plans.stream().filter(plan -> plan.mentions(words)).toList();
        assertThat(found).as("queries with %s", List.of(words)).isNotEmpty();
        assertThat(found).filteredOn(plan -> !plan.indexes().contains(index)).isEmpty();
    }

    private static void assertNothingIsReadInVain(List<QueryPlan> plans) {
        assertThat(plans)
                .filteredOn(plan -> plan.scanned().contains("consent_request")
                        || plan.scanned().contains("consent_outbox")
                        || plan.mentions("consent_") && plan.passedOver() > 1_000)
                .isEmpty();
    }

    /**
     * Inserts requests of all states, each with a delivery that is done with. Every so many-th is the customer's.
     *
     * @param name by whose hash their ids begin, and the kind of the deliveries
     * @param youngest days since their time was over
     */
    private static void insert(String name, int rows, int youngest, int oldest) {
        String realm = server.admin().realmId(bank.name());
        String client = server.admin().client(bank.name(), ACME).get("id").asText();
        Postgres.execute(server.databaseName(), """
                        SET session_replication_role = replica; -- the foreign keys are right
                        CREATE TEMPORARY TABLE old AS
                        SELECT substr(md5('%9$s'), 1, 8) || '-0000-4000-8000-' || lpad(n::text, 12, '0') AS id, %6$d - ((%4$d + (%5$d - %4$d) * n::numeric / %3$d) * 86400000)::bigint AS ended,
                            CASE n %% %8$d WHEN 0 THEN '%7$s' ELSE 'user-' || n %% %8$d END AS customer,
                            (ARRAY['PENDING', 'REDEEMED', 'REDEEMED', 'DENIED', 'APPROVED'])[1 + (n + n / %8$d) %% 5] AS status,
                            (ARRAY['DELIVERED', 'DELIVERED', 'DELIVERED', 'CLOSED', 'FAILED'])[1 + n %% 5] AS sent
                        FROM generate_series(1, %3$d) n;
                        INSERT INTO consent_request
                        SELECT id, '%1$s', '%2$s', customer, 'ciba', id,
                            'openid accounts.balances', 'accounts.balances', '', true, 'KR-4711', status,
                            ended - 120000, ended,
                            CASE WHEN status <> 'PENDING' THEN ended - 60000 END, NULL,
                            CASE status WHEN 'PENDING' THEN NULL WHEN 'DENIED' THEN '' ELSE 'accounts.balances' END,
                            CASE WHEN status = 'REDEEMED' THEN ended - 59000 END
                        FROM old;
                        INSERT INTO consent_outbox
                        SELECT id, '%9$s', '%1$s', '%2$s', customer, id, 'device', sent,
                            NULL, 1, ended, NULL, ended - 120000, ended, ended
                        FROM old;
                        ANALYZE consent_request; ANALYZE consent_outbox;
                        """.formatted(
                realm, client, rows, youngest, oldest, Instant.now().toEpochMilli(), customer.id(), CUSTOMERS, name));
    }

    /** The condition for rows that were inserted under a name. */
    private static String inserted(String name) {
        return "id LIKE substr(md5('" + name + "'), 1, 8) || '%'";
    }

    private static long daysAgo(int days) {
        return Instant.now().minus(Duration.ofDays(days)).toEpochMilli();
    }

    private static long count(String table, String condition) {
        return Postgres.count(server.databaseName(), table, condition);
    }

    private static long millisSince(Instant begin) {
        return Duration.between(begin, Instant.now()).toMillis();
    }
}
