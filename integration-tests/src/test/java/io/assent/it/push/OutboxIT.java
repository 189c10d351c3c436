package io.assent.it.push;

import static io.assent.testing.actor.DevRealm.ACME;
import static io.assent.testing.actor.DevRealm.BALANCES;
import static org.assertj.core.api.Assertions.assertThat;

import io.assent.fake.fcm.FcmError;
import io.assent.fake.fcm.FcmFake;
import io.assent.fake.fcm.FcmPush;
import io.assent.fake.http.Behaviour;
import io.assent.fake.sns.SnsFake;
import io.assent.testing.AtOnce;
import io.assent.testing.Eventually;
import io.assent.testing.actor.Asked;
import io.assent.testing.actor.BankApp;
import io.assent.testing.actor.Customer;
import io.assent.testing.actor.PingReceiver;
import io.assent.testing.actor.Realm;
import io.assent.testing.actor.Tokens;
import io.assent.testing.actor.Tpp;
import io.assent.testing.http.Answer;
import io.assent.testing.server.Keycloak;
import io.assent.testing.server.Postgres;
import io.assent.testing.server.Servers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** No push is ever lost, whoever fails. */
class OutboxIT {

    private static final String APNS_TOKEN = "00fc13adff785122b4ad28809a3420982341241421348097878e577c991de8f0";

    private static FcmFake vendor;
    private static SnsFake sns;
    private static Keycloak server;

    @BeforeAll
    static void startTheServer() {
        OutboxServer running = OutboxServer.shared();
        vendor = running.fcm();
        sns = running.sns();
        server = running.keycloak();
    }

    @AfterEach
    void forget() {
        vendor.reset();
    }

    private final Realm bank = server.realm(Servers.BANK);
    private final Tpp acme = bank.tpp(ACME);

    @Test
    void aPushHasTheDocumentedFieldsAndNothingPersonal() {
        Reachable alice = Reachable.in(bank);
        acme.request(alice.customer(), Map.of("binding_message", "KR-4711"), BALANCES)
                .ok();
        String id = alice.app().onlyPendingId();

        FcmPush push = awaitPushes(alice, Set.of(id)).get(0);

        assertThat(push.message().path("data").properties())
                .extracting(Map.Entry::getKey)
                .containsExactlyInAnyOrder("type", "requestId", "realm", "expiresAt");
        assertThat(push.message().path("notification").properties())
                .extracting(Map.Entry::getKey)
                .containsExactlyInAnyOrder("title", "body");
        assertThat(push.message().at("/android/collapse_key").asText()).isEqualTo(id);
        assertThat(push.message().toString())
                .doesNotContain(
                        "KR-4711",
                        "acme",
                        "Acme",
                        "balances",
                        alice.customer().username(),
                        alice.customer().id());
    }

    /** What reaches it is kept for that alone, and gone with it; also where the vendor fails first. */
    @Test
    void aDeviceThatIsRemovedHearsOfItAsTheLastThing() {
        Reachable alice = Reachable.in(bank);
        String deviceId = alice.app().devices().list().get(0).get("deviceId").asText();
        vendor.behaveTo(
                alice.pushToken(),
                Behaviour.inTurn(FcmError.UNAVAILABLE.retryAfter(Duration.ofSeconds(1)), Behaviour.USUAL));

        alice.app().removeDevice(deviceId);

        FcmPush push = Eventually.within(
                        Duration.ofSeconds(60),
                        "the last push",
                        () -> vendor.pushesTo(alice.pushToken()),
                        pushes -> pushes.stream().anyMatch(FcmPush::accepted))
                .stream()
                .filter(FcmPush::accepted)
                .findFirst()
                .orElseThrow();
        assertThat(push.message().at("/data/type").asText()).isEqualTo("device-removed");
        assertThat(push.message().at("/data/deviceId").asText()).isEqualTo(deviceId);
        assertThat(push.message().toString())
                .doesNotContain(alice.customer().username(), alice.customer().id());
        Eventually.within(
                Duration.ofSeconds(60),
                "what reached it to be gone",
                () -> Postgres.count(server.databaseName(), "CONSENT_GONE_DEVICE", "DEVICE_ID = '" + deviceId + "'")
                        == 0);
        acme.ask(alice.customer(), BALANCES);
        assertThat(vendor.pushesTo(alice.pushToken()).stream().filter(FcmPush::accepted))
                .hasSize(1);
    }

    @Tag("long")
    @Test
    void everyPushArrivesThoughTheServerIsKilledAgainAndAgain() {
        List<Reachable> customers = List.of(Reachable.in(bank), Reachable.in(bank));
        // taken at once, acknowledged late: a kill finds rows before the send and after it
        vendor.behave(Behaviour.slow(Duration.ofMillis(400)));

        for (int request = 1; request <= 100; request++) {
            acme.ask(customers.get(request % 2).customer(), BALANCES);
            if (request % 25 == 0) {
                server.kill();
                server.start();
            }
        }

        long repeats = 0;
        for (Reachable customer : customers) {
            Reachable after =
                    new Reachable(customer.customer(), customer.customer().app(), customer.pushToken());
            Set<String> asked = after.asked();
            assertThat(asked).hasSize(50);
            repeats += awaitPushes(after, asked).size() - asked.size();
        }
        assertThat(repeats).as("kills between send and acknowledgement").isPositive();
        System.out.println("100 requests, 4 kills: every push arrived, " + repeats + " of them again");
    }

    @Test
    void aServerThatIsStoppedLeavesNothingToBeSentAgain() {
        Reachable alice = Reachable.in(bank);
        acme.ask(alice.customer(), BALANCES);
        String id = alice.app().onlyPendingId();
        awaitPushes(alice, Set.of(id));

        server.stop();
        try {
            assertThat(rows(id, "DELIVERED")).isEqualTo(1);
        } finally {
            server.start();
        }
    }

    @Tag("long")
    @Test
    void everyDeviceGetsEveryPushThoughTheVendorFailsHalfOfAllSends() {
        List<Reachable> customers = tenCustomers();
        vendor.behave(failingHalf());

        for (int request = 0; request < 1_000; request++) {
            acme.ask(customers.get(request % 10).customer(), BALANCES);
        }

        long repeats = 0;
        for (Reachable customer : customers) {
            Set<String> asked = customer.asked();
            assertThat(asked).hasSize(100);
            repeats += awaitPushes(customer, asked).stream()
                            .filter(FcmPush::accepted)
                            .count()
                    - asked.size();
        }
        System.out.println(
                "1,000 requests, half of all sends failed: every push arrived, " + repeats + " of them again");
    }

    /** Nobody but the vendor's own pushes waits for it: not the TPPs, nor the customers, nor who is pinged. */
    @Tag("long")
    @Test
    void aVendorThatHangsWhileFiveHundredRequestsComeHoldsNobodyUp() throws Exception {
        List<Reachable> customers = tenCustomers();
        vendor.behave(Behaviour.hanging(Duration.ofMinutes(5)));

        Instant begin = Instant.now();
        List<Callable<Asked>> calls = new ArrayList<>();
        for (int request = 0; request < 500; request++) {
            Customer customer = customers.get(request % 10).customer();
            calls.add(() -> acme.ask(customer, BALANCES));
        }
        List<Asked> asked = AtOnce.all(8, calls);
        Duration took = Duration.between(begin, Instant.now());

        // at 16 pushes at once it would take two minutes to wait four seconds for each
        assertThat(took).isLessThan(Duration.ofSeconds(60));
        Customer late = bank.newCustomer();
        try (PingReceiver receiver = PingReceiver.answering(204)) {
            bank.newPingTpp(receiver.endpoint()).askForPing(late, "a-token", BALANCES);
            late.app().approve(late.app().onlyPendingId()).ok();
            receiver.next(Duration.ofSeconds(10));
        }
        BankApp first = customers.get(0).app();
        for (String id : customers.get(0).asked()) {
            first.approve(id).ok();
        }
        Tokens.of(acme.poll(asked.get(0)));
        vendor.behave(Behaviour.USUAL);
        for (Reachable customer : customers.subList(1, 10)) {
            Set<String> pending = customer.asked();
            assertThat(pending).hasSize(50);
            awaitPushes(customer, pending);
        }
        System.out.printf("500 requests while the vendor hung, in %d ms: every push arrived%n", took.toMillis());
    }

    @Test
    void twoNodesShareTheWorkAndSendNothingTwice() {
        try (Keycloak other = server.anotherNode("outbox-2").start()) {
            Reachable alice = Reachable.in(bank);
            Tpp acmeOnTheOther = other.realm(Servers.BANK).tpp(ACME);
            vendor.behave(FcmError.UNAVAILABLE.retryAfter(Duration.ofSeconds(2)));
            for (int request = 0; request < 100; request++) {
                (request % 2 == 0 ? acme : acmeOnTheOther).ask(alice.customer(), BALANCES);
            }
            Set<String> asked = alice.asked();
            assertThat(asked).hasSize(100);
            Eventually.within(Duration.ofSeconds(30), "a first attempt at each push", () -> requestsOf(
                            vendor.pushesTo(alice.pushToken()))
                    .containsAll(asked));
            vendor.behave(Behaviour.USUAL);

            List<FcmPush> taken =
                    awaitPushes(alice, asked).stream().filter(FcmPush::accepted).toList();

            assertThat(taken).hasSize(100);
            // a row that both had would come again when its lease runs out
            Eventually.after(Instant.now().plus(OutboxServer.LEASE).plusSeconds(3));
            assertThat(vendor.pushesTo(alice.pushToken()))
                    .filteredOn(FcmPush::accepted)
                    .hasSize(100);
            assertThat(server.said()).contains("is retried in");
            assertThat(other.said()).contains("is retried in");
        }
    }

    @Test
    void aDeadTokenDisablesTheDeviceUntilItsAppBringsAFreshOne() {
        Reachable alice = Reachable.in(bank);
        UUID device = UUID.fromString(
                alice.app().devices().list().get(0).get("deviceId").asText());
        vendor.behaveTo(alice.pushToken(), FcmError.UNREGISTERED.always());
        acme.ask(alice.customer(), BALANCES);
        Eventually.within(Duration.ofSeconds(20), "the device disabled", () -> disabled(alice));
        int attempts = vendor.pushesTo(alice.pushToken()).size();

        acme.ask(alice.customer(), BALANCES);
        String fresh = alice.app().register(device, "fcm");
        assertThat(disabled(alice)).isFalse();
        acme.ask(alice.customer(), BALANCES);

        Eventually.within(
                Duration.ofSeconds(20),
                "a push to the fresh token",
                () -> vendor.pushesTo(fresh).size() == 1);
        assertThat(attempts).isEqualTo(1);
        assertThat(vendor.pushesTo(alice.pushToken())).hasSize(1);
    }

    /** What becomes of the row and of the device. */
    private enum Effect {
        TRIED_AGAIN,
        CLOSED,
        CLOSED_AND_DISABLED
    }

    static Stream<Arguments> errors() {
        return Stream.of(
                Arguments.of(FcmError.UNREGISTERED, Effect.CLOSED_AND_DISABLED),
                Arguments.of(FcmError.SENDER_ID_MISMATCH, Effect.TRIED_AGAIN),
                Arguments.of(FcmError.INVALID_TOKEN, Effect.CLOSED_AND_DISABLED),
                Arguments.of(FcmError.INVALID_ARGUMENT, Effect.CLOSED),
                Arguments.of(FcmError.QUOTA_EXCEEDED, Effect.TRIED_AGAIN),
                Arguments.of(FcmError.UNAVAILABLE, Effect.TRIED_AGAIN),
                Arguments.of(FcmError.INTERNAL, Effect.TRIED_AGAIN),
                Arguments.of(FcmError.THIRD_PARTY_AUTH_ERROR, Effect.TRIED_AGAIN),
                Arguments.of(FcmError.UNAUTHENTICATED, Effect.TRIED_AGAIN),
                Arguments.of(FcmError.PERMISSION_DENIED, Effect.TRIED_AGAIN),
                Arguments.of(FcmError.NOT_FOUND, Effect.TRIED_AGAIN));
    }

    @ParameterizedTest
    @MethodSource("errors")
    void eachErrorOfTheVendorHasItsEffect(FcmError error, Effect effect) {
        Reachable alice = Reachable.in(bank);
        vendor.behaveTo(alice.pushToken(), Behaviour.inTurn(error.always(), Behaviour.USUAL));
        acme.ask(alice.customer(), BALANCES);
        String id = alice.app().onlyPendingId();

        String end = effect == Effect.TRIED_AGAIN ? "DELIVERED" : "FAILED";
        Eventually.within(Duration.ofSeconds(30), "the row " + end, () -> rows(id, end) == 1);

        assertThat(disabled(alice)).isEqualTo(effect == Effect.CLOSED_AND_DISABLED);
        assertThat(vendor.accepted(alice.pushToken(), id)).isEqualTo(effect == Effect.TRIED_AGAIN ? 1 : 0);
        assertThat(alice.app().onlyPendingId()).as("still there to be answered").isEqualTo(id);
    }

    @Test
    void anSnsPhoneIsMadeKnownAtItsRegistrationAndPushedByItsEndpoint() {
        Customer alice = bank.newCustomer();
        BankApp app = alice.app();
        UUID device = UUID.randomUUID();
        String pushToken = app.register(device, "sns");
        Eventually.within(
                Duration.ofSeconds(20),
                "an endpoint",
                () -> sns.endpointsOf(pushToken).size() == 1);
        String endpoint = sns.endpointsOf(pushToken).get(0);
        assertThat(endpoint).contains("/GCM/");

        acme.ask(alice, BALANCES);
        String first = app.onlyPendingId();
        Eventually.within(Duration.ofSeconds(20), "a push", () -> sns.accepted(pushToken, first) == 1);
        app.deny(first).ok();

        sns.delete(endpoint);
        acme.ask(alice, BALANCES);
        String second = app.onlyPendingId();
        Eventually.within(
                Duration.ofSeconds(20), "a push by a new endpoint", () -> sns.accepted(pushToken, second) == 1);
        app.deny(second).ok();

        sns.disable(sns.endpointsOf(pushToken).get(0));
        acme.ask(alice, BALANCES);
        Eventually.within(
                Duration.ofSeconds(20),
                "the device disabled",
                () -> app.devices().list().get(0).get("disabled").asBoolean());
    }

    @Test
    void aDeviceThatNoPushCouldReachIsRefused() {
        BankApp app = bank.newCustomer().app();

        for (String platform : List.of("sns", "fcm")) {
            Answer refused = app.register(
                    UUID.randomUUID().toString(),
                    "{\"platform\":\"" + platform + "\",\"pushToken\":\"" + APNS_TOKEN + "\"}");

            assertThat(refused.status()).as(refused.toString()).isEqualTo(422);
            assertThat(refused.problem()).isEqualTo("unsupported-push-token");
            assertThat(refused.body()).doesNotContain(APNS_TOKEN);
        }
        assertThat(app.devices().list()).isEmpty();
        assertThat(server.said()).doesNotContain(APNS_TOKEN);
    }

    @Test
    void aRequestIsThereToBeAnsweredThoughNoPushGetsThrough() {
        Reachable alice = Reachable.in(bank);
        vendor.down();
        try {
            Asked asked = acme.ask(alice.customer(), BALANCES);

            alice.app().approve(alice.app().onlyPendingId()).ok();

            Tokens.of(acme.poll(asked));
        } finally {
            vendor.up();
        }
    }

    @Test
    void anAnsweredRequestIsPushedNoMore() {
        Reachable alice = Reachable.in(bank);
        vendor.behave(FcmError.UNAVAILABLE.retryAfter(Duration.ofSeconds(10)));
        acme.ask(alice.customer(), BALANCES);
        String id = alice.app().onlyPendingId();
        Eventually.within(
                Duration.ofSeconds(20),
                "a first attempt",
                () -> vendor.pushesTo(alice.pushToken()).size() == 1);
        alice.app().deny(id).ok();
        vendor.behave(Behaviour.USUAL);

        Eventually.within(Duration.ofSeconds(60), "the row closed", () -> rows(id, "CLOSED") == 1);
        assertThat(vendor.pushesTo(alice.pushToken())).hasSize(1);
    }

    /** The row of the request is the promise: any node finds that nothing is known of its push. */
    @Test
    void aPushThatANodeDidNotLiveToMakeIsMadeOnce() {
        Reachable alice = Reachable.in(bank);
        Reachable carol = Reachable.in(bank);
        Reachable bob = Reachable.in(bank);
        List<String> forgotten = List.of(askedAndPushed(alice), askedAndPushed(carol));
        String answered = askedAndPushed(bob);
        bob.app().deny(answered).ok();

        forgotten.forEach(OutboxIT::forget);
        forget(answered);

        forgotten.forEach(id ->
                Eventually.within(Duration.ofSeconds(60), "the row of the push", () -> rows(id, "DELIVERED") == 1));
        // the time of another two looks
        Eventually.after(Instant.now().plusSeconds(11));
        assertThat(vendor.pushesTo(alice.pushToken())).hasSize(2);
        assertThat(vendor.pushesTo(carol.pushToken())).hasSize(2);
        assertThat(vendor.pushesTo(bob.pushToken())).hasSize(1);
        assertThat(forgotten).allMatch(id -> rows(id, "DELIVERED") == 1);
    }

    private String askedAndPushed(Reachable customer) {
        acme.ask(customer.customer(), BALANCES);
        String id = customer.app().onlyPendingId();
        Eventually.within(Duration.ofSeconds(20), "the first push", () -> rows(id, "DELIVERED") == 1);
        return id;
    }

    /** As after the death of the node that promised the push, a while ago. */
    private static void forget(String id) {
        long ago = OutboxServer.LEASE.plusSeconds(15).toMillis();
        Postgres.execute(
                server.databaseName(),
                "UPDATE consent_device SET registered_at = registered_at - " + ago
                        + " WHERE user_id = (SELECT user_id FROM consent_request WHERE id = '" + id + "');"
                        + " UPDATE consent_request SET created_at = created_at - " + ago + " WHERE id = '" + id + "';"
                        + " DELETE FROM consent_outbox WHERE request_id = '" + id + "'");
    }

    private static long rows(String requestId, String status) {
        return Postgres.count(
                server.databaseName(),
                "consent_outbox",
                "request_id = '" + requestId + "' AND kind = 'push' AND status = '" + status + "'");
    }

    private static boolean disabled(Reachable customer) {
        return customer.app().devices().list().get(0).get("disabled").asBoolean();
    }

    private List<Reachable> tenCustomers() {
        return Stream.generate(() -> Reachable.in(bank)).limit(10).toList();
    }

    /** All pushes to the customer's phone, once it has got one for each request. */
    private static List<FcmPush> awaitPushes(Reachable customer, Set<String> requests) {
        Eventually.within(
                Duration.ofSeconds(90), "a push for each of " + requests.size() + " requests", () -> requestsOf(
                                vendor.pushesTo(customer.pushToken()).stream()
                                        .filter(FcmPush::accepted)
                                        .toList())
                        .containsAll(requests));
        return vendor.pushesTo(customer.pushToken());
    }

    private static Set<String> requestsOf(List<FcmPush> pushes) {
        return pushes.stream().map(FcmPush::requestId).collect(Collectors.toSet());
    }

    /** Half of all sends fail: most are refused, some are taken without the server learning of it. */
    private static Behaviour failingHalf() {
        Random random = new Random(1);
        Behaviour refused = FcmError.UNAVAILABLE.retryAfter(Duration.ofSeconds(1));
        return Behaviour.inTurn(DoubleStream.generate(random::nextDouble)
                .limit(10_000)
                .mapToObj(turn -> turn < 0.4 ? refused : turn < 0.5 ? Behaviour.CUT_OFF : Behaviour.USUAL)
                .toArray(Behaviour[]::new));
    }
}
