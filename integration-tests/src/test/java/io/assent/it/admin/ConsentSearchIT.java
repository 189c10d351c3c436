package io.assent.it.admin;

import static io.assent.testing.actor.DevRealm.ACME;
import static io.assent.testing.actor.DevRealm.BALANCES;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.assent.testing.Eventually;
import io.assent.testing.actor.Asked;
import io.assent.testing.actor.BankApp;
import io.assent.testing.actor.Customer;
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
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * Among a million consents staff search by an index, and what ended too long ago goes, and nothing else. With
 * {@code -Dassent.consents=250000} they are fewer.
 */
@Tag("long")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ConsentSearchIT {

    private static final int CONSENTS = Integer.getInteger("assent.consents", 1_000_000);
    private static final int CUSTOMERS = CONSENTS / 50;
    private static final int TOO_OLD = 5_000;

    /** The default, and the age of the oldest that are kept here. */
    private static final int KEPT_DAYS = 2 * 366;

    /** What a search for the thousand-and-first to the eleven-hundredth reads of each status, and not much more. */
    private static final int MOST_ROWS = 1_500;

    private static Keycloak server;
    private static Realm bank;
    private static Customer customer;
    private static Staff staff;
    private static Tpp doomed;
    private static int plansBefore;

    @BeforeAll
    static void startAServerWithAMillionConsents() {
        server = new Keycloak(
                "consent-search",
                Database.POSTGRESQL,
                List.of(Servers.realmFile()),
                "--spi-jpa-entity-provider--assent--housekeeping-interval-seconds=1");
        QueryPlans.record(server.databaseName());
        server.start();
        bank = server.realm(Servers.BANK);
        customer = bank.newCustomer();
        staff = Staff.of(bank, "view-users", "view-clients");
        doomed = bank.newTpp(ACME, client -> {});
        Instant begin = Instant.now();
        insert("kept", CONSENTS, 0, KEPT_DAYS - 2);
        System.out.printf(
                "Made %,d consents in %,d ms; %d bytes a row, with its indexes%n",
                CONSENTS,
                Duration.between(begin, Instant.now()).toMillis(),
                Postgres.number(server.databaseName(), "SELECT pg_total_relation_size('consent')") / CONSENTS);
        plansBefore = QueryPlans.of(server.databaseName()).size();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    @Order(1)
    void everySearchGoesByAnIndexAndReadsLittle() {
        String aYearAgo = Instant.now().minus(Duration.ofDays(365)).toString();
        for (String query : List.of(
                "?customer=" + customer.id(),
                "?status=revoked&customer=" + customer.id(),
                "?status=live&customer=" + customer.id(),
                "?client=" + ACME + "&customer=" + customer.id(),
                "?grantedTo=" + aYearAgo + "&customer=" + customer.id(),
                "?client=" + ACME,
                "?client=" + ACME + "&status=suspended",
                "?client=" + ACME + "&status=live",
                "?client=" + ACME + "&grantedTo=" + aYearAgo,
                "?client=" + doomed.clientId() + "&status=ended",
                "",
                "?status=suspended",
                "?status=ended",
                "?grantedFrom=" + aYearAgo,
                "?grantedTo=" + aYearAgo + "&max=100")) {
            Instant begin = Instant.now();
            assertThat(staff.found(query)).as(query).isNotEmpty();
            staff.search(query + (query.isEmpty() ? "?" : "&") + "max=1");
            System.out.printf(
                    "%5d ms for %s%n", Duration.between(begin, Instant.now()).toMillis(), query);
        }

        List<QueryPlan> searches = plans("select", "from consent ", "order by", "granted_at desc");
        assertThat(searches).hasSizeGreaterThan(40);
        for (String index : List.of("idx_consent_client", "idx_consent_status")) {
            assertThat(searches).anyMatch(plan -> plan.indexes().contains(index));
        }
        assertThat(searches)
                .filteredOn(plan -> plan.scanned().contains("consent"))
                .isEmpty();
        assertThat(searches)
                .filteredOn(plan -> plan.passedOver() > MOST_ROWS || mostRows(plan) > MOST_ROWS)
                .isEmpty();
    }

    @Test
    @Order(2)
    void whatCustomersClientsAndHousekeepingAskGoesByAnIndexAndReadsLittle() {
        BankApp app = customer.app();
        Tpp acme = bank.tpp(ACME);
        assertThat(app.consents("?max=20").list()).hasSize(20);
        assertThat(app.consents("?status=live&max=20").list()).isNotEmpty();
        Asked asked = acme.ask(customer, BALANCES);
        app.approve(app.onlyPendingId()).ok();
        Tokens tokens = Tokens.of(acme.refresh(Tokens.of(acme.poll(asked))));
        app.withdraw(tokens.accessTokenClaims().get("grant_id").asText()).ok();
        // housekeeping comes by every second
        for (String sweep : List.of("valid_until", "remind_at", "confirm_by")) {
            Eventually.within(Duration.ofSeconds(30), "the sweep by " + sweep, () -> !plans(
                            "from consent ", sweep + "<=", "order by")
                    .isEmpty());
        }

        List<QueryPlan> all = Stream.concat(plans("from consent ").stream(), plans("update consent set").stream())
                .toList();
        assertThat(all).filteredOn(plan -> plan.scanned().contains("consent")).isEmpty();
        assertThat(all)
                .filteredOn(plan -> plan.passedOver() > MOST_ROWS || mostRows(plan) > MOST_ROWS)
                .isEmpty();
        for (String index :
                List.of("idx_consent_live", "idx_consent_end", "idx_consent_remind", "idx_consent_confirm")) {
            assertThat(all).as(index).anyMatch(plan -> plan.indexes().contains(index));
        }
    }

    @Test
    @Order(3)
    void theRemovalOfAClientReadsItsOwnConsents() {
        String id =
                bank.admin().client(bank.name(), doomed.clientId()).get("id").asText();
        long live = count("client_id = '" + id + "' AND status IN ('ACTIVE', 'SUSPENDED')");
        assertThat(live).isPositive();

        bank.admin().removeClient(bank.name(), doomed.clientId());

        assertThat(count("client_id = '" + id + "' AND status IN ('ACTIVE', 'SUSPENDED')"))
                .isZero();
        assertThat(Postgres.count(
                        server.databaseName(),
                        "consent_event",
                        "type = 'REVOKED' AND done_by = 'SYSTEM' AND consent_id IN (SELECT id FROM consent WHERE client_id = '"
                                + id + "')"))
                .isEqualTo(live);
        for (String statement : List.of("update consent set", "insert into consent_event")) {
            assertThat(plans(statement, "client_id")).as(statement).isNotEmpty().allSatisfy(plan -> {
                assertThat(plan.scanned()).isEmpty();
                assertThat(plan.passedOver()).isLessThan(MOST_ROWS);
            });
        }
        assertThat(plans("update consent set", "client_id"))
                .allMatch(plan -> plan.indexes().contains("idx_consent_client"));
    }

    @Test
    @Order(4)
    void whatEndedTooLongAgoGoesWithItsHistoryAndNothingElse() {
        long kept = count("true");
        insert("old", TOO_OLD, KEPT_DAYS + 1, KEPT_DAYS + 100);
        long live = count("id LIKE 'old%' AND ended_at IS NULL");
        assertThat(live).isPositive();

        Eventually.within(
                Duration.ofSeconds(60),
                "the removal of what ended too long ago",
                () -> count("id LIKE 'old%' AND ended_at IS NOT NULL") == 0);

        assertThat(count("true")).isEqualTo(kept + live);
        assertThat(Postgres.count(server.databaseName(), "consent_event", "consent_id LIKE 'old%'"))
                .isEqualTo(live);
        List<QueryPlan> purges = plans("select", "from consent ", "ended_at<", "skip locked");
        assertThat(purges).isNotEmpty().allSatisfy(plan -> {
            assertThat(plan.indexes()).contains("idx_consent_ended");
            assertThat(plan.scanned()).doesNotContain("consent");
        });
    }

    /** Of what the server asked since the table is full. */
    private static List<QueryPlan> plans(String... words) {
        List<QueryPlan> all = QueryPlans.of(server.databaseName());
        return all.subList(plansBefore, all.size()).stream()
                .filter(plan -> plan.mentions(words))
                .toList();
    }

    /** The rows that were met in the node where these were the most. */
    private static long mostRows(QueryPlan plan) {
        return plan.plan().findValues("Actual Rows").stream()
                .mapToLong(JsonNode::asLong)
                .max()
                .orElse(0);
    }

    private static long count(String condition) {
        return Postgres.count(server.databaseName(), "consent", condition);
    }

    /**
     * Inserts consents of all states, most of them of one client, each with a line of history. Every so many-th is the
     * customer's.
     *
     * @param name what their ids begin with
     * @param youngest days since they were granted, and since they ended where they have
     */
    private static void insert(String name, int rows, int youngest, int oldest) {
        Postgres.execute(server.databaseName(), """
                        SET session_replication_role = replica; -- the foreign keys are right
                        CREATE TEMPORARY TABLE made AS
                        SELECT '%1$s' || lpad(n::text, 8, '0') AS id,
                            %2$d - ((%3$d + (%4$d - %3$d) * n::numeric / %5$d) * 86400000)::bigint AS granted,
                            CASE n %% %6$d WHEN 0 THEN '%7$s' ELSE 'user-' || n %% %6$d END AS customer,
                            CASE WHEN n %% 100 = 3 THEN '%8$s' ELSE '%9$s' END AS client,
                            CASE WHEN n %% 5000 IN (1, 7) THEN 'SUSPENDED' ELSE (ARRAY['ACTIVE', 'REVOKED', 'REVOKED', 'EXPIRED', 'ACTIVE',
                                'REPLACED', 'CONSUMED'])[1 + n %% 7] END AS status
                        FROM generate_series(1, %5$d) n;
                        INSERT INTO consent (id, realm_id, client_id, user_id, request_id, permissions, scope_ids, user_session_id,
                            own_session, slot, status, granted_at, valid_until, ended_by, ended_at, version, oauth_client_id, client_name)
                        SELECT id, '%10$s', client, customer, id, 'accounts.balances', 'a-scope', 'a-session', true, id, status, granted,
                            CASE WHEN status IN ('ACTIVE', 'SUSPENDED') THEN %2$d + 86400000 ELSE granted + 86400000 END,
                            CASE WHEN status NOT IN ('ACTIVE', 'SUSPENDED') THEN 'CUSTOMER' END,
                            CASE WHEN status NOT IN ('ACTIVE', 'SUSPENDED') THEN granted END,
                            0, 'a-client', 'A client'
                        FROM made;
                        INSERT INTO consent_event (id, consent_id, type, done_by, done_at, permissions)
                        SELECT id || '-event', id, 'GRANTED', 'CUSTOMER', granted, 'accounts.balances' FROM made;
                        ANALYZE consent; ANALYZE consent_event;
                        """.formatted(
                        name,
                        Instant.now().toEpochMilli(),
                        youngest,
                        oldest,
                        rows,
                        CUSTOMERS,
                        customer.id(),
                        bank.admin().client(bank.name(), doomed(name)).get("id").asText(),
                        bank.admin().client(bank.name(), ACME).get("id").asText(),
                        bank.admin().realmId(bank.name())));
    }

    /** The client that is there before it is removed. */
    private static String doomed(String name) {
        return name.equals("kept") ? doomed.clientId() : ACME;
    }
}
