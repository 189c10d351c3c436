package io.assent.it.consent;

import static io.assent.it.consent.ChangingBank.ALL;
import static io.assent.it.consent.ChangingBank.AMOUNTS;
import static io.assent.it.consent.ChangingBank.LOANS;
import static io.assent.it.consent.ChangingBank.RATES;
import static io.assent.it.consent.ChangingBank.TERMS;
import static io.assent.it.consent.ChangingBank.WHOLE;
import static io.assent.it.consent.ChangingBank.carried;
import static io.assent.it.consent.ChangingBank.change;
import static io.assent.it.consent.ChangingBank.changes;
import static io.assent.testing.actor.DevRealm.BALANCES;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.assent.testing.AtOnce;
import io.assent.testing.Eventually;
import io.assent.testing.actor.Customer;
import io.assent.testing.actor.Staff;
import io.assent.testing.actor.Tokens;
import io.assent.testing.actor.Tpp;
import io.assent.testing.http.Answer;
import io.assent.testing.server.Database;
import io.assent.testing.server.Keycloak;
import io.assent.testing.server.Postgres;
import io.assent.testing.server.Servers;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A hundred thousand consents follow a change while fifty clients refresh, and the server is killed on the way. Most
 * rows are written by the test, and nobody refreshes them; one of each client is granted by a customer.
 */
@Tag("long")
@Tag("weekly")
class ChangesUnderLoadIT {

    private static final int CONSENTS = Integer.getInteger("assent.changes.consents", 100_000);

    private static final int CLIENTS = 50;

    /** Of so many rows one is of each kind; the others grant what does not change. */
    private static final int EACH = 250;

    private static final Duration WALK = Duration.ofMinutes(10).plusMillis(2L * CONSENTS);

    /** Of a call of the staff's, which no client waits for. */
    private static final int TRIES = 5;

    private static Keycloak server;
    private static ChangingBank bank;

    @BeforeAll
    static void start() {
        server = new Keycloak(
                        "changes-under-load",
                        Database.POSTGRESQL,
                        List.of(Servers.realmFile()),
                        "--spi-jpa-entity-provider--assent--housekeeping-interval-seconds=1")
                .start();
        bank = ChangingBank.open(server, "changes");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void aHundredThousandFollowAndNobodyNoticesButByTheNames() throws Exception {
        Tpp unassigned = bank.newTpp(List.of(LOANS));
        List<Held> held = held();
        insert(held.stream().map(one -> id(one.tpp())).toList(), id(unassigned));
        ObjectNode document = changes(
                0,
                change("rename", "rename", List.of(LOANS), WHOLE),
                change("merge", "merge", List.of(AMOUNTS, TERMS), WHOLE),
                change("retire", "retire", List.of(RATES)));
        int rows = CONSENTS / EACH;
        Map<String, Integer> expected = Map.of(
                "mapped",
                2 * rows + CLIENTS,
                "needsCustomer",
                rows,
                "loses",
                rows,
                "ends",
                0,
                "waiting",
                rows,
                "unchanged",
                CONSENTS - 5 * rows);

        Instant begin = Instant.now();
        assertThat(ChangingBank.dryRun(bank.staff(), 1_000, 10_000, document)).isEqualTo(expected);
        System.out.printf("A dry run over %,d consents in %,d ms%n", CONSENTS + CLIENTS, millisSince(begin));

        bank.staff().setChanges(document).ok();
        Traffic traffic = new Traffic(held);
        try {
            walk(traffic, rows);
        } finally {
            traffic.end();
        }
    }

    private static void walk(Traffic traffic, int rows) throws InterruptedException, ExecutionException {
        Instant begin = Instant.now();
        Eventually.within(WALK, "the walk under way", () -> looked() > CONSENTS / 4);
        long atTheEarliest = looked();
        System.out.printf("The walk over %,d consents in %,d ms%n", atTheEarliest, millisSince(begin));
        traffic.goesDown();
        server.kill();
        server.launch();
        server.awaitReady();
        traffic.isUp();
        Staff staff = patient(() -> Staff.of(bank.realm(), "manage-realm", "manage-clients", "view-users"));
        assertThat(followed(staff).get("looked").asLong())
                .as("what was looked at before")
                .isGreaterThanOrEqualTo(atTheEarliest);
        begin = Instant.now();
        Eventually.within(WALK, "the walk", () -> followed(staff).get("done").asBoolean());
        System.out.printf("After the kill, the other consents in %,d ms%n", millisSince(begin));
        traffic.assertEachWasServed();
        traffic.tell();
        JsonNode followed = followed(staff);
        assertThat(followed.get("failed").asInt()).isZero();
        assertThat(followed.get("waiting").asInt()).isEqualTo(rows);
        assertThat(followed.get("looked").asInt()).isEqualTo(CONSENTS + CLIENTS);
        assertThat(grants(WHOLE)).isEqualTo(2L * rows + CLIENTS);
        assertThat(grants(AMOUNTS)).as("a part of a merge").isEqualTo(rows);
        assertThat(grants(LOANS)).as("wait for their client").isEqualTo(rows);
        assertThat(grants(BALANCES)).isEqualTo(CONSENTS - 4L * rows);
        assertThat(Postgres.number(server.databaseName(), "SELECT count(*) FROM consent_event WHERE type = 'CHANGED'"))
                .as("each once, whoever came first")
                .isEqualTo(3L * rows + CLIENTS);
        assertThat(Postgres.number(
                        server.databaseName(),
                        "SELECT count(*) FROM (SELECT consent_id FROM consent_event WHERE type = 'CHANGED'"
                                + " GROUP BY consent_id HAVING count(*) > 1) twice"))
                .isZero();
    }

    /** One consent of each client, half of them to be renamed and half to be merged. */
    private static List<Held> held() throws Exception {
        List<Callable<Held>> grants = new ArrayList<>();
        for (int at = 0; at < CLIENTS; at++) {
            String[] scopes = at % 2 == 0 ? new String[] {LOANS} : new String[] {AMOUNTS, TERMS};
            grants.add(() -> {
                Tpp tpp = bank.newTpp(ALL);
                Customer customer = bank.realm().newCustomer();
                return new Held(tpp, ChangingBank.tokens(tpp, customer, customer.app(), scopes), Set.of(scopes));
            });
        }
        return AtOnce.all(4, grants);
    }

    private static long looked() {
        return followed(bank.staff()).get("looked").asLong();
    }

    private static JsonNode followed(Staff staff) {
        return patient(staff::changes).ok().get("followed");
    }

    /** Fifty clients fall upon a server that has just begun: it may be late, as none of them may be. */
    private static <T> T patient(Supplier<T> call) {
        for (int tries = 1; ; tries++) {
            try {
                return call.get();
            } catch (UncheckedIOException late) {
                if (tries == TRIES) {
                    throw late;
                }
            }
        }
    }

    /** The live consents that grant a permission. */
    private static long grants(String permission) {
        return Postgres.count(
                server.databaseName(),
                "consent",
                "status = 'ACTIVE' AND ' ' || permissions || ' ' LIKE '% " + permission + " %'");
    }

    private static String id(Tpp tpp) {
        return bank.admin()
                .client(bank.realm().name(), tpp.clientId())
                .get("id")
                .asText();
    }

    private static String scopeId(String name) {
        return bank.admin().idOfScope(bank.realm().name(), name);
    }

    private static void insert(List<String> clients, String unassigned) {
        Postgres.execute(server.databaseName(), """
                SET session_replication_role = replica; -- the foreign keys are right
                CREATE TEMPORARY TABLE ids AS SELECT * FROM (VALUES %s) AS known (name, id);
                CREATE TEMPORARY TABLE made AS
                SELECT md5(n::text)::uuid::text AS id, n %% %d AS kind, n,
                    CASE n %% %d WHEN 0 THEN '%s' WHEN 1 THEN '%s %s' WHEN 2 THEN '%s' WHEN 3 THEN '%s %s' WHEN 4 THEN '%s'
                        ELSE '%s' END AS permissions
                FROM generate_series(1, %d) n;
                INSERT INTO consent (id, realm_id, client_id, user_id, request_id, permissions, scope_ids, user_session_id,
                    own_session, slot, kind, status, granted_at, confirmed_at, valid_until, version, oauth_client_id, client_name)
                SELECT made.id, '%s', CASE kind WHEN 4 THEN '%s' ELSE (ARRAY[%s])[1 + n %% %d] END, 'user-' || n, made.id,
                    permissions,
                    (SELECT string_agg(ids.id, ' ' ORDER BY place) FROM unnest(string_to_array(permissions, ' '))
                        WITH ORDINALITY AS part (name, place) JOIN ids ON ids.name = part.name),
                    'session-' || n, true, made.id, 'STANDING', 'ACTIVE', %d - n, %d - n, %d, 0, 'a-client', 'A client'
                FROM made;
                INSERT INTO consent_event (id, consent_id, type, done_by, done_at, permissions)
                SELECT md5('event ' || id)::uuid::text, id, 'GRANTED', 'CUSTOMER', %d - n, permissions FROM made;
                ANALYZE consent; ANALYZE consent_event;
                """.formatted(
                        List.of(LOANS, AMOUNTS, TERMS, RATES, BALANCES).stream()
                                .map(name -> "('" + name + "', '" + scopeId(name) + "')")
                                .collect(Collectors.joining(", ")),
                        EACH,
                        EACH,
                        LOANS,
                        AMOUNTS,
                        TERMS,
                        AMOUNTS,
                        BALANCES,
                        RATES,
                        LOANS,
                        BALANCES,
                        CONSENTS,
                        bank.admin().realmId(bank.realm().name()),
                        unassigned,
                        clients.stream().map(id -> "'" + id + "'").collect(Collectors.joining(", ")),
                        clients.size(),
                        now(),
                        now(),
                        now() + Duration.ofDays(90).toMillis(),
                        now()));
    }

    private static long millisSince(Instant begin) {
        return Duration.between(begin, Instant.now()).toMillis();
    }

    private static long now() {
        return Instant.now().minusSeconds(3_600).toEpochMilli();
    }

    private record Held(Tpp tpp, Tokens tokens, Set<String> granted) {

        /** What tokens may carry: what was granted, or what it became. */
        boolean isNoWider(Set<String> carried) {
            return carried.equals(granted) || carried.equals(Set.of(WHOLE));
        }
    }

    /**
     * Each client refreshes every second, in a thread of its own. Only while the server is down is a refresh not
     * answered.
     */
    private static final class Traffic {

        private static final Duration PAUSE = Duration.ofSeconds(1);

        private final ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
        private final List<Future<Integer>> served;
        private final Queue<String> wrong = new ConcurrentLinkedQueue<>();
        private final Queue<Long> millis = new ConcurrentLinkedQueue<>();
        private volatile boolean down;
        private volatile boolean over;

        private Traffic(List<Held> held) {
            served = held.stream()
                    .map(one -> threads.submit(() -> refreshAgainAndAgain(one)))
                    .toList();
        }

        /** How often it was served. */
        private int refreshAgainAndAgain(Held one) {
            int count = 0;
            while (!over) {
                count += refresh(one);
                Eventually.after(Instant.now().plus(PAUSE));
            }
            // after the end once more, by the names of now
            if (refresh(one) == 0) {
                wrong.add(one.granted() + " was not served after the end");
            }
            return count;
        }

        /** 1 where it was served. */
        private int refresh(Held one) {
            boolean wasDown = down;
            Instant begin = Instant.now();
            try {
                Answer answer = one.tpp().refresh(one.tokens());
                if (answer.status() < 500) {
                    millis.add(millisSince(begin));
                    Set<String> carried = answer.status() == 200 ? carried(Tokens.of(answer)) : Set.of();
                    if (!one.isNoWider(carried)) {
                        wrong.add(one.granted() + " became " + answer);
                    }
                    return 1;
                }
                miss(wasDown, answer.toString());
            } catch (UncheckedIOException noAnswer) {
                miss(wasDown, noAnswer.toString());
            }
            return 0;
        }

        private void miss(boolean wasDown, String what) {
            if (!wasDown && !down) {
                wrong.add(what);
            }
        }

        /** Nobody is answered from now on. */
        private void goesDown() {
            down = true;
        }

        private void isUp() {
            down = false;
        }

        private void assertEachWasServed() throws InterruptedException, ExecutionException {
            over = true;
            for (Future<Integer> count : served) {
                assertThat(count.get()).isPositive();
            }
            assertThat(wrong).isEmpty();
        }

        /** How long the answers took, all of them: before the kill, after it and after the walk. */
        private void tell() {
            List<Long> sorted = millis.stream().sorted().toList();
            System.out.printf(
                    "Meanwhile %,d refreshes of %d clients: half within %d ms, 95 %% within %d ms, the slowest %d ms%n",
                    sorted.size(),
                    CLIENTS,
                    sorted.get(sorted.size() / 2),
                    sorted.get(sorted.size() * 95 / 100),
                    sorted.get(sorted.size() - 1));
        }

        private void end() {
            threads.shutdownNow();
        }
    }
}
