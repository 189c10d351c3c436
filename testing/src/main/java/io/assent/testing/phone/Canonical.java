package io.assent.testing.phone;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.erdtman.jcs.JsonCanonicalizer;

/** JSON in its canonical form (RFC 8785). */
final class Canonical {

    /**
     * SHA-256 of the form in UTF-8.
     *
     * @param json an object or a list
     */
    static byte[] hash(JsonNode json) {
        try {
            return sha256(new JsonCanonicalizer(json.toString()).getEncodedUTF8());
        } catch (IOException e) {
            throw new UncheckedIOException(json.toString(), e);
        }
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private Canonical() {}
}
