package io.assent.it.events;

import static io.assent.testing.actor.DevRealm.ACME;
import static io.assent.testing.actor.DevRealm.BALANCES;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.assent.it.events.Arrivals.Committed;
import io.assent.it.events.EventReceiver.Sent;
import io.assent.testing.Eventually;
import io.assent.testing.actor.Asked;
import io.assent.testing.actor.BankApp;
import io.assent.testing.actor.Customer;
import io.assent.testing.actor.Realm;
import io.assent.testing.actor.Staff;
import io.assent.testing.actor.Tokens;
import io.assent.testing.actor.Tpp;
import io.assent.testing.http.Answer;
import io.assent.testing.http.Http;
import io.assent.testing.server.Distribution;
import io.assent.testing.server.KafkaBroker;
import io.assent.testing.server.KafkaTopic;
import io.assent.testing.server.KafkaTopic.Message;
import io.assent.testing.server.Keycloak;
import io.assent.testing.server.LoadBalancer;
import io.assent.testing.server.Postgres;
import io.assent.testing.server.Servers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Events of real servers on a real broker: none is lost, and those of one subject are in their order.
 * {@code -Dassent.events=10000} has so many go through the ends of nodes, broker and receiver.
 */
@Tag("long")
@Tag("weekly")
class KafkaIT {

    private static final Duration LONG = Duration.ofMinutes(4);
    /** Of a journey: one whose four calls waited for the broker, six seconds each, would take longer. */
    private static final Duration NO_WAIT = Duration.ofSeconds(20);

    private static final int EVENTS = Integer.getInteger("assent.events", 1_000);

    /** Between one end and the next, of all journeys that there are at the least. */
    private static final int PHASES = 8;

    private static final String RUSH = "rush";

    private static final String[] CONSENT = {"io.assent.consent.granted", "io.assent.consent.ended"};

    private static final LoadBalancer BALANCER = LoadBalancer.open();
    private static final String DATABASE = Postgres.createDatabase("kafka");

    private static KafkaBroker broker;
    private static Keycloak server;

    private final Realm bank = server.realm(Servers.BANK);
    private final Staff staff = Staff.of(bank, "manage-realm", "view-realm");
    private final String topic = "events-" + UUID.randomUUID();
    private final String destination = "kafka-" + UUID.randomUUID().toString().substring(0, 8);

    @BeforeAll
    static void start() {
        broker = KafkaBroker.started();
        server = node("kafka").start();
    }

    private static Keycloak node(String name) {
        return Keycloak.on(
                Postgres.address(DATABASE),
                Distribution.providersAndKafka(),
                name,
                List.of(Servers.realmFile()),
                "--hostname=" + BALANCER.address(),
                "--cache=ispn",
                "--cache-embedded-network-bind-address=127.0.0.1",
                "--spi-consent-event-destination--kafka--allowed-hosts=127.0.0.1");
    }

    @AfterAll
    static void stop() {
        server.close();
        broker.close();
        BALANCER.close();
    }

    @Test
    void whatHappensIsInTheTopicAsEventsKeyedByTheirSubject() {
        broker.makeTopic(topic);
        put(settings()).ok();
        assertThat(staff.send("POST", "/destinations/" + destination + "/test", null)
                        .text("result"))
                .isEqualTo("taken");

        String consent = journey(bank.newTpp(ACME, client -> {}));

        List<Message> messages = read(consent, CONSENT);
        assertThat(messages).allSatisfy(message -> {
            assertThat(message.contentType()).contains("application/cloudevents+json; charset=UTF-8");
            ObjectNode event = Http.parse(message.value());
            assertThat(event.get("specversion").asText()).isEqualTo("1.0");
            assertThat(event.get("subject").asText()).isEqualTo(message.key());
            assertThat(event.get("id").asText()).isNotEmpty();
        });
        assertThat(types(messages, "consents/" + consent)).containsExactly(CONSENT);
        String request = Http.parse(of(messages, "consents/" + consent).get(0).value())
                .get("data")
                .get("requestId")
                .asText();
        assertThat(types(read("requests/" + request, "io.assent.request.redeemed"), "requests/" + request))
                .startsWith("io.assent.request.asked")
                .endsWith("io.assent.request.redeemed");
        remove();
    }

    @Test
    void secretsAreNotReadBack() {
        ObjectNode secured = settings();
        secured.withObjectProperty("settings")
                .put("security", "tls")
                .put("mechanism", "plain")
                .put("username", "bank")
                .put("password", "very-secret");
        assertThat(put(secured).ok().toString()).doesNotContain("very-secret");
        assertThat(staff.send("GET", "/destinations/" + destination, null).ok().toString())
                .contains("password")
                .doesNotContain("very-secret");
        remove();
    }

    @Test
    void aTopicThatIsNotThereIsSaidToStaff() {
        put(settings()).ok();

        JsonNode said = staff.send("POST", "/destinations/" + destination + "/test", null)
                .ok();

        assertThat(said.get("result").asText()).isEqualTo("later");
        assertThat(said.get("reason").asText()).contains("the topic is not there");
        remove();
    }

    @Test
    void whileTheBrokerIsDownNobodyIsSlowedAndOfWhatHappensNothingIsLost() {
        broker.makeTopic(topic);
        put(settings()).ok();
        Tpp acme = bank.newTpp(ACME, client -> {});
        Set<String> consents = new LinkedHashSet<>();
        consents.add(journey(acme));
        broker.kill();
        Duration journeys = Duration.ZERO;
        try {
            for (int number = 0; number < 10; number++) {
                Customer customer = bank.newCustomer();
                BankApp app = customer.app();
                long start = System.nanoTime();
                consents.add(journey(acme, customer, app));
                journeys = journeys.plusNanos(System.nanoTime() - start);
            }
            assertThat(journeys).isLessThan(NO_WAIT.multipliedBy(10));
            Eventually.within(
                    LONG,
                    "what waits",
                    () -> staff.send("GET", "/destinations/" + destination, null)
                                    .ok()
                                    .get("waiting")
                                    .asLong()
                            > 10);
        } finally {
            broker.start();
        }
        consents.add(journey(acme));

        List<Message> messages = new KafkaTopic(broker, topic).read(LONG, read -> consents.stream()
                .allMatch(consent -> types(read, "consents/" + consent).size() == CONSENT.length));
        assertThat(consents).allSatisfy(consent -> assertThat(types(messages, "consents/" + consent))
                .containsExactly(CONSENT));
        remove();
    }

    @Test
    void throughTheEndsOfNodesBrokerAndReceiverEachEventArrivesInItsOrder() {
        broker.makeTopic(topic);
        int journeys = EVENTS / Rush.EVENTS_OF_A_JOURNEY + 1;
        int some = journeys / PHASES;
        server.admin()
                .createRealm(Servers.realmFile()
                        .polledEvery(1)
                        .with(realm -> realm.put("accessTokenLifespan", 3_600))
                        .named(RUSH));
        EventReceiver receiver = EventReceiver.start();
        EventBank events = EventBank.of(server.realm(RUSH)).tells(receiver.uri());
        events.put(destination, settings()).ok();
        Instant begin = Instant.now();
        List<Sent> webhook = new ArrayList<>();
        try (Keycloak two = node("kafka-two").start()) {
            BALANCER.leadTo(List.of(server, two));
            try (Rush rush = Rush.begin(BALANCER.realm(RUSH), journeys)) {
                rush.awaitMore(some);
                two.kill();
                two.launch();
                rush.awaitMore(some);
                receiver.answering(500);
                rush.awaitMore(some);
                broker.kill();
                receiver.close();
                rush.awaitMore(some);
                broker.start();
                webhook.addAll(receiver.taken());
                receiver = EventReceiver.on(receiver.uri());
                two.awaitReady();
                rush.awaitMore(some);
                server.kill();
                server.launch();
                rush.awaitMore(some);
                rush.finish();
                System.out.printf(
                        "%,d journeys in %,d s, %d calls made again%n",
                        rush.journeys(), Duration.between(begin, Instant.now()).toSeconds(), rush.unanswered());
            }
            server.awaitReady();
            Eventually.within(
                    LONG,
                    "nothing that waits",
                    () -> Postgres.count(DATABASE, "consent_cloud_event", events.ofRealm()) == 0);
        } finally {
            receiver.close();
        }
        webhook.addAll(receiver.taken());

        List<Committed> committed = Committed.of(DATABASE, events.ofRealm());
        Arrivals atReceiver = Arrivals.of(webhook.stream().map(Sent::event).toList());
        atReceiver.assertAllOf(committed);
        Arrivals inTopic = Arrivals.of(new KafkaTopic(broker, topic)
                        .read(
                                LONG,
                                messages -> messages.stream()
                                                .map(Message::value)
                                                .distinct()
                                                .count()
                                        >= atReceiver.events())
                        .stream()
                        .<JsonNode>map(message -> Http.parse(message.value()))
                        .toList());
        inTopic.assertAllOf(committed);
        inTopic.assertSameAs(atReceiver);
        assertThat(atReceiver.events()).isGreaterThanOrEqualTo(EVENTS);
        System.out.printf(
                "%,d events through the ends of nodes, broker and receiver in %,d s: none lost, in order;"
                        + " %d came twice by webhook, %d to Kafka%n",
                atReceiver.events(),
                Duration.between(begin, Instant.now()).toSeconds(),
                atReceiver.repeats(),
                inTopic.repeats());
    }

    /** A consent that is granted, used and taken back; returns its id. */
    private String journey(Tpp tpp) {
        Customer customer = bank.newCustomer();
        return journey(tpp, customer, customer.app());
    }

    private static String journey(Tpp tpp, Customer customer, BankApp app) {
        Asked asked = tpp.ask(customer, BALANCES);
        app.approve(app.onlyPendingId(), BALANCES).ok();
        String consent =
                Tokens.of(tpp.poll(asked)).accessTokenClaims().get("grant_id").asText();
        app.withdraw(consent).ok();
        return consent;
    }

    private Answer put(ObjectNode body) {
        return staff.send("PUT", "/destinations/" + destination, body.toString());
    }

    private void remove() {
        // the first one's token may be over
        assertThat(Staff.of(bank, "manage-realm")
                        .send("DELETE", "/destinations/" + destination, null)
                        .status())
                .isEqualTo(204);
    }

    private ObjectNode settings() {
        ObjectNode body = Http.object().put("type", "kafka").put("enabled", true);
        body.putObject("settings")
                .put("bootstrapServers", broker.bootstrap())
                .put("topic", topic)
                .put("security", "none");
        return body;
    }

    /** Until the topic has the last of these for a subject. */
    private List<Message> read(String subject, String... types) {
        String key = subject.contains("/") ? subject : "consents/" + subject;
        return new KafkaTopic(broker, topic)
                .read(LONG, messages -> types(messages, key).contains(types[types.length - 1]));
    }

    private static List<Message> of(List<Message> messages, String key) {
        return messages.stream().filter(message -> message.key().equals(key)).toList();
    }

    /** Of one subject's events in the order of their first arrival. */
    private static List<String> types(List<Message> messages, String key) {
        return List.copyOf(of(messages, key).stream()
                .map(message -> Http.parse(message.value()).get("type").asText())
                .collect(Collectors.toCollection(LinkedHashSet::new)));
    }
}
