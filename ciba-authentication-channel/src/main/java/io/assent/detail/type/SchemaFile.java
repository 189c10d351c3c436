package io.assent.detail.type;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The schema of a type, in a file that is named after it. */
final class SchemaFile {

    static String of(String type) {
        try (InputStream file = SchemaFile.class.getResourceAsStream(type + ".json")) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private SchemaFile() {}
}
