package io.assent.testing.server;

import io.assent.testing.Eventually;
import io.assent.testing.Ports;
import io.assent.testing.http.Authority;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;

/**
 * A real Apache Kafka broker of a test's own, which is its own controller too: a program of its own on this machine,
 * with the jars that the build put together in {@code kafka-broker}. It keeps what it has while it is down.
 */
public final class KafkaBroker implements AutoCloseable {

    /** Who may send to a broker with {@link #secured}. */
    public static final String USERNAME = "bank";

    /** With a character that ends a word, and one that ends a text. */
    public static final String PASSWORD = "se\"cr;e\\t";

    private static final Duration START_LIMIT = Duration.ofMinutes(3);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(60);

    private static final Path LIB = Path.of(System.getProperty("assent.root", ".."), "kafka-broker/target/lib");
    private static final String CLUSTER = "MkU3OEVBNTcwNTJENDM2Qk";

    private final Path home;
    /** Without security, for the broker itself and for tests that read. */
    private final int port = Ports.free();

    private final int securedPort = Ports.free();
    private Process process;

    private KafkaBroker(Path home) {
        this.home = home;
        Runtime.getRuntime().addShutdownHook(new Thread(this::kill));
    }

    /** One that is running. */
    public static KafkaBroker started() {
        KafkaBroker broker = prepared();
        broker.start();
        return broker;
    }

    /** One that is not running yet. */
    public static KafkaBroker prepared() {
        try {
            KafkaBroker broker =
                    new KafkaBroker(Files.createTempDirectory(Files.createDirectories(Distribution.TARGET), "kafka-")
                            .toAbsolutePath());
            broker.format();
            return broker;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void format() throws IOException {
        Files.writeString(home.resolve("server.properties"), properties());
        Process format = java("kafka.tools.StorageTool", "format", "-t", CLUSTER, "-c", "server.properties");
        try {
            if (!format.waitFor(START_LIMIT.toSeconds(), TimeUnit.SECONDS) || format.exitValue() != 0) {
                format.destroyForcibly();
                throw new AssertionError("no storage for a broker: " + said());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private String properties() {
        int controller = Ports.free();
        return """
                process.roles=broker,controller
                node.id=1
                controller.quorum.voters=1@127.0.0.1:%1$d
                controller.listener.names=CONTROLLER
                inter.broker.listener.name=PLAIN
                listeners=CONTROLLER://127.0.0.1:%1$d,PLAIN://127.0.0.1:%2$d,SECURED://127.0.0.1:%3$d
                advertised.listeners=PLAIN://127.0.0.1:%2$d,SECURED://localhost:%3$d
                listener.security.protocol.map=CONTROLLER:PLAINTEXT,PLAIN:PLAINTEXT,SECURED:SASL_SSL
                log.dirs=%4$s
                num.partitions=3
                auto.create.topics.enable=false
                offsets.topic.replication.factor=1
                offsets.topic.num.partitions=1
                transaction.state.log.replication.factor=1
                transaction.state.log.min.isr=1
                group.initial.rebalance.delay.ms=0
                ssl.keystore.location=%5$s
                ssl.keystore.type=PKCS12
                ssl.keystore.password=%6$s
                ssl.key.password=%6$s
                listener.name.secured.sasl.enabled.mechanisms=PLAIN
                listener.name.secured.plain.sasl.jaas.config=org.apache.kafka.common.security.plain.PlainLoginModule required user_%7$s="%8$s";
                """.formatted(
                        controller,
                        port,
                        securedPort,
                        home.resolve("data"),
                        Authority.shared().serverKeys(),
                        Authority.PASSWORD,
                        USERNAME,
                        // once for JAAS and once for the file of properties
                        PASSWORD.replace("\\", "\\\\").replace("\"", "\\\"").replace("\\", "\\\\"));
    }

    /** Starts it, on what it had, and returns when it answers. */
    public void start() {
        try {
            process = java("kafka.Kafka", "server.properties");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Eventually.within(START_LIMIT, "a broker (see " + log() + ")", this::answers);
    }

    private Process java(String... command) throws IOException {
        if (!Files.isDirectory(LIB)) {
            throw new IllegalStateException("No broker in " + LIB.toAbsolutePath() + ": the build puts it there");
        }
        List<String> all = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xms64m",
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                LIB.toAbsolutePath() + "/*"));
        all.addAll(List.of(command));
        return new ProcessBuilder(all)
                .directory(home.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()))
                .start();
    }

    private boolean answers() {
        if (!process.isAlive()) {
            throw new AssertionError("the broker ended with " + process.exitValue() + ": " + said());
        }
        try (Admin admin = admin()) {
            return !admin.describeCluster().nodes().get(2, TimeUnit.SECONDS).isEmpty();
        } catch (ExecutionException | TimeoutException notYet) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Makes a topic of three partitions. */
    public void makeTopic(String topic) {
        try (Admin admin = admin()) {
            admin.createTopics(List.of(new NewTopic(topic, 3, (short) 1))).all().get(60, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        Eventually.within(Duration.ofMinutes(1), "leaders of " + topic, () -> isLed(topic));
    }

    /** Whether each partition can be written to. */
    private boolean isLed(String topic) {
        try (Admin admin = admin()) {
            return admin
                    .describeTopics(List.of(topic))
                    .allTopicNames()
                    .get(2, TimeUnit.SECONDS)
                    .get(topic)
                    .partitions()
                    .stream()
                    .allMatch(partition -> partition.leader() != null);
        } catch (ExecutionException | TimeoutException notYet) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private Admin admin() {
        return Admin.create(Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrap(),
                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
                2_000,
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                2_000));
    }

    /** Where everybody may read and write, in the clear. */
    public String bootstrap() {
        return "127.0.0.1:" + port;
    }

    /** Where {@value #USERNAME} may, by TLS. */
    public String secured() {
        return "localhost:" + securedPort;
    }

    /** Ends it as a power cut does (SIGKILL). */
    public void kill() {
        if (process != null) {
            process.destroyForcibly();
            process.onExit().join();
        }
    }

    /** Stops it as an operator does. */
    public void stop() {
        process.destroy();
        try {
            if (!process.waitFor(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                kill();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private Path log() {
        return home.resolve("log");
    }

    private String said() {
        try {
            return Files.readString(log());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        kill();
        ServerFiles.delete(home);
    }
}
