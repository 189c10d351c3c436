package io.assent.rest.console;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The page's files as they are in the jar. */
final class PageFiles {

    private static final Pattern WORD = Pattern.compile("^  \"([\\w.-]+)\": \"(.+)\",$", Pattern.MULTILINE);

    static List<String> names() {
        try (Stream<Path> files = Files.list(folder())) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String text(String name) {
        try {
            return Files.readString(folder().resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The words of a file of them, by their keys. */
    static Map<String, String> words(String name) {
        return WORD.matcher(text(name))
                .results()
                .collect(Collectors.toMap(
                        word -> word.group(1), word -> word.group(2), (one, other) -> one + other, TreeMap::new));
    }

    /** How many lines of it are to be words. */
    static long lines(String name) {
        return text(name).lines().filter(line -> line.contains("\":")).count();
    }

    /** All scripts that are no words. */
    static Stream<String> scripts() {
        return names().stream()
                .filter(name -> name.endsWith(".js") && !name.startsWith("words-") && !name.startsWith("findings-"));
    }

    private static Path folder() {
        try {
            return Path.of(PageFile.class.getResource("page").toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private PageFiles() {}
}
