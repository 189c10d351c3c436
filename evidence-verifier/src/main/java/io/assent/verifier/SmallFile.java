package io.assent.verifier;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file of at most {@value #MOST_BYTES} bytes, as it was read or not. */
sealed interface SmallFile {

    /** More than any evidence has: the server leaves old parts out where it would not fit. */
    int MOST_BYTES = 1 << 20;

    /** What is in it. */
    record Content(byte[] bytes) implements SmallFile {}

    /** @param why in a sentence */
    record Unreadable(String why) implements SmallFile {}

    static SmallFile read(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MOST_BYTES + 1);
            return bytes.length > MOST_BYTES
                    ? new Unreadable(OneLine.of(file.toString()) + " has more than " + MOST_BYTES + " bytes.")
                    : new Content(bytes);
        } catch (IOException unreadable) {
            return new Unreadable(OneLine.of(file.toString()) + " can't be read.");
        }
    }
}
