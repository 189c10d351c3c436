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
import java.util.Optional;

/**
 * The public key of a passkey, of a kind that passkeys have (RFC 8152, RFC 8230).
 *
 * @param name of its signatures, as COSE has it
 * @param algorithm as Java has it
 */
record PasskeyKey(PublicKey key, String name, String algorithm) {

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
            return Optional.of(new PasskeyKey(key, "RS256", "SHA256withRSA"));
        }
        if (key instanceof EdECPublicKey) {
            return Optional.of(new PasskeyKey(key, "EdDSA", "Ed25519"));
        }
        if (key instanceof ECPublicKey ec) {
            return switch (ec.getParams().getCurve().getField().getFieldSize()) {
                case 256 -> Optional.of(new PasskeyKey(key, "ES256", "SHA256withECDSA"));
                case 384 -> Optional.of(new PasskeyKey(key, "ES384", "SHA384withECDSA"));
                case 521 -> Optional.of(new PasskeyKey(key, "ES512", "SHA512withECDSA"));
                default -> Optional.empty();
            };
        }
        return Optional.empty();
    }

    boolean verifies(byte[] signed, byte[] signature) {
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
