package io.assent.benchmark.server;

import io.assent.testing.Ports;
import io.assent.testing.server.ServerProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A server in production mode: optimized, with the same heap and options as every other of the run. */
public final class Keycloak implements AutoCloseable {

    private static final Duration START_LIMIT = Duration.ofSeconds(600);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(30);

    private final String name;
    private final Path home;
    private final Database database;
    private final String heap;
    private final List<String> options;
    private final boolean clustered;
    private final int port = Ports.free();
    private ServerProcess process;

    /**
     * @param heap the size of its heap, as {@code -Xmx} takes it
     * @param clustered whether it looks for other nodes at its database; one node a side does not
     * @param options of {@code kc.sh start}
     */
    public Keycloak(
            String name,
            Distribution distribution,
            Database database,
            String heap,
            boolean clustered,
            List<String> options) {
        this.name = name;
        this.home = distribution.home();
        this.database = database;
        this.heap = heap;
        this.clustered = clustered;
        this.options = List.copyOf(options);
    }

    /** Puts a realm where the next start finds it. */
    public void importAtStart(String realm, String json) {
        try {
            Path directory = Files.createDirectories(home.resolve("data/import"));
            Files.writeString(directory.resolve(realm + "-realm.json"), json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts it, and returns at once. */
    public void start() {
        List<String> arguments = new ArrayList<>(List.of(
                "start",
                "--optimized",
                "--db-url=" + database.url(),
                "--db-username=" + Postgres.USER,
                "--db-password=" + Postgres.USER,
                "--hostname-strict=false",
                "--http-enabled=true",
                "--http-host=127.0.0.1",
                "--http-port=" + port,
                "--import-realm"));
        arguments.addAll(
                clustered
                        ? List.of("--cache=ispn", "--cache-embedded-network-bind-address=127.0.0.1")
                        : List.of("--cache=local"));
        arguments.addAll(options);
        process = ServerProcess.start(
                home, arguments, Map.of("JAVA_OPTS_KC_HEAP", "-Xms" + heap + " -Xmx" + heap), log());
    }

    /** Returns when a realm answers. */
    public void await(String realm) throws InterruptedException {
        long end = System.nanoTime() + START_LIMIT.toNanos();
        while (!answers(realm)) {
            if (!process.isAlive() || System.nanoTime() > end) {
                throw new IllegalStateException("the server " + name + " did not start, see " + log());
            }
            Thread.sleep(200);
        }
    }

    private boolean answers(String realm) {
        try {
            HttpURLConnection connection = (HttpURLConnection)
                    URI.create(url() + "/realms/" + realm).toURL().openConnection();
            connection.setReadTimeout(5000);
            return connection.getResponseCode() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    /** Stops it as an operator does. */
    public void stop() {
        if (process != null && !process.stop(STOP_LIMIT)) {
            close();
        }
    }

    @Override
    public void close() {
        if (process != null) {
            process.kill();
        }
    }

    public int port() {
        return port;
    }

    public String url() {
        return "http://127.0.0.1:" + port;
    }

    /** The server's own process. */
    public long pid() {
        return process.pid();
    }

    public Path log() {
        return home.resolveSibling(name + ".log");
    }
}
