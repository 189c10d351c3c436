package io.assent.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A document of which the run writes what is between two marks, and leaves the rest alone. */
final class Document {

    private static final String BEGIN = "<!-- written by benchmarks/run.sh: begin -->";
    private static final String END = "<!-- written by benchmarks/run.sh: end -->";

    private final Path file;

    Document(Path file) {
        this.file = file;
    }

    void write(String results) {
        try {
            String text = Files.exists(file) ? Files.readString(file) : "# Performance\n\n" + BEGIN + "\n" + END + "\n";
            int begin = text.indexOf(BEGIN);
            int end = text.indexOf(END);
            if (begin < 0 || end < begin) {
                throw new IllegalStateException(file + " lacks the marks between which the results go");
            }
            Files.createDirectories(file.getParent());
            Files.writeString(
                    file, text.substring(0, begin) + BEGIN + "\n\n" + results.strip() + "\n\n" + text.substring(end));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Another file beside it. */
    String read(String name) {
        try {
            return Files.readString(file.resolveSibling(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes another file beside it. */
    void beside(String name, String text) {
        try {
            Path other = file.resolveSibling(name);
            Files.createDirectories(other.getParent());
            Files.writeString(other, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
