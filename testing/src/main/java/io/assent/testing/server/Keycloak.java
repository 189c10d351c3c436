package io.assent.testing.server;

import io.assent.testing.Eventually;
import io.assent.testing.actor.RealmFile;
import io.assent.testing.actor.Server;
import io.assent.testing.http.Http;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A real, stock Keycloak with the project's jars: a process of its own that is reached over its socket alone. */
public final class Keycloak implements Server, AutoCloseable {

    private static final Duration START_LIMIT = Duration.ofSeconds(240);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(30);

    private final String name;
    private final Database database;
    private final DatabaseAddress address;
    private final String build;
    private final Path home;
    private final int port = freePort();
    private final List<RealmFile> realms;
    private final List<String> options;
    private final String databaseName;
    private final Map<String, String> environment = new HashMap<>();
    private Process process;

    /** A server that is not started yet. */
    public Keycloak(String name, Database database, List<RealmFile> realms, String... options) {
        this(
                name,
                database,
                realms,
                database == Database.POSTGRESQL ? Postgres.createDatabase(name) : null,
                List.of(options));
    }

    private Keycloak(
            String name, Database database, List<RealmFile> realms, String databaseName, List<String> options) {
        this(
                name,
                database,
                database == Database.POSTGRESQL ? Postgres.address(databaseName) : null,
                databaseName,
                database.name(),
                Distribution.copy(name, database.name()),
                realms,
                options);
    }

    private Keycloak(
            String name,
            Database database,
            DatabaseAddress address,
            String databaseName,
            String build,
            Path home,
            List<RealmFile> realms,
            List<String> options) {
        this.name = name;
        this.database = database;
        this.address = address;
        this.databaseName = databaseName;
        this.build = build;
        this.home = home;
        this.realms = realms;
        this.options = options;
        realms.forEach(realm -> realm.writeTo(home.resolve("data/import")));
        forgetLog();
        Runtime.getRuntime().addShutdownHook(new Thread(this::kill));
    }

    /**
     * A server on a database of the test's own, or on its own file where there is no address, that is not started yet.
     *
     * @param providers the folder with the jars that it runs, or {@code null} for those of this build
     */
    public static Keycloak on(
            DatabaseAddress address, Path providers, String name, List<RealmFile> realms, String... options) {
        String build = address == null ? Database.H2.name() : address.kind();
        return new Keycloak(
                name,
                address == null ? Database.H2 : Database.POSTGRESQL,
                address,
                null,
                providers == null ? build : build + providers,
                providers == null ? Distribution.copy(name, build) : Distribution.copyWith(name, providers),
                realms,
                List.of(options));
    }

    /** Another node on the same PostgreSQL database, that is not started yet. */
    public Keycloak anotherNode(String nodeName) {
        return new Keycloak(nodeName, database, realms, databaseName, options);
    }

    /** Starts it, and returns when it answers. */
    public Keycloak start() {
        launch();
        return awaitReady();
    }

    /** Returns when it answers, or fails if it does not. */
    public Keycloak awaitReady() {
        Eventually.within(START_LIMIT, name + " ready (see " + log() + ")", this::ready);
        Distribution.built(build, home);
        return this;
    }

    /** Puts other jars in the place of those that it has, which counts from its next start on. */
    public void install(Path providers) {
        Distribution.install(providers, home);
    }

    /** Sets a variable of the process's environment, which counts from its next start on. */
    public Keycloak environment(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    /** Starts a server that must refuse to, and returns what it said. */
    public String startInVain() {
        launch();
        try {
            if (!process.waitFor(START_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                kill();
                throw new AssertionError("the server neither refused to start nor stopped: " + log());
            }
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
        if (process.exitValue() == 0) {
            throw new AssertionError("the server stopped as if all were well: " + log());
        }
        return said();
    }

    /** Stops it as an operator does, with its data kept. */
    public void stop() {
        List<ProcessHandle> all = processes();
        all.forEach(ProcessHandle::destroy);
        try {
            if (!process.waitFor(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                kill();
                throw new AssertionError(name + " did not stop within " + STOP_LIMIT);
            }
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    /** Ends it as a power cut does (SIGKILL). */
    public void kill() {
        if (process != null) {
            processes().forEach(ProcessHandle::destroyForcibly);
            process.onExit().join();
        }
    }

    @Override
    public void close() {
        kill();
    }

    public Database database() {
        return database;
    }

    /** The name of its PostgreSQL database. */
    public String databaseName() {
        return databaseName;
    }

    @Override
    public URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    /** Where themes are put that are not in a jar. */
    public Path themes() {
        return home.resolve("themes");
    }

    public int port() {
        return port;
    }

    /** The server's own process, not the script's that started it. */
    public long pid() {
        return processes().stream()
                .filter(candidate -> candidate.info().command().orElse("").endsWith("java"))
                .findFirst()
                .orElseThrow()
                .pid();
    }

    public Path log() {
        return home.resolveSibling(name + ".log");
    }

    @Override
    public String said() {
        try {
            return Files.readString(log());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void forgetLog() {
        try {
            Files.deleteIfExists(log());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts it, and returns at once. */
    public void launch() {
        List<String> command = new ArrayList<>();
        command.add(home.resolve("bin/kc.sh").toString());
        if (address == null) {
            command.add("start-dev");
        } else {
            command.addAll(List.of("start", "--hostname-strict=false", "--http-enabled=true"));
            command.addAll(address.options());
            if (options.stream().noneMatch(option -> option.startsWith("--cache"))) {
                command.add("--cache=local");
            }
        }
        command.addAll(List.of("--http-host=127.0.0.1", "--import-realm"));
        // one customer plays many in most tests
        Stream.of("decisions-per-minute", "device-calls-per-minute")
                .map(limit -> "--spi-realm-restapi-extension--consent--" + limit)
                .filter(limit -> options.stream().noneMatch(option -> option.startsWith(limit)))
                .forEach(limit -> command.add(limit + "=999999"));
        command.addAll(options);
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()));
        builder.environment()
                .keySet()
                .removeIf(variable -> variable.startsWith("KC_") || variable.startsWith("JAVA_OPTS"));
        // not an option, since the dev realm reads it too
        builder.environment().put("KC_HTTP_PORT", String.valueOf(port));
        builder.environment().put("KC_BOOTSTRAP_ADMIN_USERNAME", ADMIN);
        builder.environment().put("KC_BOOTSTRAP_ADMIN_PASSWORD", ADMIN);
        builder.environment().put("JAVA_OPTS_KC_HEAP", "-Xms128m -Xmx512m");
        builder.environment().put("JAVA_OPTS_APPEND", "-XX:TieredStopAtLevel=1");
        // for SNS, where a fake does not look at them; the SDK signs with nothing less
        builder.environment().put("AWS_ACCESS_KEY_ID", "a-test");
        builder.environment().put("AWS_SECRET_ACCESS_KEY", "a-test");
        builder.environment().putAll(environment);
        try {
            process = builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean ready() {
        if (!process.isAlive()) {
            throw new AssertionError(name + " ended with " + process.exitValue() + ": " + said());
        }
        String realm =
                realms.isEmpty() ? "master" : realms.get(realms.size() - 1).name();
        try {
            return Http.send(Http.request(uri("/realms/" + realm))).status() == 200;
        } catch (UncheckedIOException e) {
            return false;
        }
    }

    /** The script and the server that it started. */
    private List<ProcessHandle> processes() {
        List<ProcessHandle> all = new ArrayList<>(process.descendants().toList());
        all.add(process.toHandle());
        return all;
    }

    static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static IllegalStateException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new IllegalStateException(e);
    }
}
