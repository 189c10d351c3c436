package io.assent.sandbox.client;

import io.assent.rest.JsonBody;
import io.assent.rest.TextRule;
import io.assent.server.Sha256;

/**
 * A client's public key on P-256 (RFC 7518, section 6.2.1). A private one has a field more, and is refused.
 *
 * @param x in base64url, as {@code y}
 */
record PublicKey(String x, String y) {

    static PublicKey read(JsonBody jwk) {
        jwk.text("kty", TextRule.KEY_TYPE);
        jwk.text("crv", TextRule.CURVE);
        PublicKey key = new PublicKey(jwk.text("x", TextRule.COORDINATE), jwk.text("y", TextRule.COORDINATE));
        jwk.refuseOthers();
        return key;
    }

    /** Its thumbprint (RFC 7638). */
    String id() {
        return Sha256.base64Url("{\"crv\":\"P-256\",\"kty\":\"EC\",\"x\":\"%s\",\"y\":\"%s\"}".formatted(x, y));
    }

    /** A set of this key alone (RFC 7517, section 5). */
    String set() {
        return "{\"keys\":[{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"%s\",\"y\":\"%s\",\"kid\":\"%s\",\"use\":\"sig\",\"alg\":\"ES256\"}]}"
                .formatted(x, y, id());
    }
}
