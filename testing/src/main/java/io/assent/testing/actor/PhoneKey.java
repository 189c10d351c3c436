package io.assent.testing.actor;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.assent.testing.http.Http;
import java.math.BigInteger;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.UUID;

/** The key of one installation of the app. */
public final class PhoneKey {

    private static final int COORDINATE_BYTES = 32;

    private final KeyPair pair;

    private PhoneKey(KeyPair pair) {
        this.pair = pair;
    }

    public static PhoneKey generate() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return new PhoneKey(generator.generateKeyPair());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has P-256", e);
        }
    }

    /** Both halves, for who signs by other code. */
    public KeyPair pair() {
        return pair;
    }

    /** Its public part. */
    public ObjectNode jwk() {
        ECPublicKey key = (ECPublicKey) pair.getPublic();
        return Http.object()
                .put("crv", "P-256")
                .put("kty", "EC")
                .put("x", coordinate(key.getW().getAffineX()))
                .put("y", coordinate(key.getW().getAffineY()));
    }

    /** The same for who certifies it. */
    public PublicKey publicKey() {
        return pair.getPublic();
    }

    /** The thumbprint (RFC 7638). */
    public String id() {
        return hash(jwk().toString());
    }

    /** A proof for a call, as the header {@code Device-Proof} takes it. */
    public String proof(String method, URI uri, String accessToken, String body) {
        return proof(claims(method, uri, accessToken, body));
    }

    /** The same with the challenge that a key signs which is new to its device. */
    public String proof(String method, URI uri, String accessToken, String body, String challenge) {
        return proof(claims(method, uri, accessToken, body).put("nonce", challenge));
    }

    private static ObjectNode claims(String method, URI uri, String accessToken, String body) {
        return Http.object()
                .put("htm", method)
                .put("htu", uri.toString())
                .put("iat", Instant.now().getEpochSecond())
                .put("ath", hash(accessToken))
                .put("body_sha256", hash(body));
    }

    private String proof(ObjectNode claims) {
        ObjectNode header =
                Http.object().put("typ", "device-proof+jwt").put("alg", "ES256").put("kid", id());
        return sign(header, claims);
    }

    /**
     * A proof for a call, as the header {@code DPoP} takes it (RFC 9449, section 4).
     *
     * @param accessToken that is sent with the call, or {@code null} where there is none yet
     */
    public String dpop(String method, URI uri, String accessToken) {
        ObjectNode header = Http.object().put("typ", "dpop+jwt").put("alg", "ES256");
        header.set("jwk", jwk());
        ObjectNode claims = Http.object()
                .put("jti", UUID.randomUUID().toString())
                .put("htm", method)
                .put("htu", uri.toString())
                .put("iat", Instant.now().getEpochSecond());
        if (accessToken != null) {
            claims.put("ath", hash(accessToken));
        }
        return sign(header, claims);
    }

    /** A compact JWS (RFC 7515, ES256) of any header and claims. */
    public String sign(ObjectNode header, ObjectNode claims) {
        String signed = base64(header.toString().getBytes(StandardCharsets.UTF_8)) + "."
                + base64(claims.toString().getBytes(StandardCharsets.UTF_8));
        try {
            Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
            signature.initSign(pair.getPrivate());
            signature.update(signed.getBytes(StandardCharsets.US_ASCII));
            return signed + "." + base64(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has ES256", e);
        }
    }

    private static String hash(String text) {
        try {
            return base64(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static String coordinate(BigInteger number) {
        byte[] bytes = number.toByteArray();
        byte[] last = Arrays.copyOfRange(bytes, Math.max(0, bytes.length - COORDINATE_BYTES), bytes.length);
        byte[] padded = new byte[COORDINATE_BYTES];
        System.arraycopy(last, 0, padded, COORDINATE_BYTES - last.length, last.length);
        return base64(padded);
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
