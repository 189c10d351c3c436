package io.assent.it.push;

import static io.assent.testing.actor.DevRealm.ACME;
import static io.assent.testing.actor.DevRealm.BALANCES;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.assent.fake.fcm.FcmError;
import io.assent.fake.fcm.FcmFake;
import io.assent.fake.http.Behaviour;
import io.assent.testing.AtOnce;
import io.assent.testing.Eventually;
import io.assent.testing.actor.Asked;
import io.assent.testing.actor.BankApp;
import io.assent.testing.actor.Customer;
import io.assent.testing.actor.PingReceiver;
import io.assent.testing.actor.Realm;
import io.assent.testing.actor.RealmFile;
import io.assent.testing.actor.Tpp;
import io.assent.testing.http.Http;
import io.assent.testing.server.Distribution;
import io.assent.testing.server.Keycloak;
import io.assent.testing.server.Postgres;
import io.assent.testing.server.QueryPlans;
import io.assent.testing.server.Servers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a provider of somebody else's, and an operator, learn of the outbox: a listener inside the server, the counts,
 * and the log.
 */
class OutboxListenerIT {

    private static final String DATABASE = "outbox_listener";
    private static final Duration SOON = Duration.ofSeconds(60);

    /** So many kinds of deliveries there are. */
    private static final int SWEPT_KINDS = 10;

    private static FcmFake vendor;
    private static Keycloak server;

    @BeforeAll
    static void startTheVendorAndAServerWithTheProbe() throws IOException {
        vendor = FcmFake.start();
        Path key = Files.createDirectories(Distribution.TARGET).resolve("fcm-key-listener.json");
        vendor.writeServiceAccount(key);
        Postgres.createDatabase(DATABASE);
        Postgres.execute(DATABASE, """
                CREATE SCHEMA probe;
                CREATE TABLE probe.event (
                    name text, owner_id text, kind text, target text, attempts int, detail text, at timestamptz DEFAULT now());
                CREATE TABLE probe.fault (target text, name text, how text);
                """);
        QueryPlans.record(DATABASE);
        RealmFile bank = Servers.realmFile().expiringAfter(900).polledEvery(1);
        server = Keycloak.on(
                        Postgres.address(DATABASE),
                        Distribution.providersAndProbe(),
                        "outbox-listener",
                        List.of(bank, bank.named(Servers.BRIEF).expiringAfter(Servers.BRIEF_SECONDS)),
                        "--spi-push-sender--fcm--service-account=" + key.toAbsolutePath(),
                        "--spi-push-sender--fcm--endpoint=" + vendor.uri())
                .start();
    }

    @AfterAll
    static void stopBoth() {
        server.close();
        vendor.close();
    }

    @AfterEach
    void forget() {
        vendor.reset();
        Postgres.execute(DATABASE, "DELETE FROM probe.fault");
    }

    private final Realm bank = server.realm(Servers.BANK);
    private final Realm brief = server.realm(Servers.BRIEF);
    private final Tpp acme = bank.tpp(ACME);

    @Test
    void aDeliveryIsToldWithItsAttempts() {
        Phone phone = Phone.in(bank);
        vendor.behaveTo(
                phone.pushToken(),
                Behaviour.inTurn(FcmError.UNAVAILABLE.retryAfter(Duration.ofSeconds(1)), Behaviour.USUAL));

        String request = phone.asked(acme);

        Eventually.within(SOON, "a delivery", () -> events(request, "DeliveryDelivered") == 1);
        assertThat(story(request))
                .containsExactly(
                        "DeliveryAttempted 1 platform 'fcm' RetryLater[after=Optional[PT1S], reason=FCM answered 503"
                                + " UNAVAILABLE]",
                        "DeliveryDelayed 1 platform 'fcm': FCM answered 503 UNAVAILABLE",
                        "DeliveryAttempted 2 platform 'fcm' Delivered[]",
                        "DeliveryDelivered 2 ");
        assertThat(rows(request, "DELIVERED")).isEqualTo(1);
    }

    @Test
    void whatTheVendorRefusesIsToldAsGivenUp() {
        Phone phone = Phone.in(bank);
        vendor.behaveTo(phone.pushToken(), FcmError.UNREGISTERED.always());

        String request = phone.asked(acme);

        Eventually.within(SOON, "the end", () -> events(request, "DeliveryGivenUp") == 1);
        assertThat(story(request))
                .containsExactly(
                        "DeliveryAttempted 1 platform 'fcm' Refused[reason=FCM answered 404 UNREGISTERED]",
                        "DeliveryGivenUp 1 REFUSED FCM answered 404 UNREGISTERED");
        assertThat(phone.app().devices().list().get(0).get("disabled").asBoolean())
                .as("what the device learns commits with it")
                .isTrue();
        assertThat(server.said()).containsPattern("WARN .*The push .* failed for good: platform 'fcm': FCM answered");
    }

    @Test
    void anAnsweredRequestsPushIsToldAsGivenUpWithoutAWarning() {
        Phone phone = Phone.in(bank);
        vendor.behaveTo(phone.pushToken(), FcmError.UNAVAILABLE.retryAfter(Duration.ofSeconds(2)));
        String request = phone.asked(acme);
        Eventually.within(SOON, "a delay", () -> events(request, "DeliveryDelayed") == 1);

        phone.app().deny(request).ok();

        Eventually.within(SOON, "the end", () -> events(request, "DeliveryGivenUp") == 1);
        assertThat(story(request)).last().isEqualTo("DeliveryGivenUp 1 OBSOLETE answered");
        assertThat(warnings(request)).noneMatch(line -> line.contains("expired") || line.contains("failed for good"));
    }

    @Test
    void deliveriesThatAreAcknowledgedTogetherAreToldOnceEach() throws Exception {
        List<Phone> phones = List.of(Phone.in(bank), Phone.in(bank), Phone.in(bank), Phone.in(bank));
        List<Callable<Asked>> asks = new ArrayList<>();
        for (int request = 0; request < 100; request++) {
            Customer customer = phones.get(request % phones.size()).customer();
            asks.add(() -> acme.ask(customer, BALANCES));
        }
        // so close together that some are acknowledged in one moment, on a slow machine, too
        AtOnce.all(8, asks);

        for (Phone phone : phones) {
            Eventually.within(
                    SOON,
                    "25 deliveries",
                    () -> count("target = '" + phone.device() + "' AND name =" + " 'DeliveryDelivered'") == 25);
            assertThat(Postgres.number(
                            DATABASE,
                            "SELECT count(DISTINCT owner_id) FROM probe.event WHERE name ="
                                    + " 'DeliveryDelivered' AND target = '" + phone.device() + "'"))
                    .isEqualTo(25);
        }
        assertThat(Postgres.number(
                        DATABASE,
                        "SELECT max(n) FROM (SELECT count(*) AS n FROM probe.event"
                                + " WHERE name = 'DeliveryDelivered' GROUP BY at) AS transactions"))
                .as("told in one transaction")
                .isGreaterThan(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"at once", "when it is written"})
    void aListenerThatFailsCostsNoDelivery(String how) {
        Phone faulty = Phone.in(bank);
        Phone other = Phone.in(bank);
        faulty.fault("DeliveryDelivered", how);
        vendor.behave(Behaviour.slow(Duration.ofMillis(300)));

        String one = faulty.asked(acme);
        String another = other.asked(acme);

        Eventually.within(SOON, "both ends", () -> rows(one, "DELIVERED") + rows(another, "DELIVERED") == 2);
        assertThat(story(one)).as("what a listener wrote went with its failure").hasSize(1);
        assertThat(events(another, "DeliveryDelivered"))
                .as("of a row of the same moment")
                .isEqualTo(1);
        assertThat(vendor.pushesTo(faulty.pushToken())).as("sent once").hasSize(1);
        assertThat(server.said()).containsPattern("ERROR .*A listener of the outbox failed");
    }

    @Test
    void aListenerThatFailsAtAnAttemptIsPassedOver() {
        Phone phone = Phone.in(bank);
        phone.fault("DeliveryAttempted", "at once");

        String request = phone.asked(acme);

        Eventually.within(SOON, "the end", () -> rows(request, "DELIVERED") == 1);
        assertThat(story(request)).containsExactly("DeliveryDelivered 1 ");
    }

    @Test
    void aListenerThatFailsAtAnExpiryKeepsNothingFromBeingSent() {
        vendor.down();
        Phone phone = Phone.in(brief);
        phone.fault("DeliveryGivenUp", "at once");
        String request = phone.asked(brief.tpp(ACME));

        Eventually.within(SOON, "the end", () -> rows(request, "CLOSED") == 1);
        vendor.up();

        assertThat(events(request, "DeliveryGivenUp")).isZero();
        String next = phone.asked(brief.tpp(ACME));
        Eventually.within(SOON, "another push", () -> rows(next, "DELIVERED") == 1);
    }

    @Test
    void aVendorsOutageIsWarnedOfByPlatformAndReasonAtMostOnceAMinute() {
        vendor.down();
        List<String> requests = new ArrayList<>();
        for (int customer = 0; customer < 5; customer++) {
            requests.add(Phone.in(brief).asked(brief.tpp(ACME)));
        }

        for (String request : requests) {
            Eventually.within(SOON, "the end", () -> events(request, "DeliveryGivenUp") == 1);
            assertThat(story(request)).last().asString().contains("EXPIRED platform 'fcm': no answer from FCM: ");
        }
        vendor.up();

        assertAtMostOnceAMinute("Could not deliver to platform 'fcm': [^.]*");
        assertAtMostOnceAMinute(
                "The push [^ ]* of [^ ]* to [^ ]* expired undelivered after \\d+ attempts\\. The last: platform 'fcm': no"
                        + " answer from FCM: ");
    }

    @Test
    void aTppsOutageIsWarnedOfByClientAndReason() {
        Tpp orbit = brief.newPingTpp(PingReceiver.down());
        Customer customer = brief.newCustomer();
        BankApp app = customer.app();
        String notificationToken = "token-" + UUID.randomUUID();
        Asked asked = orbit.askForPing(customer, notificationToken);
        String request = app.onlyPendingId();

        app.deny(request).ok();

        String peer = "client '" + orbit.clientId() + "' of realm 'brief'";
        Eventually.within(SOON, "the end", () -> events(request, "DeliveryGivenUp") == 1);
        assertThat(story(request)).last().asString().contains("EXPIRED " + peer + ": HttpHostConnectException");
        assertAtMostOnceAMinute("Could not deliver to " + peer + ": HttpHostConnectException");
        assertAtMostOnceAMinute("The ping [^ ]* of " + request + " to [^ ]* expired undelivered after \\d+ attempts\\."
                + " The last: " + peer + ": HttpHostConnectException");
        assertThat(server.said()).doesNotContain(notificationToken).doesNotContain(asked.authReqId());
    }

    @Test
    void theCountsAreThoseOfTheTable() {
        vendor.down();
        Instant before = Instant.now();
        Phone lapsing = Phone.in(brief);
        String expired = lapsing.asked(brief.tpp(ACME));
        Eventually.within(SOON, "an expiry", () -> rows(expired, "CLOSED") == 1);
        vendor.up();
        Phone gone = Phone.in(brief);
        vendor.behaveTo(gone.pushToken(), FcmError.UNREGISTERED.always());
        String refused = gone.asked(brief.tpp(ACME));
        Eventually.within(SOON, "a refusal", () -> rows(refused, "FAILED") == 1);
        vendor.behave(FcmError.UNAVAILABLE.retryAfter(Duration.ofMinutes(5)));
        Phone waiting = Phone.in(bank);
        String first = waiting.asked(acme);
        acme.ask(waiting.customer(), BALANCES);
        Eventually.within(
                SOON,
                "two delays",
                () -> count("target = '" + waiting.device() + "' AND name =" + " 'DeliveryDelayed'") == 2);

        JsonNode ofBank = counts(before, bank);
        assertThat(ofBank.get("waiting").asLong()).isEqualTo(2);
        assertThat(ofBank.get("oldestWaiting").asLong())
                .isEqualTo(Postgres.number(
                        DATABASE, "SELECT created_at FROM consent_outbox WHERE request_id = '" + first + "'"));
        JsonNode ofBrief = counts(before, brief);
        assertThat(ofBrief.get("waiting").asLong()).isZero();
        assertThat(ofBrief.has("oldestWaiting")).isFalse();
        assertThat(ofBrief.get("EXPIRED").asLong()).isEqualTo(1);
        assertThat(ofBrief.get("REFUSED").asLong()).isEqualTo(1);
        assertThat(ofBrief.has("OBSOLETE")).isFalse();

        for (String request : waiting.app().ids("?status=pending")) {
            waiting.app().deny(request).ok();
        }
        Postgres.execute(
                DATABASE, "UPDATE consent_outbox SET next_attempt_at = 0 WHERE target = '" + waiting.device() + "'");
        Eventually.within(
                SOON, "their end", () -> counts(before, bank).path("OBSOLETE").asLong() == 2);
        assertThat(counts(before, bank).get("waiting").asLong()).isZero();
        assertThat(counts(Instant.now().plusSeconds(60), brief)).isNull();
    }

    @Test
    void aCountReadsNoRowThatWasConcludedBefore() {
        Postgres.execute(
                DATABASE, """
                INSERT INTO consent_outbox
                SELECT 'old-' || n, 'push', 'realm', 'client', 'customer', NULL, 'device',
                    (ARRAY['DELIVERED', 'CLOSED', 'FAILED'])[1 + n %% 3], 'expired', 1, ended, NULL, ended, ended, ended
                FROM (SELECT n, %d - n * 100 AS ended FROM generate_series(1, 100000) n) AS old;
                ANALYZE consent_outbox;
                """.formatted(Instant.now().minus(Duration.ofDays(2)).toEpochMilli()));
        int plansBefore = QueryPlans.of(DATABASE).size();

        counts(Instant.now().minus(Duration.ofHours(1)), bank);

        List<QueryPlans.QueryPlan> all = QueryPlans.of(DATABASE);
        assertThat(all.subList(plansBefore, all.size()))
                .filteredOn(plan -> plan.mentions("count(", "consent_outbox"))
                .hasSize(2)
                .allSatisfy(plan -> {
                    // each begins with the status
                    assertThat(plan.indexes()).singleElement().asString().startsWith("idx_consent_outbox_");
                    assertThat(plan.scanned()).isEmpty();
                    assertThat(plan.passedOver()).isLessThan(1_000);
                });
    }

    @Test
    void aSweepReadsNoRowOfAnotherKindAndNoneWhoseTimeIsNotOver() {
        Instant now = Instant.now();
        Postgres.execute(DATABASE, """
                INSERT INTO consent_outbox
                SELECT 'other-' || n, 'other', 'realm', 'client', 'customer', NULL, 'device', 'WAITING', NULL, 0, 0,
                    NULL, %1$d, %2$d, NULL
                FROM generate_series(1, 50000) n;
                ANALYZE consent_outbox;
                """.formatted(
                        now.toEpochMilli(), now.plus(Duration.ofDays(1)).toEpochMilli()));
        int plansBefore = afterASweep(QueryPlans.of(DATABASE).size());

        afterASweep(plansBefore);

        assertThat(sweeps(plansBefore, "kind=")).allSatisfy(plan -> assertReadsBy(plan, "idx_consent_outbox_kind"));
        assertThat(sweeps(plansBefore, "expires_at<="))
                .isNotEmpty()
                .allSatisfy(plan -> assertReadsBy(plan, "idx_consent_outbox_expiry"));
        Postgres.execute(DATABASE, "DELETE FROM consent_outbox WHERE kind = 'other'; ANALYZE consent_outbox;");
    }

    /** One that was under way may have been planned before. */
    private static int afterASweep(int plansBefore) {
        Eventually.within(SOON, "a sweep", () -> sweeps(plansBefore, "kind=").size() >= SWEPT_KINDS);
        return QueryPlans.of(DATABASE).size();
    }

    private static List<QueryPlans.QueryPlan> sweeps(int plansBefore, String condition) {
        List<QueryPlans.QueryPlan> all = QueryPlans.of(DATABASE);
        return all.subList(plansBefore, all.size()).stream()
                .filter(plan -> plan.mentions("select", "consent_outbox", condition, "skip locked"))
                .toList();
    }

    private static void assertReadsBy(QueryPlans.QueryPlan plan, String index) {
        assertThat(plan.indexes()).containsExactly(index);
        assertThat(plan.scanned()).isEmpty();
        assertThat(plan.passedOver()).isLessThan(1_000);
    }

    /** A customer's phone. */
    private record Phone(Customer customer, BankApp app, UUID device, String pushToken) {

        static Phone in(Realm realm) {
            Customer customer = realm.newCustomer();
            BankApp app = customer.app();
            UUID device = UUID.randomUUID();
            return new Phone(customer, app, device, app.register(device, "fcm"));
        }

        /** The id of a request to the customer, who has no other. */
        String asked(Tpp tpp) {
            tpp.ask(customer, BALANCES);
            return app.onlyPendingId();
        }

        /** The listener fails at such an event of this phone's. */
        void fault(String event, String how) {
            Postgres.execute(
                    DATABASE, "INSERT INTO probe.fault VALUES ('%s', '%s', '%s')".formatted(device, event, how));
        }
    }

    private JsonNode counts(Instant since, Realm realm) {
        String id = realm.admin().realmId(realm.name());
        JsonNode all = Http.send(Http.request(realm.uri("/probe/counts?since=" + since.toEpochMilli())))
                .ok();
        return StreamSupport.stream(all.spliterator(), false)
                .filter(counts -> counts.get("realmId").asText().equals(id)
                        && counts.get("kind").asText().equals("push"))
                .findFirst()
                .orElse(null);
    }

    /** What was told of a request's delivery, in order. */
    private static List<String> story(String request) {
        return Postgres.texts(
                DATABASE,
                "SELECT name || ' ' || attempts || ' ' || detail FROM probe.event WHERE owner_id = '" + request
                        + "' AND kind <> 'registration' ORDER BY at");
    }

    private static long events(String request, String name) {
        return count("owner_id = '" + request + "' AND name = '" + name + "'");
    }

    private static long count(String condition) {
        return Postgres.count(DATABASE, "probe.event", condition);
    }

    private static long rows(String request, String status) {
        return Postgres.count(
                DATABASE, "consent_outbox", "request_id = '" + request + "' AND status = '" + status + "'");
    }

    private static List<String> warnings(String request) {
        return server.said()
                .lines()
                .filter(line -> line.contains(" WARN ") && line.contains(request))
                .toList();
    }

    /** Such a line was logged, and no two within a minute. */
    private static void assertAtMostOnceAMinute(String line) {
        List<Instant> moments = server.said()
                .lines()
                .filter(Pattern.compile(" WARN .*" + line).asPredicate())
                .map(OutboxListenerIT::moment)
                .toList();
        assertThat(moments).isNotEmpty();
        for (int index = 1; index < moments.size(); index++) {
            // the log's clock is not the one that counts the minute
            assertThat(Duration.between(moments.get(index - 1), moments.get(index)))
                    .isGreaterThan(Duration.ofSeconds(59));
        }
    }

    private static Instant moment(String line) {
        return Instant.parse(line.substring(0, "2026-01-01T00:00:00".length()).replace(' ', 'T') + "Z");
    }
}
