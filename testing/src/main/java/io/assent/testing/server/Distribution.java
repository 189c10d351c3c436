package io.assent.testing.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The stock server with the project's jars, as the build unpacked it. Each server of a test runs from a copy of its
 * own; the server's libraries, which nothing writes to, are hard links.
 */
public final class Distribution {

    public static final Path TARGET = Path.of(System.getProperty("assent.target", "target"));

    private static final Path STOCK =
            Path.of(System.getProperty("assent.keycloak.home", "target/stock/keycloak-26.7.4"));

    /** Copies that have augmented themselves, by what for, so that the next one need not. */
    private static final Map<String, Path> BUILT = new HashMap<>();

    /**
     * A copy with this build's jars.
     *
     * @param build what it is augmented for: a kind of database
     */
    public static synchronized Path copy(String name, String build) {
        return copy(name, BUILT.getOrDefault(build, STOCK));
    }

    /** A copy with other jars. */
    static synchronized Path copyWith(String name, Path providers) {
        Path home = copy(name, STOCK);
        install(providers, home);
        return home;
    }

    /** Puts other jars into a copy. */
    public static synchronized void install(Path providers, Path home) {
        try {
            delete(home.resolve("providers"));
            copy(providers, home.resolve("providers"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The folder with the jars of this build. */
    public static Path providers() {
        return STOCK.resolve("providers");
    }

    private static Path copy(String name, Path from) {
        if (!Files.isDirectory(STOCK)) {
            throw new IllegalStateException("No stock server in " + STOCK.toAbsolutePath()
                    + ": the build unpacks it before integration-test, so run mvn verify");
        }
        Path home = TARGET.resolve("servers").resolve(name).toAbsolutePath();
        try {
            delete(home);
            copy(from.toAbsolutePath(), home);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return home;
    }

    static synchronized void built(String build, Path home) {
        BUILT.putIfAbsent(build, home);
    }

    private static void copy(Path from, Path to) throws IOException {
        Path data = from.resolve("data");
        Path libraries = from.resolve("lib").resolve("lib");
        Files.walkFileTree(from, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
                    throws IOException {
                if (directory.equals(data)) {
                    return FileVisitResult.SKIP_SUBTREE;
                }
                Files.createDirectories(to.resolve(from.relativize(directory)));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Path target = to.resolve(from.relativize(file));
                if (file.startsWith(libraries)) {
                    Files.createLink(target, file);
                } else {
                    Files.copy(file, target, StandardCopyOption.COPY_ATTRIBUTES);
                }
                return FileVisitResult.CONTINUE;
            }
        });
    }

    private static void delete(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> paths = Files.walk(directory)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    private Distribution() {}
}
