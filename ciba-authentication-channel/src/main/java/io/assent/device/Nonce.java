package io.assent.device;

import java.security.SecureRandom;
import java.util.Base64;

/** What nobody can guess: 128 random bits, in base64url. */
final class Nonce {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int BYTES = 16;

    static String random() {
        byte[] bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private Nonce() {}
}
