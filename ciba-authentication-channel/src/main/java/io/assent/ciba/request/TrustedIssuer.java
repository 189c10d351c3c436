package io.assent.ciba.request;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.assent.server.Sha256;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.keycloak.common.VerificationException;
import org.keycloak.crypto.KeyWrapper;
import org.keycloak.crypto.PublicKeysWrapper;
import org.keycloak.crypto.SignatureProvider;
import org.keycloak.jose.jwk.JWK;
import org.keycloak.jose.jws.JWSInput;
import org.keycloak.keys.PublicKeyStorageProvider;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.protocol.oidc.utils.JWKSHttpUtils;
import org.keycloak.util.JWKSUtils;

/**
 * Who may name customers to a client by signing it, as the bank set it at the client.
 *
 * @param issuer what it calls itself
 * @param keys where it publishes its keys (RFC 7517)
 */
record TrustedIssuer(String issuer, String keys) {

    /** The client attribute that holds {@link #issuer}. */
    static final String ISSUER = "assent.login-hint-token.issuer";

    /** The client attribute that holds {@link #keys}. */
    static final String KEYS = "assent.login-hint-token.jwks-url";

    private static final Logger LOG = Logger.getLogger(TrustedIssuer.class);

    /** @return empty where the bank trusts nobody for this client, or named a URL that the realm does not allow */
    static Optional<TrustedIssuer> of(RealmModel realm, ClientModel client) {
        String issuer = client.getAttribute(ISSUER);
        String keys = client.getAttribute(KEYS);
        if (issuer == null || issuer.isBlank() || keys == null || keys.isBlank()) {
            return Optional.empty();
        }
        if (!isAllowed(realm, keys)) {
            LOG.warnf(
                    "Client '%s' gets no login_hint_token read: its attribute %s has to be an https URL",
                    client.getClientId(), KEYS);
            return Optional.empty();
        }
        return Optional.of(new TrustedIssuer(issuer.strip(), keys.strip()));
    }

    private static boolean isAllowed(RealmModel realm, String url) {
        try {
            URI uri = URI.create(url.strip());
            return uri.getHost() != null
                    && ("https".equals(uri.getScheme())
                            || "http".equals(uri.getScheme())
                                    && !realm.getSslRequired().isRequired(uri.getHost()));
        } catch (IllegalArgumentException noUri) {
            return false;
        }
    }

    /** Whether it signed this, with a key that it publishes. */
    boolean signed(KeycloakSession session, JWSInput token) {
        String algorithm = token.getHeader().getRawAlgorithm();
        SignatureProvider signatures =
                algorithm == null ? null : session.getProvider(SignatureProvider.class, algorithm);
        // a shared secret is published to nobody
        if (signatures == null || !signatures.isAsymmetricAlgorithm()) {
            return false;
        }
        KeyWrapper key = key(session, token.getHeader().getKeyId(), algorithm);
        try {
            return key != null
                    && signatures
                            .verifier(key)
                            .verify(token.getEncodedSignatureInput().getBytes(UTF_8), token.getSignature());
        } catch (VerificationException notThatKey) {
            return false;
        }
    }

    /** By the server's own cache of keys, which asks for them anew where it does not know one, but not too often. */
    private KeyWrapper key(KeycloakSession session, String id, String algorithm) {
        PublicKeyStorageProvider known = session.getProvider(PublicKeyStorageProvider.class);
        String name = TrustedIssuer.class.getName() + ':' + Sha256.of(keys);
        return id == null
                ? known.getFirstPublicKey(name, algorithm, () -> load(session))
                : known.getPublicKey(name, id, algorithm, () -> load(session));
    }

    @SuppressWarnings("deprecation") // JWK.Use: the server's own method takes nothing else
    private PublicKeysWrapper load(KeycloakSession session) {
        try {
            return JWKSUtils.getKeyWrappersForUse(JWKSHttpUtils.sendJwksRequest(session, keys), JWK.Use.SIG, true);
        } catch (IOException | RuntimeException notThere) {
            LOG.warnf("The keys of '%s' can't be read from %s: %s", issuer, keys, notThere.getMessage());
            return PublicKeysWrapper.EMPTY;
        }
    }
}
