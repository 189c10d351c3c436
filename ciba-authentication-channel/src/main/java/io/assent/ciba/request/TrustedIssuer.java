package io.assent.ciba.request;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.assent.egress.AnswerBody;
import io.assent.egress.Egress;
import io.assent.egress.Egress.Outcome;
import io.assent.server.OperatorLog;
import io.assent.server.Sha256;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.apache.http.client.methods.CloseableHttpResponse;
import org.apache.http.client.methods.HttpGet;
import org.jboss.logging.Logger;
import org.keycloak.common.VerificationException;
import org.keycloak.crypto.KeyWrapper;
import org.keycloak.crypto.PublicKeysWrapper;
import org.keycloak.crypto.SignatureProvider;
import org.keycloak.jose.jwk.JSONWebKeySet;
import org.keycloak.jose.jwk.JWK;
import org.keycloak.jose.jws.JWSInput;
import org.keycloak.keys.PublicKeyStorageProvider;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.util.JWKSUtils;
import org.keycloak.util.JsonSerialization;

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

    /** The longest set of keys, in bytes. */
    private static final int MAX_KEYS = 65_536;

    /** How long a request waits for keys at the most. */
    private static final Duration LIMIT = Duration.ofSeconds(3);

    private static final OperatorLog LOG = new OperatorLog(Logger.getLogger(TrustedIssuer.class));

    /** @return empty where the bank trusts nobody for this client */
    static Optional<TrustedIssuer> of(ClientModel client) {
        String issuer = client.getAttribute(ISSUER);
        String keys = client.getAttribute(KEYS);
        if (issuer == null || issuer.isBlank() || keys == null || keys.isBlank()) {
            return Optional.empty();
        }
        return Optional.of(new TrustedIssuer(issuer.strip(), keys.strip()));
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
        Egress egress = Egress.of(session, session.getContext().getRealm());
        Outcome<JSONWebKeySet> outcome =
                egress.call(new HttpGet(), keys, "URL of keys in " + KEYS, LIMIT, TrustedIssuer::read);
        if (outcome instanceof Outcome.Answered<JSONWebKeySet> answered) {
            try {
                return JWKSUtils.getKeyWrappersForUse(answered.answer(), JWK.Use.SIG, true);
            } catch (RuntimeException noKey) {
                return none("one of them is none");
            }
        }
        return none(
                outcome instanceof Outcome.Refused<JSONWebKeySet> refused
                        ? refused.reason()
                        : ((Outcome.Failed<JSONWebKeySet>) outcome).reason());
    }

    private PublicKeysWrapper none(String reason) {
        LOG.warn(
                issuer + ' ' + reason,
                ("The keys of '%s' can't be read, and its login_hint_tokens are refused: %s. Check the client's attribute"
                                + " '%s', and tell who publishes the keys.")
                        .formatted(issuer, reason, KEYS));
        return PublicKeysWrapper.EMPTY;
    }

    private static JSONWebKeySet read(CloseableHttpResponse response) throws IOException {
        if (response.getStatusLine().getStatusCode() != 200 || response.getEntity() == null) {
            throw new IOException("not a set of keys");
        }
        byte[] body = AnswerBody.beginning(response, MAX_KEYS);
        // a longer one is cut, and so no JSON
        JSONWebKeySet keys = JsonSerialization.readValue(body, JSONWebKeySet.class);
        if (keys == null || keys.getKeys() == null) {
            throw new IOException("not a set of keys");
        }
        return keys;
    }
}
