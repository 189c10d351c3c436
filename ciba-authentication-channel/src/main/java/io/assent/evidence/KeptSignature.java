package io.assent.evidence;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;

/** What a customer signed an answer with, as it is kept, with the public key as of then. */
public sealed interface KeptSignature {

    /** As JSON, which {@link #parse} takes back. */
    ObjectNode json();

    /**
     * The app's: a decision that a device's key signed.
     *
     * @param compact the JWS in compact form (RFC 7515, section 7.1), as it was sent
     * @param jwk the public key as a JWK (RFC 7517)
     * @param attestation how the device's maker vouched for the key as of then, as a JSON object; or {@code null} where
     *     that is not known
     */
    record Jws(String compact, String jwk, String attestation) implements KeptSignature {
        public Jws {
            Objects.requireNonNull(compact);
            Objects.requireNonNull(jwk);
        }

        /** By a key of which it is not known whether anybody vouches for it. */
        public Jws(String compact, String jwk) {
            this(compact, jwk, null);
        }

        @Override
        public ObjectNode json() {
            ObjectNode json = object("jws").put("jws", compact);
            json.set("jwk", read(jwk));
            if (attestation != null) {
                json.set("attestation", read(attestation));
            }
            return json;
        }
    }

    /**
     * The browser's: an assertion by a passkey (Web Authentication Level 2, section 7.2). Everything but the key is in
     * base64url without padding.
     *
     * @param publicKey a SubjectPublicKeyInfo (RFC 5280, section 4.1) in DER, in base64
     * @param covered the text whose SHA-256 is the challenge: what was shown and what was chosen
     */
    record Assertion(
            String credentialId,
            String clientDataJson,
            String authenticatorData,
            String signature,
            String publicKey,
            String covered)
            implements KeptSignature {
        public Assertion {
            Objects.requireNonNull(credentialId);
            Objects.requireNonNull(clientDataJson);
            Objects.requireNonNull(authenticatorData);
            Objects.requireNonNull(signature);
            Objects.requireNonNull(publicKey);
            Objects.requireNonNull(covered);
        }

        @Override
        public ObjectNode json() {
            return object("webauthn")
                    .put("credentialId", credentialId)
                    .put("clientDataJSON", clientDataJson)
                    .put("authenticatorData", authenticatorData)
                    .put("signature", signature)
                    .put("publicKey", publicKey)
                    .put("covered", covered);
        }
    }

    /** What was kept as {@link #json}. */
    static KeptSignature parse(String json) {
        JsonNode kept = read(json);
        return switch (kept.path("kind").asText()) {
            case "jws" ->
                new Jws(
                        kept.path("jws").asText(),
                        kept.path("jwk").toString(),
                        kept.has("attestation") ? kept.get("attestation").toString() : null);
            case "webauthn" ->
                new Assertion(
                        kept.path("credentialId").asText(),
                        kept.path("clientDataJSON").asText(),
                        kept.path("authenticatorData").asText(),
                        kept.path("signature").asText(),
                        kept.path("publicKey").asText(),
                        kept.path("covered").asText());
            default -> throw new IllegalArgumentException("not a signature that was kept");
        };
    }

    private static ObjectNode object(String kind) {
        return JsonNodeFactory.instance.objectNode().put("kind", kind);
    }

    private static JsonNode read(String json) {
        try {
            return new ObjectMapper().readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
