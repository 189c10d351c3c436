package io.assent.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.assent.destination.CloudEvent;
import io.assent.destination.EventDestination;
import io.assent.destination.SendResult;
import io.assent.destination.SendResult.Later;
import io.assent.destination.SendResult.Taken;
import io.assent.testing.Eventually;
import io.assent.testing.http.Authority;
import io.assent.testing.http.Http;
import io.assent.testing.server.KafkaBroker;
import io.assent.testing.server.KafkaTopic;
import io.assent.testing.server.KafkaTopic.Message;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** On a real broker, with the jar as it is deployed. */
class KafkaDestinationIT {

    private static final Duration LONG = Duration.ofMinutes(2);
    private static final AllowedHosts ALLOWED = new AllowedHosts(Set.of("127.0.0.1", "localhost"), "--an-option");

    private static KafkaBroker broker;

    private final Producers producers = new Producers();
    private final String topic = "events-" + UUID.randomUUID();

    @BeforeAll
    static void start() {
        broker = KafkaBroker.started();
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    @AfterEach
    void close() {
        producers.close();
    }

    @Test
    void anEventArrivesAsItIsWithItsSubjectAsKey() {
        broker.makeTopic(topic);
        CloudEvent event = event("consents/ä", 1);

        assertThat(destination(Map.of()).send(event)).isEqualTo(new Taken());

        Message message = read(1).get(0);
        assertThat(message.key()).isEqualTo("consents/ä");
        assertThat(message.value()).isEqualTo(event.json());
        assertThat(message.contentType()).contains("application/cloudevents+json; charset=UTF-8");
        assertThat(message.headers()).isEqualTo(1);
    }

    @Test
    void eventsOfOneSubjectAreInOnePartitionInTheirOrderAndSubjectsAreSpread() {
        broker.makeTopic(topic);
        EventDestination destination = destination(Map.of());

        for (int number = 1; number <= 5; number++) {
            for (int subject = 0; subject < 12; subject++) {
                assertThat(destination.send(event("requests/" + subject, number)))
                        .isEqualTo(new Taken());
            }
        }

        List<Message> messages = read(60);
        assertThat(messages).hasSize(60);
        for (int subject = 0; subject < 12; subject++) {
            String key = "requests/" + subject;
            List<Message> ofSubject = messages.stream()
                    .filter(message -> message.key().equals(key))
                    .toList();
            assertThat(ofSubject).extracting(KafkaDestinationIT::number).containsExactly(1, 2, 3, 4, 5);
            assertThat(ofSubject)
                    .extracting(Message::partition)
                    .containsOnly(ofSubject.get(0).partition());
        }
        assertThat(messages).extracting(Message::partition).contains(0, 1, 2);
    }

    @Test
    void byTlsAndWithAPasswordOfAnyCharacters() {
        broker.makeTopic(topic);

        assertThat(destination(secured()).send(event("consents/1", 1))).isEqualTo(new Taken());

        assertThat(read(1)).hasSize(1);
    }

    @Test
    void aWrongPasswordIsSaidAndTheRightOneSendsWhatWaited() {
        broker.makeTopic(topic);
        Map<String, String> wrong = new HashMap<>(secured());
        wrong.put("password", "wrong");
        CloudEvent event = event("consents/1", 1);

        assertThat(later(destination(wrong).send(event)).reason()).contains("username and password");
        // the same destination, with other settings
        assertThat(destination(secured()).send(event)).isEqualTo(new Taken());
    }

    @Test
    void aBrokerWithACertificateOfNobodyThatIsTrustedIsSentNothing() {
        broker.makeTopic(topic);
        Map<String, String> untrusting = new HashMap<>(secured());
        untrusting.remove("authorities");

        assertThat(later(destination(untrusting).send(event("consents/1", 1))).reason())
                .contains("certificate");
        assertThat(destination(secured()).send(event("consents/1", 1))).isEqualTo(new Taken());
        assertThat(read(1)).hasSize(1);
    }

    @Test
    void aTopicThatIsNotThereIsSaidAndOnceItIsThereEventsGoThrough() {
        EventDestination destination = destination(Map.of());
        CloudEvent event = event("consents/1", 1);

        assertThat(later(destination.send(event)).reason()).contains("the topic is not there");

        broker.makeTopic(topic);
        Eventually.within(LONG, "the topic", () -> destination.send(event) instanceof Taken);
    }

    @Test
    void keysThatCanNotBeReadAreSaid() {
        Map<String, String> broken = new HashMap<>(secured());
        broken.put("authorities", "-----BEGIN CERTIFICATE-----\nno certificate");

        assertThat(later(destination(broken).send(event("consents/1", 1))).reason())
                .contains("can't be read");
    }

    @Test
    void aHostThatIsNotAllowedAnyMoreIsNotCalled() {
        EventDestination destination =
                new KafkaDestination(producers, "one", settings(Map.of()), new AllowedHosts(Set.of(), "--an-option"));

        assertThat(later(destination.send(event("consents/1", 1))).reason()).contains("--an-option");
    }

    @Test
    void aBrokerThatIsDownIsSaidInTimeAndEventsGoThroughOnceItIsBack() {
        broker.makeTopic(topic);
        EventDestination before = destination(Map.of());
        assertThat(before.send(event("consents/1", 1))).isEqualTo(new Taken());
        broker.kill();
        try {
            for (EventDestination destination : List.of(before, destination("another", Map.of()))) {
                long start = System.nanoTime();

                Later later = later(destination.send(event("consents/1", 2)));

                assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(EventDestination.MAX_DURATION);
                assertThat(later.down()).isTrue();
                assertThat(later.reason()).contains("in time");
            }
        } finally {
            broker.start();
        }
        Eventually.within(LONG, "the broker", () -> before.send(event("consents/1", 2)) instanceof Taken);
        assertThat(new LinkedHashSet<>(
                        read(2).stream().map(KafkaDestinationIT::number).toList()))
                .containsExactly(1, 2);
    }

    /** Each of some threads sends the events of its own subjects, each until it is taken, as the pack does. */
    @Test
    void aBrokerThatIsKilledInTheMiddleLosesNothingAndKeepsTheOrder() throws InterruptedException, ExecutionException {
        broker.makeTopic(topic);
        int subjects = 4;
        int each = 150;
        AtomicInteger taken = new AtomicInteger();
        AtomicInteger refused = new AtomicInteger();
        EventDestination destination = destination(Map.of());
        ExecutorService threads = Executors.newFixedThreadPool(subjects);
        try {
            List<Future<?>> all = new ArrayList<>();
            for (int subject = 0; subject < subjects; subject++) {
                String key = "consents/" + subject;
                all.add(threads.submit(() -> {
                    for (int number = 1; number <= each; number++) {
                        while (!(destination.send(event(key, number)) instanceof Taken)) {
                            refused.incrementAndGet();
                        }
                        taken.incrementAndGet();
                    }
                }));
            }
            for (int restart = 1; restart <= 2; restart++) {
                int some = restart * subjects * each / 3;
                Eventually.within(LONG, some + " events", () -> taken.get() >= some);
                broker.kill();
                broker.start();
            }
            for (Future<?> one : all) {
                one.get();
            }
        } finally {
            threads.shutdownNow();
        }

        List<Message> messages = read(subjects * each);
        for (int subject = 0; subject < subjects; subject++) {
            String key = "consents/" + subject;
            assertThat(new LinkedHashSet<>(messages.stream()
                            .filter(message -> message.key().equals(key))
                            .map(KafkaDestinationIT::number)
                            .toList()))
                    .as("first arrivals of %s", key)
                    .containsExactlyElementsOf(
                            IntStream.rangeClosed(1, each).boxed().toList());
        }
        System.out.printf(
                "%d events through two kills of the broker: none lost, %d sent again, %d there twice%n",
                subjects * each, refused.get(), messages.size() - subjects * each);
    }

    private List<Message> read(int events) {
        return new KafkaTopic(broker, topic)
                .read(
                        LONG,
                        messages -> messages.stream()
                                        .map(message -> message.key() + number(message))
                                        .distinct()
                                        .count()
                                >= events);
    }

    private static int number(Message message) {
        return CloudEvent.parse(message.value()).data().get("number").asInt();
    }

    private static Later later(SendResult result) {
        assertThat(result).isInstanceOf(Later.class);
        return (Later) result;
    }

    private EventDestination destination(Map<String, String> more) {
        return destination("one", more);
    }

    private EventDestination destination(String id, Map<String, String> more) {
        return new KafkaDestination(producers, id, settings(more), ALLOWED);
    }

    private KafkaSettings settings(Map<String, String> more) {
        Map<String, String> all =
                new HashMap<>(Map.of("bootstrapServers", broker.bootstrap(), "topic", topic, "security", "none"));
        all.putAll(more);
        KafkaSettings settings = KafkaSettings.read(
                name -> Optional.ofNullable(all.get(name)), name -> Optional.ofNullable(all.get(name)));
        assertThat(settings.flaw()).isEmpty();
        return settings;
    }

    private static Map<String, String> secured() {
        return Map.of(
                "bootstrapServers",
                broker.secured(),
                "security",
                "tls",
                "mechanism",
                "plain",
                "username",
                KafkaBroker.USERNAME,
                "password",
                KafkaBroker.PASSWORD,
                "authorities",
                authority());
    }

    private static String authority() {
        try (InputStream in = Files.newInputStream(Authority.shared().trusted())) {
            KeyStore trusted = KeyStore.getInstance("PKCS12");
            trusted.load(in, Authority.PASSWORD.toCharArray());
            return "-----BEGIN CERTIFICATE-----\n"
                    + Base64.getMimeEncoder()
                            .encodeToString(
                                    trusted.getCertificate(trusted.aliases().nextElement())
                                            .getEncoded())
                    + "\n-----END CERTIFICATE-----\n";
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static CloudEvent event(String subject, int number) {
        ObjectNode data = Http.object().put("number", number);
        return new CloudEvent(
                subject.getBytes(StandardCharsets.UTF_8).length + "-" + number,
                "/realms/bank",
                "io.assent.consent.ended",
                subject,
                Instant.EPOCH,
                "%010d".formatted(number),
                data);
    }
}
