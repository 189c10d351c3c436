package io.assent.device;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import java.util.Base64;

/** A phone with a key. */
final class SigningDevice {

    private final KeyPair pair;

    SigningDevice() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            pair = generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    DeviceKey key() {
        ECPublicKey key = (ECPublicKey) pair.getPublic();
        return DeviceKey.of(
                        coordinate(key.getW().getAffineX()),
                        coordinate(key.getW().getAffineY()))
                .orElseThrow();
    }

    byte[] sign(byte[] content) {
        try {
            Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
            signature.initSign(pair.getPrivate());
            signature.update(content);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A JWS with this header and these claims, both in JSON. */
    String jws(String header, String claims) {
        String content = base64(header) + "." + base64(claims);
        return content + "."
                + Base64.getUrlEncoder()
                        .withoutPadding()
                        .encodeToString(sign(content.getBytes(StandardCharsets.US_ASCII)));
    }

    /** A proof of this key for a call, at the time of the call. */
    String proof(SignedCall call) {
        return jws(header(), claims(call, call.at().getEpochSecond()));
    }

    /** The same, over a challenge. */
    String proof(SignedCall call, String challenge) {
        return jws(
                header(),
                claims(call, call.at().getEpochSecond()).replaceFirst("}$", ",\"nonce\":\"" + challenge + "\"}"));
    }

    String header() {
        return "{\"typ\":\"device-proof+jwt\",\"alg\":\"ES256\",\"kid\":\"" + key().id() + "\"}";
    }

    static String claims(SignedCall call, long at) {
        return "{\"htm\":\"%s\",\"htu\":\"%s\",\"iat\":%d,\"ath\":\"%s\",\"body_sha256\":\"%s\"}"
                .formatted(call.method(), call.uri(), at, call.tokenHash(), call.bodyHash());
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String coordinate(BigInteger number) {
        byte[] bytes = number.toByteArray();
        byte[] padded = new byte[32];
        int from = Math.max(0, bytes.length - 32);
        byte[] last = Arrays.copyOfRange(bytes, from, bytes.length);
        System.arraycopy(last, 0, padded, 32 - last.length, last.length);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(padded);
    }
}
