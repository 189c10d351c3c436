package io.assent.testing.server;

import io.assent.testing.Eventually;
import io.assent.testing.Ports;
import io.assent.testing.actor.RealmFile;
import io.assent.testing.actor.Server;
import io.assent.testing.http.Http;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** A real, stock Keycloak with the project's jars: a process of its own that is reached over its socket alone. */
public final class Keycloak implements Server, AutoCloseable {

    /** A machine that also does something else can take minutes. */
    private static final Duration START_LIMIT = Duration.ofMinutes(8);

    private static final Duration STOP_LIMIT = Duration.ofSeconds(30);

    /** What a node says that could not join the others in time, as where one of them was killed in that moment. */
    private static final String NOT_JOINED = "ISPN000658";

    /** The tests' TPPs are on this machine, which is inside. */
    private static final String ALLOWED_HOSTS = "--spi-connections-http-client--client-endpoints--allowed-hosts";

    private static final String ALLOWED_DESTINATIONS =
            "--spi-connections-http-client--event-destinations--allowed-hosts";

    /** Which provider of an SPI is the default. */
    private static final Pattern PROVIDER = Pattern.compile("--spi-[a-z-]+--provider=.*");

    private static final String PLATFORMS = "--spi-consent-device--jpa--platforms";

    private final String name;
    private final Database database;
    private final DatabaseAddress address;
    private final Path home;
    private final int port = Ports.free();
    private final List<RealmFile> realms;
    private final List<String> options;
    private final String databaseName;
    private final Map<String, String> environment = new HashMap<>();
    private Distribution.Build build;
    private ServerProcess process;
    private int saidBefore;

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
                Distribution.providers(),
                realms,
                options);
    }

    private Keycloak(
            String name,
            Database database,
            DatabaseAddress address,
            String databaseName,
            Path providers,
            List<RealmFile> realms,
            List<String> options) {
        this.name = name;
        this.database = database;
        this.address = address;
        this.databaseName = databaseName;
        this.realms = realms;
        this.options = options;
        this.build = new Distribution.Build(kind(), providers);
        this.home = Distribution.copy(name, build);
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
        return new Keycloak(
                name,
                address == null ? Database.H2 : Database.POSTGRESQL,
                address,
                null,
                providers == null ? Distribution.providers() : providers,
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

    /**
     * Returns when it answers, or fails if it does not. A node that could not join the others is launched again, as
     * whatever keeps an operator's nodes running does.
     */
    public Keycloak awaitReady() {
        Eventually.within(START_LIMIT, name + " ready (see " + log() + ")", this::ready);
        Distribution.built(build, home);
        return this;
    }

    /** Puts other jars in the place of those that it has, which counts from its next start on. */
    public void install(Path providers) {
        Distribution.install(providers, home);
        build = new Distribution.Build(build.kind(), providers);
    }

    /** Sets a variable of the process's environment, which counts from its next start on. */
    public Keycloak environment(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    /** Starts a server that must refuse to, and returns what it said. */
    public String startInVain() {
        launch();
        if (!process.awaitEnd(START_LIMIT)) {
            kill();
            throw new AssertionError("the server neither refused to start nor stopped: " + log());
        }
        if (process.exitValue() == 0) {
            throw new AssertionError("the server stopped as if all were well: " + log());
        }
        return said();
    }

    /** Stops it as an operator does, with its data kept. */
    public void stop() {
        if (!process.stop(STOP_LIMIT)) {
            kill();
            throw new AssertionError(name + " did not stop within " + STOP_LIMIT);
        }
    }

    /** Ends it as a power cut does (SIGKILL). */
    public void kill() {
        if (process != null) {
            process.kill();
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
        return process.pid();
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
        List<String> arguments = new ArrayList<>();
        if (address == null) {
            arguments.add("start-dev");
        } else {
            arguments.addAll(List.of("start", "--hostname-strict=false", "--http-enabled=true"));
            arguments.addAll(address.options());
            if (options("--cache").isEmpty()) {
                arguments.add("--cache=local");
            }
        }
        arguments.addAll(List.of("--http-host=127.0.0.1", "--import-realm"));
        // one customer plays many in most tests, and each question is told
        Map.of(
                        "--spi-realm-restapi-extension--consent--decisions-per-minute",
                        999_999,
                        "--spi-realm-restapi-extension--consent--device-calls-per-minute",
                        999_999,
                        "--spi-consent-delivery--push--burst-seconds",
                        0,
                        ALLOWED_HOSTS,
                        "127.0.0.1,localhost",
                        ALLOWED_DESTINATIONS,
                        "127.0.0.1",
                        // without a name there is no platform log
                        PLATFORMS,
                        "fcm,log,sandbox,sns")
                .forEach((limit, value) -> {
                    if (options.stream().noneMatch(option -> option.startsWith(limit))) {
                        arguments.add(limit + "=" + value);
                    }
                });
        arguments.addAll(options);
        saidBefore = Files.exists(log()) ? said().length() : 0;
        process = ServerProcess.start(home, arguments, environment(), log());
    }

    private Map<String, String> environment() {
        Map<String, String> all = new HashMap<>(Map.of(
                // not an option, since the dev realm reads it too
                "KC_HTTP_PORT",
                String.valueOf(port),
                "KC_BOOTSTRAP_ADMIN_USERNAME",
                ADMIN,
                "KC_BOOTSTRAP_ADMIN_PASSWORD",
                ADMIN,
                "JAVA_OPTS_KC_HEAP",
                "-Xms128m -Xmx512m",
                "JAVA_OPTS_APPEND",
                "-XX:TieredStopAtLevel=1",
                // a server that prepares itself looks for SSSD, and would wait ten seconds for its bus
                "DBUS_SYSTEM_BUS_ADDRESS",
                "none:",
                // for SNS, where a fake does not look at them; the SDK signs with nothing less
                "AWS_ACCESS_KEY_ID",
                "a-test",
                "AWS_SECRET_ACCESS_KEY",
                "a-test"));
        all.putAll(environment);
        return all;
    }

    /** What it prepares itself for: the kind of database, and options that are read at that time alone. */
    private String kind() {
        return (address == null ? "dev" : address.kind())
                + options("--cache")
                + options("--metrics")
                + options("--tracing-enabled")
                + options(TlsKeycloak.CLIENT_CERTIFICATES)
                + options.stream().filter(PROVIDER.asMatchPredicate()).toList();
    }

    private List<String> options(String prefix) {
        return options.stream().filter(option -> option.startsWith(prefix)).toList();
    }

    private boolean ready() {
        if (!process.isAlive()) {
            String said = said();
            if (!said.substring(saidBefore).contains(NOT_JOINED)) {
                throw new AssertionError(name + " ended with " + process.exitValue() + ": " + said);
            }
            launch();
        }
        String realm =
                realms.isEmpty() ? "master" : realms.get(realms.size() - 1).name();
        try {
            return Http.send(Http.request(uri("/realms/" + realm))).status() == 200;
        } catch (UncheckedIOException e) {
            return false;
        }
    }
}
