package io.assent.it.events;

import static io.assent.it.events.Told.assertContiguous;
import static io.assent.it.events.Told.grantId;
import static io.assent.testing.actor.DevRealm.BALANCES;
import static io.assent.testing.actor.DevRealm.TRANSACTIONS;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.assent.it.events.EventBank.Journey;
import io.assent.it.events.EventReceiver.Reply;
import io.assent.it.events.EventReceiver.Sent;
import io.assent.testing.Eventually;
import io.assent.testing.Ports;
import io.assent.testing.actor.Tokens;
import io.assent.testing.http.Answer;
import io.assent.testing.server.Database;
import io.assent.testing.server.Keycloak;
import io.assent.testing.server.Postgres;
import io.assent.testing.server.Servers;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Events come at least once and in order, however a receiver behaves; and it is in nobody's way. */
class EventReceiversIT {

    private static final Duration SOON = Duration.ofSeconds(60);

    private final Keycloak server = Servers.shared(Database.POSTGRESQL);
    private final EventBank bank = EventBank.on(server);

    @Test
    void eachSubjectKeepsItsOrderWhateverFails() {
        Map<String, AtomicInteger> attempts = new ConcurrentHashMap<>();
        try (EventReceiver receiver = EventReceiver.start().answering(sent -> {
            int attempt = attempts.computeIfAbsent(sent.id(), any -> new AtomicInteger())
                    .getAndIncrement();
            return switch ((Math.floorMod(sent.id().hashCode(), 4) + attempt) % 4) {
                case 0 -> new Reply(503, Map.of());
                case 1 -> EventReceiver.HANG_UP;
                case 2 -> new Reply(400, Map.of());
                default -> EventReceiver.OK;
            };
        })) {
            bank.tells(receiver.uri());
            List<Journey> journeys =
                    IntStream.range(0, 8).mapToObj(any -> bank.newJourney()).toList();
            journeys.forEach(journey -> {
                Tokens tokens = journey.grant(BALANCES, TRANSACTIONS);
                journey.app().narrow(grantId(tokens), BALANCES).ok();
                journey.app().withdraw(grantId(tokens)).ok();
            });

            // asked, approved, redeemed; granted, narrowed, ended
            receiver.awaitTaken(8 * 6, Duration.ofMinutes(3));

            assertContiguous(receiver.taken());
            assertThat(receiver.all().size()).isGreaterThan(8 * 6);
            for (Sent sent : receiver.all()) {
                assertThat(sent.header("webhook-id")).isEqualTo(sent.id());
            }
            assertThat(bank.kept(server)).isZero();
        }
    }

    @Test
    void aSubjectThatIsStuckHoldsUpNoOther() {
        Set<String> stuck = ConcurrentHashMap.newKeySet();
        try (EventReceiver receiver = EventReceiver.start()
                .answering(sent -> stuck.contains(sent.subject()) || stuck.isEmpty() && stuck.add(sent.subject())
                        ? new Reply(500, Map.of())
                        : EventReceiver.OK)) {
            bank.tells(receiver.uri());
            String first = bank.newJourney().deny(BALANCES);
            receiver.await(1, SOON);

            List<String> others = IntStream.range(0, 10)
                    .mapToObj(any -> bank.newJourney().deny(BALANCES))
                    .toList();

            receiver.awaitTaken(20, SOON);
            others.forEach(
                    other -> assertThat(receiver.taken("requests/" + other)).hasSize(2));
            assertThat(receiver.taken("requests/" + first)).isEmpty();
            assertThat(receiver.all())
                    .filteredOn(sent -> sent.subject().equals("requests/" + first))
                    .extracting(Sent::type)
                    .containsOnly("request.asked");
            receiver.answering(204);
            receiver.awaitTaken(22, SOON);
            assertContiguous(receiver.taken());
        }
    }

    /** As an older version or a statement of somebody's left it. */
    @Test
    void aDestinationThatIsNotSetRightHarmsNoOtherAndIsSetAnew() {
        try (EventReceiver broken = EventReceiver.start();
                EventReceiver other = EventReceiver.start()) {
            bank.put("broken", EventBank.webhook(broken.uri())).ok();
            bank.tells(other.uri());
            Postgres.execute(
                    server.databaseName(),
                    "INSERT INTO COMPONENT_CONFIG (ID, COMPONENT_ID, NAME, VALUE) SELECT gen_random_uuid()::text, ID,"
                            + " 'goneAt', 'yesterday' FROM COMPONENT WHERE NAME = 'broken' AND "
                            + bank.ofRealm());
            bank.realm().admin().clearRealmCache(bank.realm().name());

            bank.newJourney().deny(BALANCES);

            other.awaitTaken(2, SOON);
            assertThat(broken.all()).isEmpty();
            assertThat(bank.test("broken").ok().get("reason").asText()).contains("goneAt");
            assertThat(bank.destination().get("enabled").asBoolean()).isTrue();
            bank.put("broken", EventBank.webhook(broken.uri())).ok();
            bank.newJourney().deny(BALANCES);
            broken.awaitTaken(2, SOON);
        }
    }

    @Test
    void aReceiverThatDoesNotAnswerSlowsNobody() {
        try (EventReceiver slow = EventReceiver.start().answering(any -> EventReceiver.NEVER);
                EventReceiver other = EventReceiver.start()) {
            bank.put("slow", EventBank.webhook(slow.uri())).ok();
            bank.tells(other.uri());
            Journey journey = bank.newJourney();
            Instant start = Instant.now();
            for (int round = 0; round < 10; round++) {
                journey.deny(BALANCES);
            }

            other.awaitTaken(20, SOON);

            assertThat(Duration.between(start, Instant.now())).isLessThan(SOON);
            slow.await(1, SOON);
            assertContiguous(other.taken());
            // or it would be told again while other tests run
            bank.remove("slow").ok();
        }
    }

    @Test
    void aRedirectIsNotFollowedAndSentAgain() {
        AtomicInteger attempts = new AtomicInteger();
        try (EventReceiver receiver = EventReceiver.start()
                .answering(any -> attempts.incrementAndGet() == 1 ? new Reply(307, Map.of()) : EventReceiver.OK)) {
            bank.tells(receiver.uri());

            bank.newJourney().deny(BALANCES);

            receiver.awaitTaken(2, SOON);
            assertThat(receiver.all()).hasSize(3).noneMatch(Sent::redirected);
        }
    }

    @Test
    void garbageIsNoAnswer() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Thread garbage = new Thread(() -> answerGarbage(socket));
            garbage.setDaemon(true);
            garbage.start();
            bank.put(EventBank.NAME, EventBank.webhook(EventReceiver.uri(socket.getLocalPort())))
                    .ok();
            assertThat(bank.test(EventBank.NAME).ok().get("result").asText()).isEqualTo("later");
            bank.newJourney().deny(BALANCES);
            assertThat(bank.destination().get("waiting").asInt()).isEqualTo(2);
        }
        try (EventReceiver receiver = EventReceiver.start()) {
            bank.tells(receiver.uri());
            receiver.awaitTaken(2, SOON);
            assertContiguous(receiver.taken());
        }
    }

    private static void answerGarbage(ServerSocket socket) {
        while (!socket.isClosed()) {
            try (Socket call = socket.accept()) {
                call.getOutputStream().write("\0\1 garbage ".repeat(1000).getBytes(StandardCharsets.UTF_8));
            } catch (IOException hungUp) {
                // the next one
            }
        }
    }

    @Test
    void twoAreTriedAtOnceAndHoldNoTransactionMeanwhile() throws Exception {
        CountDownLatch called = new CountDownLatch(2);
        CountDownLatch answered = new CountDownLatch(1);
        ExecutorService callers = Executors.newFixedThreadPool(2);
        try (EventReceiver receiver = EventReceiver.start().answering(any -> {
            called.countDown();
            EventReceiver.await(answered);
            return EventReceiver.OK;
        })) {
            bank.tells(receiver.uri());
            List<Future<Answer>> tests = List.of(
                    callers.submit(() -> bank.test(EventBank.NAME)), callers.submit(() -> bank.test(EventBank.NAME)));
            assertThat(called.await(30, TimeUnit.SECONDS)).isTrue();

            assertThat(bank.testNow(EventBank.NAME).problem()).isEqualTo("too-many-calls");
            String since = Postgres.texts(server.databaseName(), "SELECT clock_timestamp()::text")
                    .get(0);
            // one that waits for the receiver is as old as its call
            Eventually.within(
                    Duration.ofSeconds(5),
                    "no transaction that waits",
                    () -> Postgres.number(
                                    server.databaseName(),
                                    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
                                            + " AND state = 'idle in transaction'"
                                            + " AND xact_start < '" + since + "'")
                            == 0);

            answered.countDown();
            for (Future<Answer> test : tests) {
                assertThat(test.get(30, TimeUnit.SECONDS).ok().get("result").asText())
                        .isEqualTo("taken");
            }
        } finally {
            callers.shutdownNow();
        }
    }

    @Test
    void aReceiverThatIsGoneIsSwitchedOffAndGetsWhatWaitsWhenItIsOnAgain() {
        try (EventReceiver receiver = EventReceiver.start().answering(410)) {
            bank.tells(receiver.uri());

            bank.newJourney().deny(BALANCES);

            JsonNode off = Eventually.within(SOON, "switched off", bank::destination, found -> !found.get("enabled")
                    .asBoolean());
            assertThat(off.at("/switchedOff/reason").asText()).contains("410");
            assertThat(off.get("waiting").asInt()).isBetween(1, 2);
            assertThat(server.said()).contains("is switched off: the receiver answered 410 Gone");
            int waiting = off.get("waiting").asInt();
            bank.newJourney().deny(BALANCES);
            assertThat(bank.destination().get("waiting").asInt()).isEqualTo(waiting);
            receiver.answering(204);
            bank.tells(receiver.uri());
            assertThat(bank.destination().get("switchedOff").isNull()).isTrue();
            // and not when what found it switched off would have looked again
            receiver.awaitTaken(waiting, Duration.ofSeconds(30));
        }
    }

    @Test
    void whatWaitsForAReceiverThatIsDownHoldsUpNoOther() {
        AtomicInteger attempts = new AtomicInteger();
        try (EventReceiver other = EventReceiver.start()
                .answering(any -> attempts.incrementAndGet() == 1 ? new Reply(503, Map.of()) : EventReceiver.OK)) {
            bank.put("down", EventBank.webhook(EventReceiver.uri(Ports.free()))).ok();
            bank.tells(other.uri());
            bank.keepWaiting(server, "down", 20_000);

            bank.newJourney().deny(BALANCES);

            // a sweep looks at a hundred
            other.awaitTaken(2, Duration.ofSeconds(30));
            assertContiguous(other.taken());
            Eventually.within(SOON, "the others parked", () -> dueWithin(Duration.ZERO) < 1_000);
            assertThat(Postgres.count(server.databaseName(), "consent_cloud_event", bank.ofRealm()))
                    .isGreaterThanOrEqualTo(20_000);
            // with it goes what waits for it, and is not looked at one by one
            assertThat(bank.remove("down").status()).isEqualTo(204);
            Eventually.within(Duration.ofMinutes(2), "nothing waits", () -> dueWithin(Duration.ofDays(1)) == 0);
        }
    }

    @Test
    void whatWaitsForAReceiverThatRefusesAllHoldsUpNoOther() {
        AtomicInteger attempts = new AtomicInteger();
        try (EventReceiver refusing = EventReceiver.start().answering(404);
                EventReceiver other = EventReceiver.start()
                        .answering(
                                any -> attempts.incrementAndGet() == 1 ? new Reply(503, Map.of()) : EventReceiver.OK)) {
            bank.put("refusing", EventBank.webhook(refusing.uri())).ok();
            bank.tells(other.uri());
            bank.keepWaiting(server, "refusing", 20_000);

            bank.newJourney().deny(BALANCES);

            // a sweep looks at a hundred, each second
            other.awaitTaken(2, Duration.ofSeconds(30));
            assertThat(dueWithin(Duration.ZERO))
                    .as("due for the one that refuses")
                    .isGreaterThan(10_000);
            assertThat(bank.remove("refusing").status()).isEqualTo(204);
        }
    }

    @Test
    void aReceiverThatIsCorrectedIsToldAtOnceAndInOrderWhatWaited() {
        try (EventReceiver wrong = EventReceiver.start().answering(any -> Reply.later(503, 3_600));
                EventReceiver right = EventReceiver.start()) {
            bank.tells(wrong.uri());
            for (int journey = 0; journey < 5; journey++) {
                bank.newJourney().deny(BALANCES);
            }
            wrong.await(1, SOON);
            Eventually.within(SOON, "all left alone", () -> dueWithin(Duration.ofSeconds(30)) == 0);

            bank.tells(right.uri());

            right.awaitTaken(10, Duration.ofSeconds(30));
            assertContiguous(right.taken());
        }
    }

    private long dueWithin(Duration time) {
        return Postgres.count(
                server.databaseName(),
                "consent_outbox",
                bank.ofRealm() + " AND kind = 'event' AND next_attempt_at < "
                        + Instant.now().plus(time).toEpochMilli());
    }

    @Test
    void aReceiverThatAsksToBeLeftAloneIs() {
        AtomicInteger attempts = new AtomicInteger();
        try (EventReceiver receiver = EventReceiver.start()
                .answering(any -> attempts.incrementAndGet() == 1 ? Reply.later(429, 5) : EventReceiver.OK)) {
            bank.tells(receiver.uri());
            bank.newJourney().deny(BALANCES);
            receiver.await(1, SOON);
            bank.newJourney().deny(BALANCES);

            receiver.awaitTaken(4, SOON);

            Instant asked = receiver.all().get(0).at();
            assertThat(receiver.all().get(1).at()).isAfterOrEqualTo(asked.plusSeconds(4));
            assertContiguous(receiver.taken());
        }
    }
}
