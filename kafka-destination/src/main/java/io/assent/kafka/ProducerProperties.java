package io.assent.kafka;

import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.SaslConfigs;
import org.apache.kafka.common.config.SslConfigs;
import org.apache.kafka.common.security.auth.SecurityProtocol;
import org.apache.kafka.common.security.plain.PlainLoginModule;
import org.apache.kafka.common.security.scram.ScramLoginModule;

/** What Kafka's producer is told: by the admin's settings, and for the rest by us. */
final class ProducerProperties {

    /** Until a broker has said where the topic is. */
    static final Duration LONGEST_LOOK = Duration.ofSeconds(6);
    /** From then on, with all of the producer's own repeats. */
    private static final Duration LONGEST_DELIVERY = Duration.ofSeconds(10);

    private static final Duration LONGEST_REQUEST = Duration.ofSeconds(4);

    /** In bytes. Few events are under way at once. */
    private static final long MEMORY = 4 << 20;

    private static final String PEM = "PEM";

    /** For an answer, where the producer does not give up first. With the look before: less than a destination may. */
    static final Duration LONGEST_WAIT = LONGEST_DELIVERY.plusSeconds(2);

    static Map<String, Object> of(String destinationId, KafkaSettings settings) {
        Map<String, Object> all = new HashMap<>();
        all.put(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                settings.bootstrapServers().replace(" ", ""));
        all.put(ProducerConfig.CLIENT_ID_CONFIG, "assent-" + destinationId);

        // taken by all replicas that count, once and in order for as long as this producer lives
        all.put(ProducerConfig.ACKS_CONFIG, "all");
        all.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        all.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        all.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "none");
        all.put(ProducerConfig.BUFFER_MEMORY_CONFIG, MEMORY);

        all.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, LONGEST_LOOK.toMillis());
        all.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, (int) LONGEST_DELIVERY.toMillis());
        all.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) LONGEST_REQUEST.toMillis());
        all.put(ProducerConfig.SOCKET_CONNECTION_SETUP_TIMEOUT_MS_CONFIG, LONGEST_REQUEST.toMillis());
        all.put(ProducerConfig.SOCKET_CONNECTION_SETUP_TIMEOUT_MAX_MS_CONFIG, LONGEST_REQUEST.toMillis());
        // a broker that is back is found within an attempt, and one that is down does not fill the log
        all.put(ProducerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 3_000L);

        // numbers of Kafka's own are nobody's here
        all.put(ProducerConfig.METRIC_REPORTER_CLASSES_CONFIG, "");
        all.put(ProducerConfig.ENABLE_METRICS_PUSH_CONFIG, false);

        secure(settings, all);
        return all;
    }

    private static void secure(KafkaSettings settings, Map<String, Object> all) {
        boolean tls = settings.security().equals(KafkaSettings.TLS);
        boolean sasl = !settings.mechanism().equals(KafkaSettings.NONE);
        SecurityProtocol protocol = sasl
                ? tls ? SecurityProtocol.SASL_SSL : SecurityProtocol.SASL_PLAINTEXT
                : tls ? SecurityProtocol.SSL : SecurityProtocol.PLAINTEXT;
        all.put(CommonClientConfigs.SECURITY_PROTOCOL_CONFIG, protocol.name);
        settings.authorities().ifPresent(pem -> {
            all.put(SslConfigs.SSL_TRUSTSTORE_TYPE_CONFIG, PEM);
            all.put(SslConfigs.SSL_TRUSTSTORE_CERTIFICATES_CONFIG, pem);
        });
        settings.certificate().ifPresent(pem -> {
            all.put(SslConfigs.SSL_KEYSTORE_TYPE_CONFIG, PEM);
            all.put(SslConfigs.SSL_KEYSTORE_CERTIFICATE_CHAIN_CONFIG, pem);
        });
        settings.privateKey().ifPresent(pem -> all.put(SslConfigs.SSL_KEYSTORE_KEY_CONFIG, pem));
        if (sasl) {
            all.put(SaslConfigs.SASL_MECHANISM, settings.mechanism().toUpperCase(Locale.ROOT));
            all.put(SaslConfigs.SASL_JAAS_CONFIG, jaas(settings));
        }
    }

    private static String jaas(KafkaSettings settings) {
        Class<?> module =
                settings.mechanism().equals(KafkaSettings.PLAIN) ? PlainLoginModule.class : ScramLoginModule.class;
        return "%s required username=%s password=%s;"
                .formatted(
                        module.getName(),
                        quoted(settings.username().orElse("")),
                        quoted(settings.password().orElse("")));
    }

    /** As a configuration of JAAS has it: nothing in a value ends it. */
    private static String quoted(String value) {
        return '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    private ProducerProperties() {}
}
