package io.assent.it.events;

import static io.assent.testing.actor.DevRealm.BALANCES;
import static io.assent.testing.actor.DevRealm.TRANSACTIONS;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import io.assent.it.events.EventBank.Journey;
import io.assent.it.events.EventReceiver.Reply;
import io.assent.it.events.EventReceiver.Sent;
import io.assent.testing.Eventually;
import io.assent.testing.Ports;
import io.assent.testing.actor.Asked;
import io.assent.testing.actor.Tokens;
import io.assent.testing.http.Http;
import io.assent.testing.server.Database;
import io.assent.testing.server.Keycloak;
import io.assent.testing.server.Postgres;
import io.assent.testing.server.Servers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The bank's own systems hear what happens to requests and consents, at least once and in order. */
class EventsOutIT {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final Duration QUIET = Duration.ofSeconds(3);
    private static final Duration AT_ONCE = Duration.ofSeconds(5);
    /** Longer than an event's time to live. */
    private static final String FOUR_DAYS_AGO = "UPDATE consent_cloud_event SET created_at = created_at - 345600000,"
            + " expires_at = expires_at - 345600000 WHERE ";

    private static final Path DOCUMENTED = Path.of("../docs/events");
    private static final SchemaRegistry SCHEMAS = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

    private final Keycloak server = Servers.shared(Database.POSTGRESQL);
    private final EventBank bank = EventBank.on(server);

    @Test
    void aJourneyIsToldInOrderSignedAndByTheSchemas() {
        try (EventReceiver receiver = EventReceiver.start()) {
            bank.tells(receiver.uri());
            Journey journey = bank.newJourney();
            Asked asked = Asked.of(journey.tpp()
                    .request(journey.customer(), Map.of("binding_message", "Elm-17"), BALANCES, TRANSACTIONS));
            String request = journey.app().onlyPendingId();
            journey.app().request(request).ok();
            journey.app().approve(request, BALANCES, TRANSACTIONS).ok();
            String consent = grantId(Tokens.of(journey.tpp().poll(asked)));
            journey.app().narrow(consent, BALANCES).ok();
            journey.app().withdraw(consent).ok();
            String reported = bank.newJourney().deny(BALANCES);

            List<Sent> taken = receiver.awaitTaken(9, SOON);

            assertThat(receiver.taken("requests/" + request))
                    .extracting(Sent::type)
                    .containsExactly("request.asked", "request.opened", "request.approved", "request.redeemed");
            assertThat(receiver.taken("consents/" + consent))
                    .extracting(Sent::type)
                    .containsExactly("consent.granted", "consent.narrowed", "consent.ended");
            assertThat(receiver.taken("requests/" + reported))
                    .extracting(Sent::type)
                    .containsExactly("request.asked", "request.denied");
            assertContiguous(taken);
            taken.forEach(EventsOutIT::assertAsDocumented);
            taken.forEach(sent -> assertThat(sent.body())
                    .as("nothing of the customer, and nothing that the TPP wrote")
                    .doesNotContain(journey.customer().id(), journey.customer().username(), "Elm-17", "customerId"));
            JsonNode ended =
                    receiver.taken("consents/" + consent).get(2).event().get("data");
            assertThat(ended.get("endedBy").asText()).isEqualTo("customer");
            assertThat(ended.get("status").asText()).isEqualTo("revoked");
            assertThat(kept()).isZero();
        }
    }

    @Test
    void aReceiverThatIsSetToHaveItIsToldWhoseItIs() {
        try (EventReceiver receiver = EventReceiver.start()) {
            ObjectNode body = EventBank.webhook(receiver.uri()).put("customerId", true);
            body.put("source", "https://login.bank.example/realms/bank");
            bank.put("platform", body).ok();
            Journey journey = bank.newJourney();

            journey.deny(BALANCES);

            for (Sent sent : receiver.awaitTaken(2, SOON)) {
                assertThat(sent.event().at("/data/customerId").asText())
                        .isEqualTo(journey.customer().id());
                assertThat(sent.event().get("source").asText()).isEqualTo("https://login.bank.example/realms/bank");
                assertAsDocumented(sent);
            }
        }
    }

    @Test
    void whatIsRefusedAndRolledBackIsNotTold() {
        try (EventReceiver receiver = EventReceiver.start()) {
            bank.tells(receiver.uri());
            Journey journey = bank.newJourney();
            journey.tpp().ask(journey.customer(), BALANCES);
            String id = journey.app().onlyPendingId();

            assertThat(journey.app().approve(id, TRANSACTIONS).status()).isEqualTo(422);
            assertThat(journey.app().decide(id, "{\"decision\": \"maybe\"}").status())
                    .isEqualTo(400);
            assertThat(journey.tpp()
                            .request(journey.customer(), Map.of("requested_expiry", "-1"), BALANCES)
                            .status())
                    .isEqualTo(400);
            journey.app().deny(id).ok();

            receiver.awaitTaken(2, SOON);
            Eventually.after(Instant.now().plus(QUIET));
            assertThat(receiver.all())
                    .extracting(Sent::type)
                    .containsExactlyInAnyOrder("request.asked", "request.denied");
            assertContiguous(receiver.taken());
        }
    }

    @Test
    void aRealmWithoutADestinationWritesNothing() {
        Journey journey = bank.newJourney();
        ObjectNode off = EventBank.webhook(EventReceiver.uri(Ports.free())).put("enabled", false);
        bank.put("off", off).ok();

        String id = journey.deny(BALANCES);

        assertThat(kept()).isZero();
        assertThat(Postgres.count(database(), "consent_event_subject", "id = '" + id + "'"))
                .isZero();
    }

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
            assertThat(kept()).isZero();
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
            // what found it switched off looks again after a minute
            receiver.awaitTaken(waiting, Duration.ofMinutes(3));
        }
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

    @Test
    void whatIsNeverTakenIsADeadLetterAndStaffHaveItSentAgain() {
        try (EventReceiver receiver = EventReceiver.start().answering(400)) {
            bank.tells(receiver.uri());
            String request = bank.newJourney().deny(BALANCES);
            receiver.await(1, SOON);

            Postgres.execute(
                    database(), FOUR_DAYS_AGO + " sequence_number = 1 AND subject = 'requests/" + request + "'");

            JsonNode dead = Eventually.within(
                    Duration.ofMinutes(2),
                    "a dead letter",
                    () -> bank.dead("").ok().get("events"),
                    events -> events.size() == 1);
            JsonNode letter = dead.get(0);
            assertThat(letter.get("type").asText()).isEqualTo("io.assent.request.asked");
            assertThat(letter.get("destination").asText()).isEqualTo(EventBank.NAME);
            assertThat(letter.get("subject").asText()).isEqualTo("requests/" + request);
            receiver.answering(204);
            receiver.awaitTaken(1, SOON);
            assertThat(receiver.taken()).extracting(Sent::type).containsExactly("request.denied");
            assertThat(bank.destination().get("dead").asInt()).isEqualTo(1);

            String id = letter.get("id").asText();
            assertThat(bank.resend(id).status()).isEqualTo(202);

            receiver.awaitTaken(2, SOON);
            assertThat(receiver.taken()).extracting(Sent::type).containsExactly("request.denied", "request.asked");
            assertThat(receiver.taken().get(1).id())
                    .isEqualTo(letter.get("eventId").asText());
            Eventually.within(SOON, "nothing kept", () -> kept() == 0);
            assertThat(bank.resend(id).status()).isEqualTo(404);
            assertThat(bank.dead("").ok().get("events")).isEmpty();
        }
    }

    @Test
    void deadLettersComeInPagesAndByDestination() {
        bank.tells(EventReceiver.uri(Ports.free()));
        for (int letter = 0; letter < 3; letter++) {
            bank.newJourney().tpp().ask(bank.realm().newCustomer(), BALANCES);
        }
        Postgres.execute(database(), FOUR_DAYS_AGO + ofRealm());

        Eventually.within(
                Duration.ofMinutes(2),
                "dead letters",
                () -> bank.dead("").ok().get("events").size() == 3);

        Set<String> ids = new LinkedHashSet<>();
        String after = "";
        for (int page = 0; page < 3; page++) {
            JsonNode found =
                    bank.dead("?max=1&destination=" + EventBank.NAME + after).ok();
            ids.add(found.at("/events/0/id").asText());
            assertThat(found.get("next").isNull()).isEqualTo(page == 2);
            after = "&after=" + found.get("next").asText();
        }
        assertThat(ids).hasSize(3);
        assertThat(bank.dead("?destination=another").problem()).isEqualTo("not-found");
        assertThat(bank.dead("?max=0").problem()).isEqualTo("malformed-request");
        assertThat(bank.dead("?unknown=1").problem()).isEqualTo("malformed-request");
        String id = ids.iterator().next();
        assertThat(bank.resend(id).status()).isEqualTo(202);
        assertThat(bank.resend(id).status()).as("a repeat").isEqualTo(202);
        assertThat(bank.dead("").ok().get("events")).hasSize(2);
        bank.remove(EventBank.NAME).ok();
        assertThat(kept()).isZero();
        assertThat(bank.dead("").ok().get("events")).isEmpty();
    }

    @Test
    void aSecretIsChangedWithBothInForce() {
        String next = "whsec_" + Base64.getEncoder().encodeToString(new byte[32]);
        try (EventReceiver receiver = EventReceiver.start()) {
            bank.tells(receiver.uri());
            ObjectNode both = EventBank.webhook(receiver.uri());
            both.withObject("/settings").put("secret", next).put("previousSecret", EventBank.SECRET);
            assertThat(bank.put(EventBank.NAME, both).ok().get("secrets"))
                    .extracting(JsonNode::asText)
                    .containsExactly("secret", "previousSecret");

            assertThat(bank.test(EventBank.NAME).ok().get("result").asText()).isEqualTo("taken");

            Sent sent = receiver.all().get(0);
            assertAsDocumented(sent);
            assertThat(isSigned(next, sent)).isTrue();

            // what a body does not have stays
            ObjectNode moved = EventBank.webhook(receiver.uri());
            moved.withObject("/settings").remove("secret");
            moved.withObject("/settings").putNull("previousSecret");
            assertThat(bank.put(EventBank.NAME, moved).ok().get("secrets"))
                    .extracting(JsonNode::asText)
                    .containsExactly("secret");
            bank.test(EventBank.NAME).ok();
            Sent later = receiver.all().get(1);
            assertThat(isSigned(next, later)).isTrue();
            assertThat(isSigned(EventBank.SECRET, later)).isFalse();
        }
    }

    @Test
    void noSecretIsReadBackOrWrittenDown() {
        try (EventReceiver receiver = EventReceiver.start()) {
            bank.tells(receiver.uri());
            bank.test(EventBank.NAME).ok();
            String secret = EventBank.SECRET.substring("whsec_".length());

            assertThat(bank.destination().toString()).doesNotContain(secret);
            assertThat(Http.send(Http.request(server.uri(
                                            "/admin/realms/" + bank.realm().name() + "/components"))
                                    .header(
                                            "Authorization",
                                            "Bearer " + bank.staff().accessToken()))
                            .body())
                    .contains("io.assent.destination.EventDestination")
                    .doesNotContain(secret);
            JsonNode events = server.admin().adminEvents(bank.realm().name(), "consents/destinations/*");
            assertThat(events.size()).isEqualTo(2);
            assertThat(events.toString()).doesNotContain(secret);
            assertThat(server.said()).doesNotContain(secret);
        }
    }

    @Test
    void aRealmThatIsRemovedTakesItsEventsAlong() {
        bank.tells(EventReceiver.uri(Ports.free()));
        List<String> requests = new ArrayList<>();
        for (int count = 0; count < 5; count++) {
            requests.add(bank.newJourney().deny(BALANCES));
        }
        String ofRealm = ofRealm();
        assertThat(Postgres.count(database(), "consent_cloud_event", ofRealm)).isEqualTo(10);

        server.admin().removeRealm(bank.realm().name());

        assertThat(Postgres.count(database(), "consent_cloud_event", ofRealm)).isZero();
        assertThat(Postgres.count(
                        database(), "consent_event_subject", "id IN ('" + String.join("', '", requests) + "')"))
                .isZero();
        Eventually.within(
                Duration.ofMinutes(2),
                "no delivery left",
                () -> Postgres.count(database(), "consent_outbox", ofRealm) == 0);
    }

    @Test
    void aCustomerWhoIsRemovedIsToldOfToTheEnd() {
        try (EventReceiver receiver = EventReceiver.start()) {
            bank.tells(receiver.uri());
            Journey journey = bank.newJourney();
            String consent = grantId(journey.grant(BALANCES));

            server.admin().removeUser(bank.realm().name(), journey.customer().id());

            receiver.awaitTaken(5, SOON);
            Sent ended = receiver.taken("consents/" + consent).get(1);
            assertThat(ended.type()).isEqualTo("consent.ended");
            assertThat(ended.event().at("/data/endedBy").asText()).isEqualTo("system");
        }
    }

    private String database() {
        return server.databaseName();
    }

    private String ofRealm() {
        return "realm_id = '" + server.admin().realmId(bank.realm().name()) + "'";
    }

    /** Once what was taken is noted. */
    private long kept() {
        long[] left = {0};
        try {
            Eventually.within(AT_ONCE, "nothing kept", () -> {
                left[0] = Postgres.count(database(), "consent_cloud_event", ofRealm());
                return left[0] == 0;
            });
        } catch (AssertionError some) {
            return left[0];
        }
        return 0;
    }

    private static String grantId(Tokens tokens) {
        return tokens.accessTokenClaims().get("grant_id").asText();
    }

    /** Each subject's events came in their order and without a gap, if each repeat is passed over. */
    static void assertContiguous(List<Sent> taken) {
        Map<String, Integer> last = new ConcurrentHashMap<>();
        Set<String> seen = new TreeSet<>();
        for (Sent sent : taken) {
            if (seen.add(sent.id())) {
                assertThat(sent.sequence())
                        .as("%s of %s", sent.type(), sent.subject())
                        .isEqualTo(last.getOrDefault(sent.subject(), 0) + 1);
                last.put(sent.subject(), sent.sequence());
            }
        }
    }

    private static void assertAsDocumented(Sent sent) {
        assertThat(sent.method()).isEqualTo("POST");
        assertThat(sent.header("content-type")).startsWith("application/cloudevents+json");
        assertThat(sent.header("webhook-id")).isEqualTo(sent.id());
        assertThat(Instant.ofEpochSecond(Long.parseLong(sent.header("webhook-timestamp"))))
                .isBetween(Instant.now().minusSeconds(300), Instant.now().plusSeconds(2));
        String type = sent.event().get("type").asText();
        String schema = read(type + ".schema.json");
        assertThat(SCHEMAS.getSchema(schema).validate(sent.body(), InputFormat.JSON))
                .as(sent.body())
                .isEmpty();
        sent.event().get("data").fieldNames().forEachRemaining(name -> assertThat(
                        parsed(schema).at("/properties/data/properties").has(name))
                .as("%s of %s is documented", name, type)
                .isTrue());
        assertThat(isSigned(EventBank.SECRET, sent)).as("signed").isTrue();
    }

    private static JsonNode parsed(String json) {
        try {
            return Http.JSON.readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(String file) {
        try {
            return Files.readString(DOCUMENTED.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** By the library that receivers use. */
    private static boolean isSigned(String secret, Sent sent) {
        try {
            new Webhook(secret)
                    .verify(
                            sent.body(),
                            Map.of(
                                    "webhook-id", List.of(sent.header("webhook-id")),
                                    "webhook-timestamp", List.of(sent.header("webhook-timestamp")),
                                    "webhook-signature", List.of(sent.header("webhook-signature"))));
            return true;
        } catch (WebhookVerificationException notSigned) {
            return false;
        }
    }
}
