package io.assent.testing.server;

import com.fasterxml.jackson.databind.JsonNode;
import io.assent.testing.Eventually;
import io.assent.testing.Ports;
import io.assent.testing.http.Http;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;

/** A Prometheus of a test's own (Debian: {@code prometheus}), with the rules that are shipped. */
public final class Prometheus implements AutoCloseable {

    private static final Duration START_LIMIT = Duration.ofMinutes(2);

    private final Process process;
    private final int port;

    private Prometheus(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    public static boolean isInstalled() {
        return Programs.areInstalled("prometheus", "promtool");
    }

    /**
     * Scrapes one server, as often as the shipped configuration says.
     *
     * @param configuration the shipped folder
     */
    public static Prometheus scraping(Path configuration, int managementPort) {
        try {
            Path home = Files.createTempDirectory(Files.createDirectories(Distribution.TARGET), "prometheus-")
                    .toAbsolutePath();
            Path config = Files.writeString(
                    home.resolve("prometheus.yml"),
                    Files.readString(configuration.resolve("prometheus.yml"))
                            .replace("keycloak:9000", "127.0.0.1:" + managementPort)
                            .replace(
                                    "/etc/prometheus/assent-rules.yml",
                                    configuration
                                            .resolve("assent-rules.yml")
                                            .toAbsolutePath()
                                            .toString()));
            int port = Ports.free();
            Process process = Programs.run(
                    home.resolve("log"),
                    "prometheus",
                    "--config.file=" + config,
                    "--storage.tsdb.path=" + home.resolve("data"),
                    "--web.listen-address=127.0.0.1:" + port);
            Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
            Prometheus prometheus = new Prometheus(process, port);
            Eventually.within(START_LIMIT, "Prometheus", prometheus::isReady);
            return prometheus;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What {@code promtool} says of the shipped rules. */
    public static String testRules(Path configuration) {
        try {
            Path log = Files.createTempFile(Files.createDirectories(Distribution.TARGET), "promtool-", ".log");
            for (List<String> what : List.of(
                    List.of("check", "rules", "assent-rules.yml"), List.of("test", "rules", "assent-rules-test.yml"))) {
                String file =
                        configuration.resolve(what.get(2)).toAbsolutePath().toString();
                Process promtool = Programs.run(log, "promtool", what.get(0), what.get(1), file);
                if (!promtool.waitFor(5, TimeUnit.MINUTES) || promtool.exitValue() != 0) {
                    promtool.destroyForcibly();
                    return "FAILED\n" + Files.readString(log);
                }
            }
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The series that a query finds now; fails if it is no query. */
    public List<JsonNode> query(String expression) {
        return list(
                get("/api/v1/query?" + Http.query(Map.of("query", expression))).get("result"));
    }

    /** The queries of the rules that are shipped. */
    public List<String> ruleQueries() {
        return list(get("/api/v1/rules").get("groups")).stream()
                .flatMap(group -> list(group.get("rules")).stream())
                .map(rule -> rule.get("query").asText())
                .toList();
    }

    private JsonNode get(String path) {
        return Http.send(Http.request(URI.create("http://127.0.0.1:" + port + path)))
                .ok()
                .get("data");
    }

    private static List<JsonNode> list(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false).toList();
    }

    /** Whether an alert fires now. */
    public boolean fires(String alert) {
        return !query("ALERTS{alertname=\"" + alert + "\",alertstate=\"firing\"}")
                .isEmpty();
    }

    private boolean isReady() {
        if (!process.isAlive()) {
            throw new AssertionError("Prometheus ended with " + process.exitValue());
        }
        try {
            return Http.send(Http.request(URI.create("http://127.0.0.1:" + port + "/-/ready")))
                            .status()
                    == 200;
        } catch (UncheckedIOException e) {
            return false;
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
