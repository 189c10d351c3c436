package io.assent.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KafkaSettingsTest {

    private static final String CERTIFICATE = "-----BEGIN CERTIFICATE-----\nMII";
    private static final String KEY = "-----BEGIN PRIVATE KEY-----\nMII";

    @Test
    void serversAndATopicAreEnoughAndTlsIsTheDefault() {
        KafkaSettings settings = read(Map.of());

        assertThat(settings.flaw()).isEmpty();
        assertThat(settings.security()).isEqualTo(KafkaSettings.TLS);
        assertThat(settings.hosts()).containsExactly("kafka.bank.example");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a:1", "a:1, B:65535", "127.0.0.1:9092", "[::1]:9092", "kafka_1.internal:9093"})
    void serversAreHostsWithPorts(String servers) {
        assertThat(flaw("bootstrapServers", servers)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "kafka",
                "kafka:",
                ":9092",
                "kafka:65536",
                "kafka:9092,",
                "kafka:9092;b:1",
                "https://kafka:9092",
                "kafka:9092/x",
                "ka fka:9092",
                "k:1,k:1,k:1,k:1,k:1,k:1,k:1,k:1,k:1,k:1,k:1"
            })
    void whatIsNoServerIsRefused(String servers) {
        assertThat(flaw("bootstrapServers", servers))
                .hasValueSatisfying(flaw -> assertThat(flaw).startsWith("'bootstrapServers' must be"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "a b", "ä", "a/b", "a\nb"})
    void whatIsNoTopicIsRefused(String topic) {
        assertThat(flaw("topic", topic))
                .hasValueSatisfying(flaw -> assertThat(flaw).startsWith("'topic' must be"));
    }

    @Test
    void aTopicHasABound() {
        assertThat(flaw("topic", "t".repeat(249))).isEmpty();
        assertThat(flaw("topic", "t".repeat(250))).isPresent();
    }

    @ParameterizedTest
    @CsvSource({"security,ssl", "security,TLS", "mechanism,gssapi", "mechanism,oauthbearer", "mechanism,PLAIN"})
    void otherWordsAreRefused(String setting, String value) {
        assertThat(flaw(setting, value)).isPresent();
    }

    @Test
    void aPasswordInTheClearIsRefused() {
        Map<String, String> plain =
                Map.of("security", "none", "mechanism", "plain", "username", "bank", "password", "secret");

        assertThat(read(plain).flaw())
                .hasValueSatisfying(
                        flaw -> assertThat(flaw).contains("sends the password").doesNotContain("secret"));
        assertThat(with(plain, "security", "tls").flaw()).isEmpty();
        assertThat(with(plain, "mechanism", "scram-sha-512").flaw()).isEmpty();
    }

    @Test
    void aMechanismNeedsAUserAndAPasswordAndTheyNeedOne() {
        assertThat(flaw("mechanism", "plain")).isPresent();
        assertThat(flaw("username", "bank")).isPresent();
        assertThat(flaw("password", "secret")).isPresent();
        assertThat(read(Map.of("mechanism", "plain", "username", "ba\nnk", "password", "secret"))
                        .flaw())
                .isPresent();
        assertThat(read(Map.of("mechanism", "plain", "username", "bank", "password", "s".repeat(256)))
                        .flaw())
                .isPresent();
    }

    @Test
    void certificatesArePemAndGoWithTheirKeyAndWithTls() {
        assertThat(flaw("authorities", CERTIFICATE)).isEmpty();
        assertThat(flaw("authorities", "/etc/passwd")).isPresent();
        assertThat(flaw("authorities", CERTIFICATE + "x".repeat(20_000))).isPresent();
        assertThat(flaw("certificate", CERTIFICATE)).isPresent();
        assertThat(flaw("privateKey", KEY)).isPresent();
        Map<String, String> both = Map.of("certificate", CERTIFICATE, "privateKey", KEY);
        assertThat(read(both).flaw()).isEmpty();
        assertThat(with(both, "privateKey", "${vault.kafka}").flaw()).isEmpty();
        assertThat(with(both, "privateKey", "-----BEGIN ENCRYPTED PRIVATE KEY-----")
                        .flaw())
                .isPresent();
        assertThat(with(both, "security", "none").flaw()).isPresent();
    }

    @Test
    void itsTextHasNoSecret() {
        assertThat(read(Map.of("mechanism", "plain", "username", "bank", "password", "secret"))
                        .toString())
                .doesNotContain("secret");
    }

    @Test
    void onlyBrokersThatTheOperatorAllowsAreNamed() {
        KafkaSettings settings = with(Map.of(), "bootstrapServers", "Kafka-1:9092, kafka-2:9092");

        assertThat(new AllowedHosts(Set.of("kafka-1", "kafka-2"), "--an-option").flaw(settings))
                .isEmpty();
        assertThat(new AllowedHosts(Set.of("kafka-1"), "--an-option").flaw(settings))
                .hasValueSatisfying(flaw -> assertThat(flaw).contains("--an-option"));
        assertThat(new AllowedHosts(Set.of(), "--an-option").flaw(settings)).isPresent();
    }

    private static Optional<String> flaw(String setting, String value) {
        return with(Map.of(), setting, value).flaw();
    }

    private static KafkaSettings with(Map<String, String> settings, String setting, String value) {
        Map<String, String> all = new HashMap<>(settings);
        all.put(setting, value);
        return read(all);
    }

    private static KafkaSettings read(Map<String, String> settings) {
        Map<String, String> all =
                new HashMap<>(Map.of("bootstrapServers", "kafka.bank.example:9093", "topic", "events"));
        all.putAll(settings);
        return KafkaSettings.read(
                name -> Optional.ofNullable(all.get(name)), name -> Optional.ofNullable(all.get(name)));
    }
}
