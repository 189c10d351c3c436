package io.assent.testing.server;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/**
 * The data of a PostgreSQL where a stock server with this build's jars has made its tables and its realm
 * {@code master}: half a minute that each server of a test would take otherwise. It is made once for a changelog, and
 * kept beside the unpacked server.
 */
final class PreparedPostgres {

    /** The one database in it. */
    static final String DATABASE = "prepared";

    private static final String CHANGELOG = "META-INF/assent-changelog.xml";

    /** Puts a copy into a folder that does not exist, or is empty. */
    static synchronized void copyTo(Path data) {
        Path prepared =
                Distribution.TARGET.resolve("prepared-postgres").resolve(key()).toAbsolutePath();
        if (!Files.isDirectory(prepared)) {
            try {
                prepare(prepared);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        ServerFiles.copyAll(prepared, data);
    }

    private static void prepare(Path prepared) throws IOException {
        Path unfinished = prepared.resolveSibling("unfinished");
        ServerFiles.delete(unfinished);
        try (EmbeddedPostgres cluster =
                Postgres.builder().setDataDirectory(unfinished).start()) {
            Postgres.execute(cluster, "postgres", "CREATE DATABASE " + DATABASE);
            DatabaseAddress address = new DatabaseAddress(
                    "postgres", cluster.getJdbcUrl(Postgres.USER, DATABASE), Postgres.USER, Postgres.USER);
            try (Keycloak server = Keycloak.on(address, null, "prepared", List.of())) {
                server.start().stop();
            }
        }
        Files.move(unfinished, prepared);
    }

    /** Another one for each version of Keycloak, and for each changelog of ours. */
    private static String key() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(Distribution.version().getBytes(StandardCharsets.UTF_8));
            try (Stream<Path> jars = Files.list(Distribution.providers())) {
                for (Path jar : jars.filter(file -> file.toString().endsWith(".jar"))
                        .sorted()
                        .toList()) {
                    try (FileSystem inside = FileSystems.newFileSystem(jar)) {
                        Path changelog = inside.getPath(CHANGELOG);
                        if (Files.exists(changelog)) {
                            digest.update(Files.readAllBytes(changelog));
                        }
                    }
                }
            }
            return HexFormat.of().formatHex(digest.digest(), 0, 8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private PreparedPostgres() {}
}
