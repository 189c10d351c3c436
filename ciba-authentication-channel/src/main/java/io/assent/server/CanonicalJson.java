package io.assent.server;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.erdtman.jcs.JsonCanonicalizer;

/** The canonical form of JSON (RFC 8785): one text for all that say the same. */
public final class CanonicalJson {

    /** @param json an object or a list */
    public static String of(JsonNode json) {
        try {
            return new JsonCanonicalizer(json.toString()).getEncodedString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private CanonicalJson() {}
}
