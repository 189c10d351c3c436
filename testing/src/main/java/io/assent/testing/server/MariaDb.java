package io.assent.testing.server;

import io.assent.testing.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A MariaDB of a test's own, run by the programs that this machine has. */
public final class MariaDb implements AutoCloseable {

    private static final String NAME = "keycloak";

    private final Process process;
    private final int port;

    private MariaDb(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** Whether this machine has the programs (Debian: {@code mariadb-server-core} and {@code mariadb-client-core}). */
    public static boolean isInstalled() {
        // the last one is called by the third
        return Programs.areInstalled("mariadbd", "mariadb", "mariadb-install-db", "my_print_defaults");
    }

    /** Starts one with {@link PreparedTables}. */
    public static MariaDb start() {
        try {
            Path home = Files.createTempDirectory(Files.createDirectories(Distribution.TARGET), "mariadb-");
            Path data = home.resolve("data").toAbsolutePath();
            PreparedTables.copyTo(data, "mariadb", MariaDb::make);
            return start(data);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void make(Path data) {
        try (MariaDb database = start(data)) {
            PreparedTables.makeIn(database.address(), "prepared-mariadb");
        }
    }

    /** @param data where it is made, unless it is there */
    private static MariaDb start(Path data) {
        try {
            int port = Ports.free();
            Path home = data.getParent();
            Path log = home.resolve("log");
            Path init = Files.writeString(home.resolve("init.sql"), """
                    CREATE DATABASE IF NOT EXISTS keycloak CHARACTER SET utf8mb4;
                    CREATE USER IF NOT EXISTS 'keycloak'@'%' IDENTIFIED BY 'keycloak';
                    GRANT ALL ON keycloak.* TO 'keycloak'@'%';
                    """);
            String user = "--user=" + System.getProperty("user.name");
            if (!Files.exists(data)) {
                int installed = Programs.run(
                                log, "mariadb-install-db", "--no-defaults", "--skip-test-db", user, "--datadir=" + data)
                        .waitFor();
                if (installed != 0) {
                    throw new IllegalStateException("no database could be made: " + Files.readString(log));
                }
            }
            Process process = Programs.run(
                    log,
                    "mariadbd",
                    "--no-defaults",
                    user,
                    "--datadir=" + data,
                    "--socket=" + data.resolve("s"),
                    "--bind-address=127.0.0.1",
                    "--port=" + port,
                    // a thousand small changes make the tables, and no crash is tested here
                    "--innodb-flush-log-at-trx-commit=0",
                    "--innodb-doublewrite=0",
                    "--innodb-flush-method=nosync",
                    "--init-file=" + init);
            Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
            return new MariaDb(process, port);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Runs statements. @return what they select, a line for each row */
    public String run(String sql) {
        try {
            Path answer = Files.createTempFile(Distribution.TARGET, "mariadb-", ".txt");
            int exit = Programs.run(
                            answer,
                            "mariadb",
                            "--no-defaults",
                            "--skip-column-names",
                            "--protocol=tcp",
                            "--host=127.0.0.1",
                            "--port=" + port,
                            "--user=" + NAME,
                            "--password=" + NAME,
                            "--execute=" + sql,
                            NAME)
                    .waitFor();
            String text = Files.readString(answer);
            if (exit != 0) {
                throw new IllegalStateException(sql + ": " + text);
            }
            return text;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    public DatabaseAddress address() {
        return new DatabaseAddress("mariadb", "jdbc:mariadb://127.0.0.1:" + port + "/" + NAME, NAME, NAME);
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
