package io.assent.testing.fapi;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.assent.testing.http.Http;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.UUID;

/** A key with one algorithm, which signs compact JWSs (RFC 7515). */
public final class JoseKey {

    private static final int P256_BYTES = 32;

    private final Algorithm algorithm;
    private final KeyPair pair;
    private final String id;

    private JoseKey(Algorithm algorithm, KeyPair pair, String id) {
        this.algorithm = algorithm;
        this.pair = pair;
        this.id = id;
    }

    public static JoseKey generate(Algorithm algorithm) {
        try {
            return new JoseKey(
                    algorithm,
                    algorithm.generator().generateKeyPair(),
                    UUID.randomUUID().toString());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has RSA and P-256", e);
        }
    }

    /** The same key, used with another algorithm of its kind. */
    public JoseKey as(Algorithm other) {
        return new JoseKey(other, pair, id);
    }

    public String algorithm() {
        return algorithm.name();
    }

    /** The public key (RFC 7517). */
    public ObjectNode jwk() {
        ObjectNode jwk = Http.object();
        if (pair.getPublic() instanceof ECPublicKey key) {
            return jwk.put("kty", "EC")
                    .put("crv", "P-256")
                    .put("x", base64(unsigned(key.getW().getAffineX(), P256_BYTES)))
                    .put("y", base64(unsigned(key.getW().getAffineY(), P256_BYTES)));
        }
        RSAPublicKey key = (RSAPublicKey) pair.getPublic();
        int length = (key.getModulus().bitLength() + 7) / 8;
        return jwk.put("kty", "RSA")
                .put("n", base64(unsigned(key.getModulus(), length)))
                .put("e", base64(key.getPublicExponent().toByteArray()));
    }

    /** The set of this one key, as a client registers it. */
    public String jwks() {
        ObjectNode jwks = Http.object();
        jwks.withArrayProperty("keys")
                .add(jwk().put("kid", id).put("use", "sig").put("alg", algorithm()));
        return jwks.toString();
    }

    /** A JWT that names the key by its id. */
    public String sign(ObjectNode claims) {
        return sign(Http.object().put("typ", "JWT").put("kid", id), claims);
    }

    /** A JWT with a header of the caller's, to which the algorithm is added. */
    public String sign(ObjectNode header, ObjectNode claims) {
        String signed =
                base64(bytes(header.put("alg", algorithm()).toString())) + "." + base64(bytes(claims.toString()));
        try {
            Signature signature = algorithm.signature();
            signature.initSign(pair.getPrivate());
            signature.update(bytes(signed));
            return signed + "." + base64(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A JWT that nobody signed (RFC 7518, section 3.6). */
    public static String unsigned(ObjectNode claims) {
        return base64(bytes("{\"alg\":\"none\"}")) + "." + base64(bytes(claims.toString())) + ".";
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] unsigned(BigInteger number, int length) {
        byte[] bytes = number.toByteArray();
        byte[] fixed = new byte[length];
        int taken = Math.min(bytes.length, length);
        System.arraycopy(
                Arrays.copyOfRange(bytes, bytes.length - taken, bytes.length), 0, fixed, length - taken, taken);
        return fixed;
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** What JWA (RFC 7518) calls the algorithms. */
    public enum Algorithm {
        ES256,
        PS256,
        RS256;

        KeyPairGenerator generator() throws GeneralSecurityException {
            if (this == ES256) {
                KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
                generator.initialize(new ECGenParameterSpec("secp256r1"));
                return generator;
            }
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator;
        }

        Signature signature() throws GeneralSecurityException {
            if (this == ES256) {
                return Signature.getInstance("SHA256withECDSAinP1363Format");
            }
            if (this == RS256) {
                return Signature.getInstance("SHA256withRSA");
            }
            Signature signature = Signature.getInstance("RSASSA-PSS");
            signature.setParameter(new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1));
            return signature;
        }
    }
}
