package io.assent.testing.actor;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.assent.testing.http.Http;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import java.util.Base64;

/** A key of a TPP, whose public part the bank knows. */
public final class SigningKey {

    private static final String ID = "key";

    private final KeyPair pair;

    private SigningKey(KeyPair pair) {
        this.pair = pair;
    }

    public static SigningKey generate() {
        try {
            return new SigningKey(KeyPairGenerator.getInstance("RSA").generateKeyPair());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has RSA", e);
        }
    }

    /** Lets a client sign its backchannel requests with it, in the admin API's representation of the client. */
    public void signsBackchannelRequestsOf(ObjectNode client) {
        client.withObjectProperty("attributes")
                .put("ciba.backchannel.auth.request.signing.alg", "RS256")
                .put("use.jwks.string", "true")
                .put("jwks.string", jwks());
    }

    /** The public part (RFC 7517). */
    public String jwks() {
        RSAPublicKey key = (RSAPublicKey) pair.getPublic();
        ObjectNode jwks = Http.object();
        jwks.withArrayProperty("keys")
                .addObject()
                .put("kid", ID)
                .put("kty", "RSA")
                .put("alg", "RS256")
                .put("use", "sig")
                .put("n", base64(key.getModulus()))
                .put("e", base64(key.getPublicExponent()));
        return jwks.toString();
    }

    /** A compact JWS of the claims. */
    public String sign(ObjectNode claims) {
        String signed =
                base64("{\"alg\":\"RS256\",\"kid\":\"" + ID + "\",\"typ\":\"JWT\"}") + "." + base64(claims.toString());
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(pair.getPrivate());
            signature.update(signed.getBytes(StandardCharsets.US_ASCII));
            return signed + "." + base64(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has SHA256withRSA", e);
        }
    }

    private static String base64(BigInteger number) {
        byte[] bytes = number.toByteArray();
        return base64(bytes[0] == 0 ? Arrays.copyOfRange(bytes, 1, bytes.length) : bytes);
    }

    private static String base64(String text) {
        return base64(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
