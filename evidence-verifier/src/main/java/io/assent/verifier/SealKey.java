package io.assent.verifier;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.factories.DefaultJWSVerifierFactory;
import com.nimbusds.jose.jwk.AsymmetricJWK;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64URL;
import java.text.ParseException;
import java.util.Optional;
import java.util.Set;

/**
 * The public key of a seal.
 *
 * @param id its {@code kid}, by which the realm names it
 * @param thumbprint RFC 7638
 */
record SealKey(JWK jwk, String id, String thumbprint) {

    private static final int LEAST_RSA_BITS = 2_048;

    private static final Set<JWSAlgorithm> ALGORITHMS = Set.of(
            JWSAlgorithm.RS256,
            JWSAlgorithm.RS384,
            JWSAlgorithm.RS512,
            JWSAlgorithm.PS256,
            JWSAlgorithm.PS384,
            JWSAlgorithm.PS512,
            JWSAlgorithm.ES256,
            JWSAlgorithm.ES384,
            JWSAlgorithm.ES512);

    /** Empty where it is no public key that a seal can have. */
    static Optional<SealKey> of(JsonNode json) {
        try {
            JWK jwk = JWK.parse(json.toString());
            boolean fits = jwk instanceof AsymmetricJWK
                    && !jwk.isPrivate()
                    && jwk.getKeyID() != null
                    && (!(jwk instanceof RSAKey) || jwk.size() >= LEAST_RSA_BITS);
            return fits
                    ? Optional.of(new SealKey(
                            jwk, jwk.getKeyID(), jwk.computeThumbprint().toString()))
                    : Optional.empty();
        } catch (ParseException | JOSEException noKey) {
            return Optional.empty();
        }
    }

    /** Whether it made this signature by this algorithm. */
    boolean verifies(String algorithm, byte[] signed, byte[] signature) {
        JWSAlgorithm used = JWSAlgorithm.parse(algorithm);
        if (!ALGORITHMS.contains(used)) {
            return false;
        }
        try {
            JWSHeader header = new JWSHeader(used);
            JWSVerifier verifier =
                    new DefaultJWSVerifierFactory().createJWSVerifier(header, ((AsymmetricJWK) jwk).toPublicKey());
            return verifier.verify(header, signed, Base64URL.encode(signature));
        } catch (JOSEException otherKindOfKey) {
            return false;
        }
    }
}
