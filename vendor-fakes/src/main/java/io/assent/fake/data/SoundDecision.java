package io.assent.fake.data;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/**
 * A yes to one request as the customer's device signs it: a JWS in compact form, see docs/signed-decisions.md. Written
 * without the server's code, so that a mistake there is none here.
 *
 * @param pair the device's key, EC P-256
 * @param device the id under which it is registered
 * @param issuer the realm's
 * @param subject the customer's id, as {@code sub} of the app's access token
 * @param request its id
 * @param scopes the names of the permissions that are granted
 * @param details the authorization details that are granted: a JSON list, whose numbers are whole and whose texts have
 *     no control characters
 * @param contentHash of what is shown
 * @param challenge the request's
 * @param createdAt when the request was made
 * @param expiresAt when it can no longer be answered
 * @param now the time on the phone
 * @param act what the yes does: {@code approve}, or {@code confirm} where the request is a consent that goes on
 */
public record SoundDecision(
        KeyPair pair,
        String device,
        String issuer,
        String subject,
        String request,
        List<String> scopes,
        String details,
        String contentHash,
        String challenge,
        Instant createdAt,
        Instant expiresAt,
        Instant now,
        String act) {

    /** For how long a signature is good, unless the request ends before. */
    private static final int SECONDS = 120;

    private static final int COORDINATE_BYTES = 32;
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);

    public SoundDecision {
        scopes = List.copyOf(scopes);
    }

    /** One that approves. */
    public SoundDecision(
            KeyPair pair,
            String device,
            String issuer,
            String subject,
            String request,
            List<String> scopes,
            String details,
            String contentHash,
            String challenge,
            Instant createdAt,
            Instant expiresAt,
            Instant now) {
        this(
                pair,
                device,
                issuer,
                subject,
                request,
                scopes,
                details,
                contentHash,
                challenge,
                createdAt,
                expiresAt,
                now,
                "approve");
    }

    /** The same that confirms. */
    public SoundDecision confirming() {
        return new SoundDecision(
                pair,
                device,
                issuer,
                subject,
                request,
                scopes,
                details,
                contentHash,
                challenge,
                createdAt,
                expiresAt,
                now,
                "confirm");
    }

    /** A new key of a device. */
    public static KeyPair key() {
        return key("secp256r1");
    }

    static KeyPair key(String curve) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec(curve));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + curve, e);
        }
    }

    /** The public key, with the members that it must have and in the order in which a thumbprint takes them. */
    public static ObjectNode jwk(KeyPair pair) {
        ECPublicKey key = (ECPublicKey) pair.getPublic();
        return object().put("crv", "P-256")
                .put("kty", "EC")
                .put("x", coordinate(key.getW().getAffineX()))
                .put("y", coordinate(key.getW().getAffineY()));
    }

    /** The key's thumbprint (RFC 7638). */
    public static String kid(KeyPair pair) {
        return hash(jwk(pair).toString());
    }

    /** What the claim {@code grt} has of details. */
    public static String detailsHash(String details) {
        try {
            JsonNode list = JSON.readTree(details);
            return hash(JSON.writeValueAsString(JSON.treeToValue(list, Object.class)));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("details must be JSON", e);
        }
    }

    public ObjectNode header() {
        return object().put("alg", "ES256").put("typ", "consent-decision+jwt").put("kid", kid(pair));
    }

    /** By face. */
    public ObjectNode claims() {
        ObjectNode claims = object().put("iss", device)
                .put("aud", issuer)
                .put("sub", subject)
                .put("iat", now.getEpochSecond())
                .put("exp", Math.min(now.getEpochSecond() + SECONDS, lastSecond()))
                .put("req", request)
                .put("dec", act);
        ObjectNode granted = claims.putObject("grt");
        scopes.forEach(granted.putArray("scopes")::add);
        granted.put("details_hash", detailsHash(details));
        claims.put("dsp", contentHash).put("chl", challenge).putArray("amr").add("face");
        return claims;
    }

    public String jws() {
        return jws(header(), claims());
    }

    /** With another header, or other claims, signed by the device. */
    public String jws(ObjectNode header, ObjectNode claims) {
        return signed(base64(header.toString()) + "." + base64(claims.toString()));
    }

    /** The latest {@code exp}: the end of the request, rounded up to a second. */
    long lastSecond() {
        return expiresAt.getEpochSecond() + (expiresAt.getNano() > 0 ? 1 : 0);
    }

    /** @param content the first two parts of a JWS, of whatever kind */
    String signed(String content) {
        return signed(content, pair);
    }

    static String signed(String content, KeyPair by) {
        return content + "." + base64(signature("SHA256withECDSAinP1363Format", content, by));
    }

    static byte[] signature(String algorithm, String content, KeyPair by) {
        try {
            Signature signature = Signature.getInstance(algorithm);
            signature.initSign(by.getPrivate());
            signature.update(content.getBytes(StandardCharsets.UTF_8));
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + algorithm, e);
        }
    }

    static String base64(String text) {
        return base64(text.getBytes(StandardCharsets.UTF_8));
    }

    static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    static String hash(String text) {
        try {
            return base64(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    private static String coordinate(BigInteger number) {
        String hex = number.toString(16);
        return base64(HexFormat.of().parseHex("0".repeat(2 * COORDINATE_BYTES - hex.length()) + hex));
    }
}
