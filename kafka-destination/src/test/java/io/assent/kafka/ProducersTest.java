package io.assent.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.assent.testing.Eventually;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.Producer;
import org.junit.jupiter.api.Test;

class ProducersTest {

    private static final Duration SOON = Duration.ofSeconds(20);

    private final List<MockProducer<String, byte[]>> made = new CopyOnWriteArrayList<>();

    @Test
    void oneThatNobodyNeedsIsClosedWithoutAnybodyElseSending() {
        try (Producers producers = new Producers((id, settings) -> make(), Duration.ofMillis(50))) {
            producers.of("a", settings("events"));

            Eventually.within(SOON, "closed", () -> made.get(0).closed());

            assertThat(producers.of("a", settings("events"))).isSameAs(made.get(1));
            Eventually.within(SOON, "closed as well", () -> made.get(1).closed());
        }
    }

    @Test
    void oneThatIsNeededStays() {
        try (Producers producers = new Producers((id, settings) -> make(), Duration.ofSeconds(2))) {
            Producer<String, byte[]> used = producers.of("used", settings("events"));
            producers.of("unused", settings("events"));

            Eventually.within(SOON, "the other one closed", () -> {
                assertThat(producers.of("used", settings("events"))).isSameAs(used);
                return made.get(1).closed();
            });

            assertThat(made.get(0).closed()).isFalse();
            assertThat(made).hasSize(2);
        }
        assertThat(made.get(0).closed()).isTrue();
    }

    @Test
    void oneThatIsSetOtherwiseIsMadeAnew() {
        try (Producers producers = new Producers((id, settings) -> make(), Duration.ofHours(1))) {
            producers.of("a", settings("events"));

            assertThat(producers.of("a", settings("other"))).isSameAs(made.get(1));

            assertThat(made.get(0).closed()).isTrue();
            assertThat(made.get(1).closed()).isFalse();
        }
    }

    private Producer<String, byte[]> make() {
        MockProducer<String, byte[]> producer = new MockProducer<>();
        made.add(producer);
        return producer;
    }

    private static KafkaSettings settings(String topic) {
        Map<String, String> all = Map.of("bootstrapServers", "kafka:9093", "topic", topic);
        return KafkaSettings.read(
                name -> Optional.ofNullable(all.get(name)), name -> Optional.ofNullable(all.get(name)));
    }
}
