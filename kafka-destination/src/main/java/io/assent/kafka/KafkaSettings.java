package io.assent.kafka;

import io.assent.destination.Setting;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.provider.ProviderConfigurationBuilder;

/**
 * What an admin sets of one destination. Named settings alone: Kafka's own properties can name classes and files of the
 * server's.
 *
 * @param bootstrapServers hosts with ports, with commas between them
 * @param security {@code tls}, which is the default, or {@code none}
 * @param mechanism how it says who it is: {@code none}, which is the default, or one of SASL's
 * @param authorities PEM certificates of those whom it trusts instead of whom the server trusts
 * @param certificate PEM certificates by which it says who it is in TLS, its own first
 * @param privateKey for these, PEM, PKCS 8, not encrypted
 */
record KafkaSettings(
        String bootstrapServers,
        String topic,
        String security,
        String mechanism,
        Optional<String> username,
        Optional<String> password,
        Optional<String> authorities,
        Optional<String> certificate,
        Optional<String> privateKey) {

    static final String BOOTSTRAP_SERVERS = "bootstrapServers";
    static final String TOPIC = "topic";
    static final String SECURITY = "security";
    static final String MECHANISM = "mechanism";
    static final String USERNAME = "username";
    static final String PASSWORD = "password";
    static final String AUTHORITIES = "authorities";
    static final String CERTIFICATE = "certificate";
    static final String PRIVATE_KEY = "privateKey";

    static final String TLS = "tls";
    static final String NONE = "none";
    static final String PLAIN = "plain";
    static final String SCRAM_256 = "scram-sha-256";
    static final String SCRAM_512 = "scram-sha-512";

    private static final int MOST_SERVERS = 10;
    private static final int LONGEST_PEM = 20_000;
    private static final Pattern SERVER =
            Pattern.compile("([A-Za-z0-9_.-]{1,253}|\\[[0-9A-Fa-f:.]{2,45}\\]):([0-9]{1,5})");
    private static final Pattern TOPIC_NAME = Pattern.compile("[A-Za-z0-9._-]{1,249}");
    private static final Pattern CREDENTIAL = Pattern.compile("\\P{Cntrl}{1,255}");
    private static final String KEY_BEGINS = "-----BEGIN PRIVATE KEY-----";
    private static final String CERTIFICATE_BEGINS = "-----BEGIN CERTIFICATE-----";

    /**
     * @param text finds a setting
     * @param secret finds a secret, wherever it is kept
     */
    static KafkaSettings read(Function<String, Optional<String>> text, Function<String, Optional<String>> secret) {
        return new KafkaSettings(
                text.apply(BOOTSTRAP_SERVERS).orElse(""),
                text.apply(TOPIC).orElse(""),
                text.apply(SECURITY).orElse(TLS),
                text.apply(MECHANISM).orElse(NONE),
                text.apply(USERNAME),
                secret.apply(PASSWORD),
                text.apply(AUTHORITIES),
                text.apply(CERTIFICATE),
                secret.apply(PRIVATE_KEY));
    }

    /** What is to be set otherwise, in words that repeat no value. */
    Optional<String> flaw() {
        return Stream.of(flawOfServers(), flawOfTopic(), flawOfSecurity(), flawOfLogin(), flawOfCertificates())
                .flatMap(Optional::stream)
                .findFirst();
    }

    private Optional<String> flawOfServers() {
        String[] servers = bootstrapServers.split(",", -1);
        boolean sound = servers.length <= MOST_SERVERS
                && Arrays.stream(servers).allMatch(server -> {
                    Matcher matcher = SERVER.matcher(server.trim());
                    return matcher.matches() && Integer.parseInt(matcher.group(2)) <= 65_535;
                });
        return flawUnless(
                sound,
                "'%s' must be a host and a port, such as kafka:9093; up to %d of them, with commas between them."
                        .formatted(BOOTSTRAP_SERVERS, MOST_SERVERS));
    }

    private Optional<String> flawOfTopic() {
        return flawUnless(
                TOPIC_NAME.matcher(topic).matches() && !topic.equals(".") && !topic.equals(".."),
                "'%s' must be 1 to 249 letters, digits, dots, underscores and hyphens.".formatted(TOPIC));
    }

    private Optional<String> flawOfSecurity() {
        return flawUnless(
                Set.of(TLS, NONE).contains(security), "'%s' must be %s or %s.".formatted(SECURITY, TLS, NONE));
    }

    private Optional<String> flawOfLogin() {
        if (!Set.of(NONE, PLAIN, SCRAM_256, SCRAM_512).contains(mechanism)) {
            return Optional.of(
                    "'%s' must be %s, %s, %s or %s.".formatted(MECHANISM, NONE, PLAIN, SCRAM_256, SCRAM_512));
        }
        if (mechanism.equals(NONE)) {
            return flawUnless(
                    username.isEmpty() && password.isEmpty(),
                    "'%s' and '%s' need a '%s'.".formatted(USERNAME, PASSWORD, MECHANISM));
        }
        if (mechanism.equals(PLAIN) && !security.equals(TLS)) {
            return Optional.of(
                    "'%s' %s sends the password, and so needs '%s' %s.".formatted(MECHANISM, PLAIN, SECURITY, TLS));
        }
        return flawUnless(
                isCredential(username) && isCredential(password),
                "'%s' and '%s' must be 1 to 255 characters each, none of them a control character."
                        .formatted(USERNAME, PASSWORD));
    }

    private static boolean isCredential(Optional<String> value) {
        return value.filter(text -> CREDENTIAL.matcher(text).matches()).isPresent();
    }

    private Optional<String> flawOfCertificates() {
        if (!security.equals(TLS)) {
            return flawUnless(
                    authorities.isEmpty() && certificate.isEmpty() && privateKey.isEmpty(),
                    "'%s', '%s' and '%s' need '%s' %s."
                            .formatted(AUTHORITIES, CERTIFICATE, PRIVATE_KEY, SECURITY, TLS));
        }
        if (certificate.isPresent() != privateKey.isPresent()) {
            return Optional.of("'%s' and '%s' go together.".formatted(CERTIFICATE, PRIVATE_KEY));
        }
        boolean certificates = Stream.of(authorities, certificate)
                .flatMap(Optional::stream)
                .allMatch(pem -> isPem(pem, CERTIFICATE_BEGINS));
        boolean key = privateKey
                .map(pem -> Setting.isInVault(pem) || isPem(pem, KEY_BEGINS))
                .orElse(true);
        return flawUnless(
                certificates && key,
                "'%s' and '%s' must be PEM that begins with %s, and '%s' with %s; at most %d characters each."
                        .formatted(AUTHORITIES, CERTIFICATE, CERTIFICATE_BEGINS, PRIVATE_KEY, KEY_BEGINS, LONGEST_PEM));
    }

    private static boolean isPem(String value, String begins) {
        return value.length() <= LONGEST_PEM && value.startsWith(begins);
    }

    private static Optional<String> flawUnless(boolean sound, String flaw) {
        return sound ? Optional.empty() : Optional.of(flaw);
    }

    /** The brokers' hosts, in lower case. */
    Set<String> hosts() {
        return Arrays.stream(bootstrapServers.split(","))
                .map(String::trim)
                .map(server -> server.substring(0, Math.max(0, server.lastIndexOf(':'))))
                .map(host -> host.toLowerCase(Locale.ROOT))
                .collect(Collectors.toUnmodifiableSet());
    }

    static List<ProviderConfigProperty> properties() {
        return ProviderConfigurationBuilder.create()
                .property()
                .name(BOOTSTRAP_SERVERS)
                .label("Bootstrap servers")
                .type(ProviderConfigProperty.STRING_TYPE)
                .required(true)
                .helpText("Brokers as host:port, separated by commas. The operator must allow each host.")
                .add()
                .property()
                .name(TOPIC)
                .label("Topic")
                .type(ProviderConfigProperty.STRING_TYPE)
                .required(true)
                .helpText("The topic must exist, unless the brokers create topics automatically.")
                .add()
                .property()
                .name(SECURITY)
                .label("Security")
                .type(ProviderConfigProperty.LIST_TYPE)
                .options(TLS, NONE)
                .defaultValue(TLS)
                .helpText("Without TLS, others on the network can read and change events.")
                .add()
                .property()
                .name(MECHANISM)
                .label("SASL mechanism")
                .type(ProviderConfigProperty.LIST_TYPE)
                .options(NONE, PLAIN, SCRAM_256, SCRAM_512)
                .defaultValue(NONE)
                .helpText("The authentication at the brokers, beside a client certificate.")
                .add()
                .property()
                .name(USERNAME)
                .label("Username")
                .type(ProviderConfigProperty.STRING_TYPE)
                .helpText("The username for SASL.")
                .add()
                .property()
                .name(PASSWORD)
                .label("Password")
                .type(ProviderConfigProperty.PASSWORD)
                .secret(true)
                .helpText("The password for SASL, or ${vault.key}.")
                .add()
                .property()
                .name(AUTHORITIES)
                .label("Trusted certificates")
                .type(ProviderConfigProperty.TEXT_TYPE)
                .helpText("PEM. Default: the certificates that this server trusts.")
                .add()
                .property()
                .name(CERTIFICATE)
                .label("Client certificate")
                .type(ProviderConfigProperty.TEXT_TYPE)
                .helpText("PEM, with the chain.")
                .add()
                .property()
                .name(PRIVATE_KEY)
                .label("Private key of the client certificate")
                .type(ProviderConfigProperty.PASSWORD)
                .secret(true)
                .helpText("PEM, PKCS 8, not encrypted; or ${vault.key}.")
                .add()
                .build();
    }

    /** Without its secrets. */
    @Override
    public String toString() {
        return "topic " + topic + " at " + bootstrapServers;
    }
}
