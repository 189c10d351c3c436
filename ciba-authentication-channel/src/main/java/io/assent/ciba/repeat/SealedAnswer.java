package io.assent.ciba.repeat;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * An answer that only its {@link IdempotencyKey} opens (AES-256-GCM): it holds an {@code auth_req_id}, and the database
 * is not to know more of it than it has to.
 */
final class SealedAnswer {

    private static final int IV_BYTES = 12;
    private static final int TAG_BITS = 128;

    private static final SecureRandom RANDOM = new SecureRandom();

    static String seal(IdempotencyKey key, byte[] answer) {
        byte[] iv = new byte[IV_BYTES];
        RANDOM.nextBytes(iv);
        byte[] sealed = crypt(Cipher.ENCRYPT_MODE, key, iv, answer);
        byte[] all = Arrays.copyOf(iv, IV_BYTES + sealed.length);
        System.arraycopy(sealed, 0, all, IV_BYTES, sealed.length);
        return Base64.getEncoder().encodeToString(all);
    }

    static byte[] open(IdempotencyKey key, String sealed) {
        byte[] all = Base64.getDecoder().decode(sealed);
        return crypt(
                Cipher.DECRYPT_MODE, key, Arrays.copyOf(all, IV_BYTES), Arrays.copyOfRange(all, IV_BYTES, all.length));
    }

    private static byte[] crypt(int mode, IdempotencyKey key, byte[] iv, byte[] text) {
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(
                    mode,
                    new SecretKeySpec(HexFormat.of().parseHex(key.secret()), "AES"),
                    new GCMParameterSpec(TAG_BITS, iv));
            return cipher.doFinal(text);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a kept answer can't be sealed or opened", e);
        }
    }

    private SealedAnswer() {}
}
