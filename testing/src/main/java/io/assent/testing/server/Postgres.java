package io.assent.testing.server;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A real PostgreSQL from the build's own binaries, started when it is first asked for. */
public final class Postgres {

    static final String USER = "postgres";

    /** What the tests' own connections are called in the log. */
    static final String TEST = "test";

    /** Where the cluster writes its log, as JSON. */
    static final Path LOG = Distribution.TARGET.resolve("postgres-log").toAbsolutePath();

    static final Path WORKING = Distribution.TARGET.resolve("postgres").toAbsolutePath();

    private static EmbeddedPostgres running;

    public static synchronized EmbeddedPostgres cluster() {
        if (running == null) {
            try {
                Path data = Files.createTempDirectory(Files.createDirectories(WORKING), "shared");
                PreparedPostgres.copyTo(data);
                running = builder()
                        .setDataDirectory(data)
                        .setServerConfig("logging_collector", "on")
                        .setServerConfig("log_destination", "jsonlog")
                        .setServerConfig("log_directory", emptied(LOG).toString())
                        .start();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return running;
    }

    /** A cluster that forgets what it has not written down when the machine fails, which ends a test anyway. */
    static EmbeddedPostgres.Builder builder() {
        return EmbeddedPostgres.builder()
                .setOverrideWorkingDirectory(WORKING.toFile())
                .setCleanDataDirectory(false)
                .setPGStartupWait(Duration.ofSeconds(60))
                .setServerConfig("max_connections", "300")
                .setServerConfig("fsync", "off")
                .setServerConfig("full_page_writes", "off");
    }

    /** Creates a database with the tables of this build, named like the server that uses it. */
    public static String createDatabase(String server) {
        return createDatabase(server, PreparedPostgres.DATABASE);
    }

    /** Creates an empty database, named like the server that uses it. */
    public static String createEmptyDatabase(String server) {
        return createDatabase(server, "template1");
    }

    private static synchronized String createDatabase(String server, String template) {
        String name = server.replace('-', '_');
        execute("postgres", "CREATE DATABASE " + name + " TEMPLATE " + template);
        return name;
    }

    public static String url(String database) {
        return cluster().getJdbcUrl(USER, database);
    }

    public static DatabaseAddress address(String database) {
        return new DatabaseAddress("postgres", url(database), USER, USER);
    }

    /** The number of rows of a table that satisfy a condition. */
    public static long count(String database, String table, String condition) {
        return number(database, "SELECT count(*) FROM " + table + " WHERE " + condition);
    }

    /** The one number that a query finds. */
    public static long number(String database, String query) {
        try (Connection connection = connect(database);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The texts that a query finds. */
    public static List<String> texts(String database, String query) {
        try (Connection connection = connect(database);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            List<String> texts = new ArrayList<>();
            while (rows.next()) {
                texts.add(rows.getString(1));
            }
            return texts;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What is in each table, as a digest. */
    public static Map<String, String> contents(String database) {
        Map<String, String> contents = new TreeMap<>();
        try (Connection connection = connect(database);
                Statement statement = connection.createStatement()) {
            List<String> tables = new ArrayList<>();
            try (ResultSet rows =
                    statement.executeQuery("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")) {
                while (rows.next()) {
                    tables.add(rows.getString(1));
                }
            }
            for (String table : tables) {
                try (ResultSet digest = statement.executeQuery("SELECT md5(coalesce(string_agg(t::text, E'\\n' ORDER BY"
                        + " t::text), '')) FROM " + table + " t")) {
                    digest.next();
                    contents.put(table, digest.getString(1));
                }
            }
            return contents;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Runs statements, separated by semicolons. */
    public static void execute(String database, String sql) {
        execute(cluster(), database, sql);
    }

    static void execute(EmbeddedPostgres cluster, String database, String sql) {
        try (Connection connection = connect(cluster, database);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Does something while a transaction of the test's own holds what a statement locks. */
    public static void holding(String database, String sql, Runnable action) {
        try (Connection connection = connect(database);
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            try {
                statement.execute(sql);
                action.run();
            } finally {
                connection.rollback();
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Path emptied(Path directory) throws IOException {
        Files.createDirectories(directory);
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        return directory;
    }

    private static Connection connect(String database) throws SQLException {
        return connect(cluster(), database);
    }

    private static Connection connect(EmbeddedPostgres cluster, String database) throws SQLException {
        Connection connection = cluster.getDatabase(USER, database).getConnection();
        connection.setClientInfo("ApplicationName", TEST);
        return connection;
    }

    private Postgres() {}
}
