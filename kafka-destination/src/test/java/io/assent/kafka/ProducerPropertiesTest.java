package io.assent.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.assent.destination.EventDestination;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.SaslConfigs;
import org.junit.jupiter.api.Test;

class ProducerPropertiesTest {

    @Test
    void aDeliveryTakesLessThanADestinationMay() {
        assertThat(ProducerProperties.LONGEST_LOOK.plus(ProducerProperties.LONGEST_WAIT))
                .isLessThan(EventDestination.MAX_DURATION);
    }

    @Test
    void allReplicasTakeItOnce() {
        assertThat(of(Map.of()))
                .containsEntry(ProducerConfig.ACKS_CONFIG, "all")
                .containsEntry(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true)
                .containsEntry("security.protocol", "SSL");
    }

    @Test
    void nothingInAPasswordIsReadAsConfiguration() {
        Map<String, Object> properties = of(Map.of(
                "mechanism",
                "scram-sha-512",
                "username",
                "bank",
                "password",
                "x\"; com.sun.security.auth.module.JndiLoginModule required a=\"\\"));

        assertThat(properties)
                .containsEntry("security.protocol", "SASL_SSL")
                .containsEntry("sasl.mechanism", "SCRAM-SHA-512")
                .containsEntry(
                        SaslConfigs.SASL_JAAS_CONFIG,
                        "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"bank\""
                                + " password=\"x\\\"; com.sun.security.auth.module.JndiLoginModule required a=\\\"\\\\\";");
    }

    private static Map<String, Object> of(Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(Map.of("bootstrapServers", "kafka:9093", "topic", "events"));
        all.putAll(settings);
        return ProducerProperties.of(
                "id",
                KafkaSettings.read(
                        name -> Optional.ofNullable(all.get(name)), name -> Optional.ofNullable(all.get(name))));
    }
}
