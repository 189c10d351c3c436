package io.assent.testing.server;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * A PostgreSQL of a test's own that can be ended, started again with its data, and cut off. The servers reach it
 * through a {@link Cable}; the test itself does not, and always sees what is stored.
 */
public final class FaultyDatabase implements AutoCloseable {

    private static final String NAME = PreparedPostgres.DATABASE;

    private final Path data;
    private final Cable cable;
    private EmbeddedPostgres running;

    private FaultyDatabase(Path data) throws IOException {
        this.data = data;
        running = launch(0);
        cable = new Cable(running.getPort());
    }

    /** With the tables of this build, and nothing in them. */
    public static FaultyDatabase start() {
        try {
            Path data = Files.createTempDirectory(Files.createDirectories(Postgres.WORKING), "faulty");
            PreparedPostgres.copyTo(data);
            return new FaultyDatabase(data);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** For the servers: through the cable. */
    public DatabaseAddress address() {
        return new DatabaseAddress(
                "postgres", "jdbc:postgresql://127.0.0.1:" + cable.port() + "/" + NAME, Postgres.USER, Postgres.USER);
    }

    public Cable cable() {
        return cable;
    }

    /** Ends it as a power cut does: connections break, and what was not committed is gone. */
    public void crash() {
        try {
            long postmaster = Long.parseLong(
                    Files.readAllLines(data.resolve("postmaster.pid")).get(0));
            ProcessHandle process = ProcessHandle.of(postmaster).orElseThrow();
            List<ProcessHandle> all = new ArrayList<>(process.descendants().toList());
            all.add(0, process);
            all.forEach(ProcessHandle::destroyForcibly);
            all.forEach(one -> one.onExit().join());
            running.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts it again where it was, and returns when it answers. */
    public void recover() {
        try {
            running = launch(running.getPort());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What a query finds, each row as its columns' texts. */
    public List<List<String>> rows(String query) {
        try (Connection connection = DriverManager.getConnection(running.getJdbcUrl(Postgres.USER, NAME));
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            List<List<String>> all = new ArrayList<>();
            while (rows.next()) {
                List<String> row = new ArrayList<>();
                for (int column = 1; column <= rows.getMetaData().getColumnCount(); column++) {
                    row.add(rows.getString(column));
                }
                all.add(row);
            }
            return all;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        cable.close();
        try {
            running.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private EmbeddedPostgres launch(int port) throws IOException {
        EmbeddedPostgres.Builder builder = Postgres.builder()
                .setDataDirectory(data)
                // what is committed must be on disk, as at a bank
                .setServerConfig("fsync", "on")
                .setServerConfig("full_page_writes", "on")
                .setServerConfig("synchronous_commit", "on");
        return port == 0 ? builder.start() : builder.setPort(port).start();
    }
}
