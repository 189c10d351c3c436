package io.assent.signature;

import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The files in samples/vectors. With {@code -Dassent.vectors=write} the tests write them anew, by the same keys. */
final class Vectors {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path FOLDER = Path.of("..", "samples", "vectors");

    static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static JsonNode read(String file) {
        try {
            return JSON.readTree(FOLDER.resolve(file).toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Empty where there is no such file. */
    static Optional<JsonNode> find(String file) {
        return Files.exists(FOLDER.resolve(file)) ? Optional.of(read(file)) : Optional.empty();
    }

    static boolean areToBeWritten() {
        return "write".equals(System.getProperty("assent.vectors"));
    }

    static void write(String file, JsonNode content) {
        DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
        DefaultPrettyPrinter printer =
                new DefaultPrettyPrinter().withObjectIndenter(indenter).withArrayIndenter(indenter);
        try {
            Files.writeString(FOLDER.resolve(file), JSON.writer(printer).writeValueAsString(content) + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Vectors() {}
}
