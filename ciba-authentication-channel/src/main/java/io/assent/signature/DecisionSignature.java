package io.assent.signature;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.assent.device.CompactJws;
import io.assent.evidence.KeptSignature;
import java.util.Objects;
import java.util.Optional;

/** What comes with a yes, to show that the customer signed it. Nothing of it is believed yet. */
public sealed interface DecisionSignature {

    /** The challenge that it says it answers; empty where it says none. */
    Optional<String> challenge();

    /** What came, by what was kept of it. */
    static DecisionSignature of(KeptSignature kept) {
        if (kept instanceof KeptSignature.Jws jws) {
            return new Jws(jws.compact());
        }
        KeptSignature.Assertion assertion = (KeptSignature.Assertion) kept;
        return new Assertion(
                assertion.credentialId(),
                assertion.clientDataJson(),
                assertion.authenticatorData(),
                assertion.signature(),
                assertion.covered());
    }

    /**
     * The app's.
     *
     * @param compact a JWS in compact form (RFC 7515, section 7.1), or what was sent as one
     */
    record Jws(String compact) implements DecisionSignature {

        /** The longest one, in characters. */
        public static final int MAX_LENGTH = 4_096;

        public Jws {
            Objects.requireNonNull(compact);
        }

        @Override
        public Optional<String> challenge() {
            return CompactJws.parse(compact, MAX_LENGTH)
                    .map(jws -> jws.claims().path("chl").textValue());
        }
    }

    /**
     * The browser's: an assertion by a passkey (Web Authentication Level 2, section 7.2), each part in base64url.
     *
     * @param covered the text whose SHA-256 its challenge has to be, made by the server of what the form sent
     */
    record Assertion(
            String credentialId, String clientDataJson, String authenticatorData, String signature, String covered)
            implements DecisionSignature {

        private static final ObjectMapper JSON = new ObjectMapper();

        public Assertion {
            Objects.requireNonNull(credentialId);
            Objects.requireNonNull(clientDataJson);
            Objects.requireNonNull(authenticatorData);
            Objects.requireNonNull(signature);
            Objects.requireNonNull(covered);
        }

        @Override
        public Optional<String> challenge() {
            return Optional.ofNullable(coveredJson().path("chl").textValue());
        }

        JsonNode coveredJson() {
            try {
                return JSON.readTree(covered);
            } catch (JsonProcessingException e) {
                throw new IllegalArgumentException("what is covered is JSON that the server made", e);
            }
        }
    }
}
