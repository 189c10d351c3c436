package io.assent.device;

import java.time.Duration;
import java.time.Instant;
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

    private final CompactJws jws;

    private DeviceProof(CompactJws jws) {
        this.jws = jws;
    }

    /** Empty where it is none. */
    static Optional<DeviceProof> parse(String compact) {
        return CompactJws.parse(compact, MAX_LENGTH).map(DeviceProof::new);
    }

    /** The id of the key that is said to have signed it. */
    String keyId() {
        return jws.header().path("kid").asText();
    }

    /** What its key was to sign; empty where it says nothing of it. */
    String nonce() {
        return jws.claims().path("nonce").asText();
    }

    Instant at() {
        return Instant.ofEpochSecond(jws.claims().path("iat").longValue());
    }

    /** What is wrong with it as a proof that this key signed this call; empty where nothing is. */
    Optional<String> objection(DeviceKey key, SignedCall call) {
        if (!jws.header().path("alg").asText().equals("ES256") || jws.header().has("crit")) {
            return Optional.of("it must have the alg ES256, and no crit");
        }
        if (!jws.header().path("typ").asText().equals(TYPE)) {
            return Optional.of("its typ must be " + TYPE);
        }
        if (!Es256.OF_JAVA.verifies(key, jws.signed(), jws.signature())) {
            return Optional.of("its signature is not by the key that its kid names");
        }
        if (!call.is(jws.claims().path("htm").asText(), jws.claims().path("htu").asText())) {
            return Optional.of("its htm and htu are not the method and the URI of this call");
        }
        if (!jws.claims().path("ath").asText().equals(call.tokenHash())) {
            return Optional.of("its ath is not the hash of this call's access token");
        }
        if (!jws.claims().path("body_sha256").asText().equals(call.bodyHash())) {
            return Optional.of("its body_sha256 is not the hash of this call's body");
        }
        long now = call.at().getEpochSecond();
        return jws.claims().path("iat").isIntegralNumber()
                        && jws.claims().path("iat").canConvertToLong()
                        && jws.claims().path("iat").longValue() >= now - LIFE.toSeconds()
                        && jws.claims().path("iat").longValue() <= now + AHEAD.toSeconds()
                ? Optional.empty()
                : Optional.of("its iat must be within the last " + LIFE.toSeconds() + " seconds");
    }
}
