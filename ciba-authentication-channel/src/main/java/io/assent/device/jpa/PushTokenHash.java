package io.assent.device.jpa;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A push token in a form that fits into an index. */
final class PushTokenHash {

    static String of(String pushToken) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(pushToken.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private PushTokenHash() {}
}
