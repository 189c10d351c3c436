package io.assent.it;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** A real PostgreSQL from the build's own binaries, started when it is first asked for. */
final class Postgres {

    static final String USER = "postgres";

    private static EmbeddedPostgres running;

    static synchronized EmbeddedPostgres cluster() {
        if (running == null) {
            try {
                running = EmbeddedPostgres.builder()
                        .setOverrideWorkingDirectory(Distribution.TARGET
                                .resolve("postgres")
                                .toAbsolutePath()
                                .toFile())
                        .setServerConfig("max_connections", "300")
                        .start();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return running;
    }

    /** Creates an empty database, named like the server that uses it. */
    static String createDatabase(String server) {
        String name = server.replace('-', '_');
        execute("postgres", "CREATE DATABASE " + name);
        return name;
    }

    static String url(String database) {
        return cluster().getJdbcUrl(USER, database);
    }

    static DatabaseAddress address(String database) {
        return new DatabaseAddress("postgres", url(database), USER, USER);
    }

    /** The number of rows of a table that satisfy a condition. */
    static long count(String database, String table, String condition) {
        try (Connection connection = connect(database);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT count(*) FROM " + table + " WHERE " + condition)) {
            rows.next();
            return rows.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void execute(String database, String sql) {
        try (Connection connection = connect(database);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Connection connect(String database) throws SQLException {
        return cluster().getDatabase(USER, database).getConnection();
    }

    private Postgres() {}
}
