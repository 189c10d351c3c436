package io.assent.rest.admin.evidence;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.assent.server.CanonicalJson;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.keycloak.crypto.Algorithm;
import org.keycloak.crypto.KeyUse;
import org.keycloak.crypto.KeyWrapper;
import org.keycloak.crypto.SignatureProvider;
import org.keycloak.jose.jws.JWSBuilder;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.protocol.oidc.utils.JWKSServerUtils;
import org.keycloak.util.JsonSerialization;

/**
 * The realm's signature over a document, which nobody else can make: a JWS with detached content (RFC 7515, appendix F)
 * over the canonical form (RFC 8785) of all of the document but the seal itself. The public key is in the document, so
 * that it can be checked without the server.
 */
public final class Seal {

    /** Names the JWS, so that nothing else that the realm signs can pass for a seal, and no seal for a token. */
    private static final String TYPE = "consent-evidence+jws";

    /** What every JWS library checks. A realm that signs tokens by another one seals by RS256, which it has as well. */
    private static final Set<String> ALGORITHMS = Set.of(
            Algorithm.RS256,
            Algorithm.RS384,
            Algorithm.RS512,
            Algorithm.PS256,
            Algorithm.PS384,
            Algorithm.PS512,
            Algorithm.ES256,
            Algorithm.ES384,
            Algorithm.ES512);

    private final KeycloakSession session;
    private final KeyWrapper key;

    private Seal(KeycloakSession session, KeyWrapper key) {
        this.session = session;
        this.key = key;
    }

    /** By the realm's active key for the algorithm that it signs tokens with. */
    public static Seal of(KeycloakSession session, RealmModel realm) {
        String usual = realm.getDefaultSignatureAlgorithm();
        String algorithm = usual != null && ALGORITHMS.contains(usual) ? usual : Algorithm.RS256;
        return new Seal(session, session.keys().getActiveKey(realm, KeyUse.SIG, algorithm));
    }

    /** The document in canonical form, sealed. */
    public String close(ObjectNode document) {
        ObjectNode sealed = document.deepCopy();
        sealed.set("sealKey", publicKey());
        String jws = new JWSBuilder()
                .type(TYPE)
                .content(CanonicalJson.of(sealed).getBytes(StandardCharsets.UTF_8))
                .sign(session.getProvider(SignatureProvider.class, key.getAlgorithmOrDefault())
                        .signer(key));
        sealed.put("seal", jws.substring(0, jws.indexOf('.')) + ".." + jws.substring(jws.lastIndexOf('.') + 1));
        return CanonicalJson.of(sealed);
    }

    /** As the realm publishes it, without its certificate. */
    private ObjectNode publicKey() {
        ObjectNode jwk = JsonSerialization.mapper.valueToTree(JWKSServerUtils.toJwk(key));
        return jwk.retain("kty", "use", "kid", "alg", "n", "e", "crv", "x", "y");
    }
}
