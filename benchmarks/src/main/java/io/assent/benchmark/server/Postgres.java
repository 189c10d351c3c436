package io.assent.benchmark.server;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** One PostgreSQL cluster, which keeps what it says it has kept: every commit waits for the disk. */
public final class Postgres implements AutoCloseable {

    static final String USER = "postgres";

    private static final Map<String, String> SETTINGS = Map.of(
            // the embedded cluster has both off otherwise
            "fsync", "on",
            "synchronous_commit", "on",
            "max_connections", "900",
            "shared_buffers", "1GB",
            // no checkpoint falls into somebody's phase by chance
            "max_wal_size", "16GB",
            "checkpoint_timeout", "1h",
            "shared_preload_libraries", "pg_stat_statements");

    private final EmbeddedPostgres cluster;
    private final long pid;

    private Postgres(EmbeddedPostgres cluster, long pid) {
        this.cluster = cluster;
        this.pid = pid;
    }

    /** @param directory for its binaries and its data */
    public static Postgres start(Path directory) {
        Path data = directory.resolve("data");
        EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder()
                .setOverrideWorkingDirectory(directory.resolve("binaries").toFile())
                .setDataDirectory(data)
                .setPGStartupWait(Duration.ofSeconds(60));
        SETTINGS.forEach(builder::setServerConfig);
        try {
            Files.createDirectories(directory);
            EmbeddedPostgres cluster = builder.start();
            long pid = Long.parseLong(
                    Files.readAllLines(data.resolve("postmaster.pid")).get(0).trim());
            Postgres postgres = new Postgres(cluster, pid);
            postgres.requireDurable();
            return postgres;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void requireDurable() {
        Database any = database(USER);
        for (String setting : new String[] {"fsync", "synchronous_commit"}) {
            if (!any.text("SHOW " + setting).equals("on")) {
                throw new IllegalStateException("PostgreSQL has " + setting + " off: nothing it says counts");
            }
        }
    }

    /** An empty database. */
    public Database create(String name) {
        database(USER).execute("CREATE DATABASE " + name);
        return prepared(name);
    }

    /** A copy of a database that nobody is connected to. */
    public Database copy(Database original, String name) {
        database(USER).execute("CREATE DATABASE " + name + " TEMPLATE " + original.name());
        return prepared(name);
    }

    private Database prepared(String name) {
        Database database = database(name);
        database.execute("CREATE EXTENSION IF NOT EXISTS pg_stat_statements");
        return database;
    }

    private Database database(String name) {
        return new Database(name, cluster.getJdbcUrl(USER, name), cluster.getDatabase(USER, name));
    }

    /** The CPU time of all of its processes, in milliseconds. */
    public long cpuMillis() {
        return ProcessTimes.cpuMillisWithChildren(pid);
    }

    public String version() {
        return database(USER).text("SHOW server_version");
    }

    @Override
    public void close() {
        try {
            cluster.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
