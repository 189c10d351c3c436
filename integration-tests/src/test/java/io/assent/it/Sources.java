package io.assent.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The project's own Java files, for tests that read them. */
final class Sources {

    static final Path ROOT = Path.of(System.getProperty("assent.root", ".."));

    /** The modules of what a bank deploys. */
    static final List<String> DEPLOYED =
            List.of("ciba-authentication-channel", "consent-rest-resource", "permissions-theme", "kafka-destination");

    /** The folder with a module's sources. */
    static Path of(String module) {
        return ROOT.resolve(module).resolve("src/main/java");
    }

    static SortedSet<Path> below(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .collect(Collectors.toCollection(TreeSet::new));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Sources() {}
}
