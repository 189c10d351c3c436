package io.assent.server;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;

/** Base64url without padding (RFC 4648, section 5; RFC 7515, section 2): one text for the same bytes. */
public final class Base64Url {

    private static final SecureRandom RANDOM = new SecureRandom();

    public static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** @return empty where it is not what {@link #encode} writes: with padding, or with bits that belong to no byte */
    public static Optional<byte[]> decode(String text) {
        try {
            return Optional.of(Base64.getUrlDecoder().decode(text))
                    .filter(bytes -> encode(bytes).equals(text));
        } catch (IllegalArgumentException notOne) {
            return Optional.empty();
        }
    }

    /** What nobody can guess: so many random bytes. */
    public static String random(int bytes) {
        byte[] random = new byte[bytes];
        RANDOM.nextBytes(random);
        return encode(random);
    }

    private Base64Url() {}
}
