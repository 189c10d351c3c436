package io.assent.testing.server;

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
 * The data of a database where a stock server with this build's jars has made its tables and its realm {@code master}:
 * half a minute or more that each server of a test would take otherwise. It is made once for a changelog, and kept
 * beside the unpacked server.
 */
final class PreparedTables {

    private static final String CHANGELOG = "META-INF/assent-changelog.xml";

    /**
     * Puts a copy into a folder that does not exist, or is empty.
     *
     * @param kind of database
     * @param making fills a folder, which does not exist, where there is nothing to copy yet
     */
    static synchronized void copyTo(Path data, String kind, Making making) {
        Path prepared =
                Distribution.TARGET.resolve("prepared-" + kind).resolve(key()).toAbsolutePath();
        if (!Files.isDirectory(prepared)) {
            try {
                Path unfinished = prepared.resolveSibling("unfinished");
                ServerFiles.delete(unfinished);
                Files.createDirectories(prepared.getParent());
                making.into(unfinished);
                Files.move(unfinished, prepared);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        ServerFiles.copyAll(prepared, data);
    }

    /** Has a server make its tables, and ends it. */
    static void makeIn(DatabaseAddress address, String server) {
        try (Keycloak keycloak = Keycloak.on(address, null, server, List.of())) {
            keycloak.start().stop();
        }
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

    /** Makes the data of a database that is stopped. */
    @FunctionalInterface
    interface Making {

        void into(Path data) throws IOException;
    }

    private PreparedTables() {}
}
