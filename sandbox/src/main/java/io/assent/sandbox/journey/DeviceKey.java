package io.assent.sandbox.journey;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.Arrays;

/** The key of this phone. In an app it is in the phone's hardware, which asks for a finger before it signs. */
final class DeviceKey {

    private static final int COORDINATE_BYTES = 32;

    private final KeyPair pair;

    DeviceKey() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            pair = generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has P-256", e);
        }
    }

    /** Its public part (RFC 7517). */
    ObjectNode jwk() {
        ECPublicKey key = (ECPublicKey) pair.getPublic();
        return JsonNodeFactory.instance
                .objectNode()
                .put("crv", "P-256")
                .put("kty", "EC")
                .put("x", coordinate(key.getW().getAffineX()))
                .put("y", coordinate(key.getW().getAffineY()));
    }

    /** What the header {@code Device-Proof} of a call has to say. */
    String proof(String method, URI uri, String accessToken, JsonNode body, String challenge) {
        ObjectNode claims = JsonNodeFactory.instance
                .objectNode()
                .put("htm", method)
                .put("htu", uri.toString())
                .put("iat", Instant.now().getEpochSecond())
                .put("ath", Canonical.hash(accessToken))
                .put("body_sha256", Canonical.hash(body.toString()))
                .put("nonce", challenge);
        return sign("device-proof+jwt", claims);
    }

    /** A compact JWS (RFC 7515). */
    String sign(String type, ObjectNode claims) {
        ObjectNode header = JsonNodeFactory.instance
                .objectNode()
                .put("alg", "ES256")
                .put("typ", type)
                .put("kid", Canonical.hash(jwk()));
        String signed = base64(header) + "." + base64(claims);
        try {
            Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
            signature.initSign(pair.getPrivate());
            signature.update(signed.getBytes(StandardCharsets.US_ASCII));
            return signed + "." + Canonical.base64(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has ES256", e);
        }
    }

    private static String base64(JsonNode json) {
        return Canonical.base64(json.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static String coordinate(BigInteger number) {
        byte[] bytes = number.toByteArray();
        byte[] last = Arrays.copyOfRange(bytes, Math.max(0, bytes.length - COORDINATE_BYTES), bytes.length);
        byte[] padded = new byte[COORDINATE_BYTES];
        System.arraycopy(last, 0, padded, COORDINATE_BYTES - last.length, last.length);
        return Canonical.base64(padded);
    }
}
