package io.assent.server;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A text in a form that fits into an index: 64 hexadecimal digits. */
public final class Sha256 {

    public static String of(String text) {
        return HexFormat.of().formatHex(hash(text));
    }

    /** The same as base64url without padding (RFC 4648, section 5): 43 characters. */
    public static String base64Url(String text) {
        return Base64Url.encode(hash(text));
    }

    private static byte[] hash(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private Sha256() {}
}
