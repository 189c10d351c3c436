package io.assent.testing.actor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.assent.testing.http.Http;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.RSAPublicKeySpec;
import java.util.Base64;

/** A JWT that a realm signed (RFC 7515, RS256). */
public record SignedJwt(ObjectNode header, ObjectNode claims) {

    /** Reads a JWT as a client does: with the realm's published keys, one of which must have signed it. */
    public static SignedJwt read(Realm realm, String jwt) {
        String[] parts = jwt.split("\\.");
        ObjectNode header = Http.parse(new String(bytes(parts[0]), StandardCharsets.UTF_8));
        assertThat(header.get("alg").asText()).isEqualTo("RS256");
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initVerify(key(realm, header.get("kid").asText()));
            signature.update((parts[0] + '.' + parts[1]).getBytes(StandardCharsets.US_ASCII));
            assertThat(signature.verify(bytes(parts[2])))
                    .as("the signature of %s", jwt)
                    .isTrue();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
        return new SignedJwt(header, Http.parse(new String(bytes(parts[1]), StandardCharsets.UTF_8)));
    }

    private static PublicKey key(Realm realm, String kid) throws GeneralSecurityException {
        JsonNode keys = Http.send(Http.request(realm.uri("/protocol/openid-connect/certs")))
                .ok()
                .get("keys");
        for (JsonNode key : keys) {
            if (kid.equals(key.get("kid").asText())) {
                return KeyFactory.getInstance("RSA")
                        .generatePublic(new RSAPublicKeySpec(number(key.get("n")), number(key.get("e"))));
            }
        }
        throw new AssertionError("the realm publishes no key " + kid);
    }

    private static BigInteger number(JsonNode base64) {
        return new BigInteger(1, bytes(base64.asText()));
    }

    private static byte[] bytes(String base64) {
        return Base64.getUrlDecoder().decode(base64);
    }
}
