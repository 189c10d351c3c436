package io.assent.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.assent.sandbox.vendor.Behaviour;
import io.assent.sandbox.vendor.FcmError;
import io.assent.sandbox.vendor.FcmFake;
import io.assent.sandbox.vendor.FcmPush;
import io.assent.sandbox.vendor.SnsFake;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** No push is ever lost, whoever fails, and the TPP never waits for one. */
class OutboxIT {

    private static final String BALANCES = "accounts.balances";

    private static final String ANDROID = "arn:aws:sns:eu-central-1:123456789012:app/GCM/bank";
    private static final String APNS_TOKEN = "00fc13adff785122b4ad28809a3420982341241421348097878e577c991de8f0";

    private static final Duration LEASE = Duration.ofSeconds(20);

    private static FcmFake vendor;
    private static SnsFake sns;
    private static Keycloak server;

    @BeforeAll
    static void startTheVendorAndTheServer() throws IOException {
        vendor = FcmFake.start();
        sns = SnsFake.start();
        Path key = Files.createDirectories(Distribution.TARGET).resolve("fcm-key.json");
        vendor.writeServiceAccount(key);
        server = new Keycloak(
                        "outbox",
                        Database.POSTGRESQL,
                        List.of(Servers.realmFile().expiringAfter(900).polledEvery(1)),
                        "--spi-push-sender--fcm--service-account=" + key.toAbsolutePath(),
                        "--spi-push-sender--fcm--endpoint=" + vendor.uri(),
                        "--spi-push-sender--sns--android-application-arn=" + ANDROID,
                        "--spi-push-sender--sns--endpoint=" + sns.uri(),
                        "--spi-consent-outbox--jpa--lease-seconds=" + LEASE.toSeconds(),
                        "--log-level=INFO,io.assent.outbox:DEBUG")
                .start();
    }

    @AfterAll
    static void stopBoth() {
        server.close();
        vendor.close();
        sns.close();
    }

    @AfterEach
    void forget() {
        vendor.reset();
    }

    private final Realm bank = server.realm(Servers.BANK);
    private final Tpp acme = bank.tpp("acme-aisp");

    /** A customer with a phone. */
    private record Reachable(Customer customer, BankApp app, String pushToken) {

        static Reachable in(Realm realm) {
            Customer customer = realm.newCustomer();
            BankApp app = customer.app();
            return new Reachable(customer, app, app.register(UUID.randomUUID(), "fcm"));
        }

        /** What the customer is asked, from the server's own mouth. */
        Set<String> asked() {
            List<String> ids = new ArrayList<>();
            List<String> page;
            do {
                page = app.ids("?status=pending&max=100&first=" + ids.size());
                ids.addAll(page);
            } while (!page.isEmpty());
            return Set.copyOf(ids);
        }
    }

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

    @Test
    void aSlowVendorCostsTheTppNothing() {
        Reachable alice = Reachable.in(bank);
        latency(alice, 30);
        long usual = latency(alice, 50);
        vendor.behave(Behaviour.slow(Duration.ofSeconds(5)));

        long slow = latency(alice, 50);

        System.out.printf(
                "Backchannel request, p50: %.1f ms, with the vendor 5 s slow: %.1f ms%n", usual / 1e6, slow / 1e6);
        assertThat(slow).isLessThan(2 * usual + Duration.ofMillis(20).toNanos());
    }

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

    @Test
    void everyDeviceGetsEveryPushThoughTheVendorFailsHalfOfAllSends() {
        List<Reachable> customers = new ArrayList<>();
        for (int customer = 0; customer < 10; customer++) {
            customers.add(Reachable.in(bank));
        }
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

    @Test
    void twoNodesShareTheWorkAndSendNothingTwice() {
        try (Keycloak other = server.anotherNode("outbox-2").start()) {
            Reachable alice = Reachable.in(bank);
            Tpp acmeOnTheOther = other.realm(Servers.BANK).tpp("acme-aisp");
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
            Eventually.after(Instant.now().plus(LEASE).plusSeconds(3));
            assertThat(vendor.pushesTo(alice.pushToken()))
                    .filteredOn(FcmPush::accepted)
                    .hasSize(100);
            assertThat(server.said()).contains("is tried again");
            assertThat(other.said()).contains("is tried again");
        }
    }

    @Test
    void aDeadTokenDisablesTheDeviceUntilItsAppBringsAFreshOne() {
        Reachable alice = Reachable.in(bank);
        UUID device = UUID.fromString(
                alice.app().devices().ok().get(0).get("deviceId").asText());
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
                Arguments.of(FcmError.SENDER_ID_MISMATCH, Effect.CLOSED_AND_DISABLED),
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
                () -> app.devices().ok().get(0).get("disabled").asBoolean());
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
        assertThat(app.devices().ok()).isEmpty();
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
        vendor.behave(FcmError.UNAVAILABLE.retryAfter(Duration.ofSeconds(3)));
        acme.ask(alice.customer(), BALANCES);
        String id = alice.app().onlyPendingId();
        Eventually.within(
                Duration.ofSeconds(20),
                "a first attempt",
                () -> vendor.pushesTo(alice.pushToken()).size() == 1);
        alice.app().deny(id).ok();
        vendor.behave(Behaviour.USUAL);

        Eventually.within(Duration.ofSeconds(20), "the row closed", () -> rows(id, "CLOSED") == 1);
        assertThat(vendor.pushesTo(alice.pushToken())).hasSize(1);
    }

    private static long rows(String requestId, String status) {
        return Postgres.count(
                server.databaseName(),
                "consent_outbox",
                "request_id = '" + requestId + "' AND kind = 'push' AND status = '" + status + "'");
    }

    private static boolean disabled(Reachable customer) {
        return customer.app().devices().ok().get(0).get("disabled").asBoolean();
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

    /** The median of so many backchannel requests, in nanoseconds. */
    private long latency(Reachable customer, int times) {
        long[] nanos = new long[times];
        for (int request = 0; request < times; request++) {
            long start = System.nanoTime();
            acme.ask(customer.customer(), BALANCES);
            nanos[request] = System.nanoTime() - start;
        }
        Arrays.sort(nanos);
        return nanos[times / 2];
    }
}
