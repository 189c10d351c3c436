package io.assent.device;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;

/**
 * Says that a device's key signed one call: a JWS in compact form after the model of DPoP (RFC 9449, section 4). It is
 * good for that method, URI, body and access token, and for a short time; so whoever sees it can do no more with it
 * than to repeat the call, which changes nothing.
 */
final class DeviceProof {

    static final String TYPE = "device-proof+jwt";

    /** The longest one, in characters. */
    static final int MAX_LENGTH = 4096;

    /** For how long one is good. */
    static final Duration LIFE = Duration.ofMinutes(2);

    /** How far a phone's clock may be ahead. */
    static final Duration AHEAD = Duration.ofSeconds(30);

    private static final ObjectMapper JSON = new ObjectMapper();

    private final JsonNode header;
    private final JsonNode claims;
    private final byte[] signed;
    private final byte[] signature;

    private DeviceProof(JsonNode header, JsonNode claims, byte[] signed, byte[] signature) {
        this.header = header;
        this.claims = claims;
        this.signed = signed;
        this.signature = signature;
    }

    /** Empty where it is none. */
    static Optional<DeviceProof> parse(String compact) {
        String[] parts = compact.split("\\.", -1);
        if (compact.length() > MAX_LENGTH || parts.length != 3) {
            return Optional.empty();
        }
        try {
            Base64.Decoder base64 = Base64.getUrlDecoder();
            return Optional.of(new DeviceProof(
                    JSON.readTree(base64.decode(parts[0])),
                    JSON.readTree(base64.decode(parts[1])),
                    (parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII),
                    base64.decode(parts[2])));
        } catch (IllegalArgumentException | IOException notOne) {
            return Optional.empty();
        }
    }

    /** The id of the key that is said to have signed it. */
    String keyId() {
        return header.path("kid").asText();
    }

    /** What its key was to sign; empty where it says nothing of it. */
    String nonce() {
        return claims.path("nonce").asText();
    }

    Instant at() {
        return Instant.ofEpochSecond(claims.path("iat").longValue());
    }

    /** What is wrong with it as a proof that this key signed this call; empty where nothing is. */
    Optional<String> objection(DeviceKey key, SignedCall call) {
        if (!header.path("alg").asText().equals("ES256") || header.has("crit")) {
            return Optional.of("it must have the alg ES256, and no crit");
        }
        if (!header.path("typ").asText().equals(TYPE)) {
            return Optional.of("its typ must be " + TYPE);
        }
        if (!key.verifies(signed, signature)) {
            return Optional.of("its signature is not by the key that its kid names");
        }
        if (!call.is(claims.path("htm").asText(), claims.path("htu").asText())) {
            return Optional.of("its htm and htu are not the method and the URI of this call");
        }
        if (!claims.path("ath").asText().equals(call.tokenHash())) {
            return Optional.of("its ath is not the hash of this call's access token");
        }
        if (!claims.path("body_sha256").asText().equals(call.bodyHash())) {
            return Optional.of("its body_sha256 is not the hash of this call's body");
        }
        long now = call.at().getEpochSecond();
        return claims.path("iat").isIntegralNumber()
                        && claims.path("iat").canConvertToLong()
                        && claims.path("iat").longValue() >= now - LIFE.toSeconds()
                        && claims.path("iat").longValue() <= now + AHEAD.toSeconds()
                ? Optional.empty()
                : Optional.of("its iat must be within the last " + LIFE.toSeconds() + " seconds");
    }
}
