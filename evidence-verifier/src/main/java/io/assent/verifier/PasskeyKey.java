package io.assent.verifier;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The public key of a passkey, of a kind that Keycloak takes. By its form alone it is not known with which hash an RSA
 * key signs: it is asked of the signature, which names it.
 *
 * @param algorithms of its signatures, each as COSE has it (RFC 9053, RFC 8812) and as Java has it
 */
record PasskeyKey(PublicKey key, Map<String, String> algorithms) {

    private static final Map<String, String> RSA =
            Map.of("RS256", "SHA256withRSA", "RS384", "SHA384withRSA", "RS512", "SHA512withRSA");

    private static final List<String> KINDS = List.of("EC", "RSA", "Ed25519");

    /** @param encoded a SubjectPublicKeyInfo (RFC 5280, section 4.1) in DER, in base64 */
    static Optional<PasskeyKey> of(String encoded) {
        try {
            X509EncodedKeySpec spec = new X509EncodedKeySpec(Base64.getDecoder().decode(encoded));
            return KINDS.stream()
                    .flatMap(kind -> key(kind, spec).stream())
                    .findFirst()
                    .flatMap(PasskeyKey::of);
        } catch (IllegalArgumentException noBase64) {
            return Optional.empty();
        }
    }

    private static Optional<PublicKey> key(String kind, X509EncodedKeySpec spec) {
        try {
            return Optional.of(KeyFactory.getInstance(kind).generatePublic(spec));
        } catch (InvalidKeySpecException otherKind) {
            return Optional.empty();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has " + kind, e);
        }
    }

    private static Optional<PasskeyKey> of(PublicKey key) {
        if (key instanceof RSAPublicKey) {
            return Optional.of(new PasskeyKey(key, RSA));
        }
        if (key instanceof EdECPublicKey) {
            return Optional.of(new PasskeyKey(key, Map.of("EdDSA", "Ed25519")));
        }
        if (key instanceof ECPublicKey ec) {
            return switch (ec.getParams().getCurve().getField().getFieldSize()) {
                case 256 -> Optional.of(new PasskeyKey(key, Map.of("ES256", "SHA256withECDSA")));
                case 384 -> Optional.of(new PasskeyKey(key, Map.of("ES384", "SHA384withECDSA")));
                case 521 -> Optional.of(new PasskeyKey(key, Map.of("ES512", "SHA512withECDSA")));
                default -> Optional.empty();
            };
        }
        return Optional.empty();
    }

    /** The name of the algorithm by which it made this signature, as COSE has it; empty where it did not. */
    Optional<String> verifies(byte[] signed, byte[] signature) {
        return algorithms.entrySet().stream()
                .filter(algorithm -> verifies(algorithm.getValue(), signed, signature))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    private boolean verifies(String algorithm, byte[] signed, byte[] signature) {
        try {
            java.security.Signature verifier = java.security.Signature.getInstance(algorithm);
            verifier.initVerify(key);
            verifier.update(signed);
            return verifier.verify(signature);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has " + algorithm, e);
        } catch (GeneralSecurityException notOne) {
            return false;
        }
    }
}
