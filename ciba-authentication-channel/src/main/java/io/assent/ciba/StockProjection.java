package io.assent.ciba;

import io.assent.server.ServerTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.OAuth2DeviceCodeModel;
import org.keycloak.models.RealmModel;
import org.keycloak.models.SingleUseObjectProvider;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.protocol.oidc.grants.ciba.channel.CIBAAuthenticationRequest;

/**
 * Shows a state to the stock grant in the place where it looks: the single-use store, under the id of the request.
 *
 * <p>Only a pending request is shown under its own id, because the stock grant counts the polling interval by it. Any
 * other answer is shown under an id that is made for this one poll: it is given at once, however short ago the last
 * poll was, and polls at the same time do not meet. Nobody ever learns that id, so what stays behind under it can't be
 * redeemed.
 */
final class StockProjection {

    /** Long enough for the slowest poll: the entry is read within the same request, and never again. */
    private static final int THIS_POLL_SECONDS = 10;

    private final KeycloakSession session;
    private final RealmModel realm;
    private final ClientModel client;

    StockProjection(KeycloakSession session, RealmModel realm, ClientModel client) {
        this.session = session;
        this.realm = realm;
        this.client = client;
    }

    /** Answered with {@code invalid_grant}: nothing is there to be found. */
    void unknown(CIBAAuthenticationRequest authRequest) {
        forThisPoll(authRequest);
    }

    /** Answered with {@code expired_token}. */
    void expired(CIBAAuthenticationRequest authRequest) {
        put(code(forThisPoll(authRequest), -1), THIS_POLL_SECONDS);
    }

    /** Answered with {@code access_denied}. */
    void denied(CIBAAuthenticationRequest authRequest) {
        put(code(forThisPoll(authRequest), THIS_POLL_SECONDS).deny(), THIS_POLL_SECONDS);
    }

    /** Answered with tokens. */
    void approved(CIBAAuthenticationRequest authRequest) {
        OAuth2DeviceCodeModel code = code(forThisPoll(authRequest), THIS_POLL_SECONDS);
        // the stock code needs a session id there to call it approved, and does not read it
        put(code.approve(authRequest.getId()), THIS_POLL_SECONDS);
    }

    /**
     * Answered with {@code authorization_pending}, or with {@code slow_down} within the interval. The entry is normally
     * there since the backchannel call; it is put back where the last node's restart lost it, and put right where
     * something but the customer touched it.
     */
    void pending(CIBAAuthenticationRequest authRequest, Instant expiresAt) {
        SingleUseObjectProvider store = session.singleUseObjects();
        Map<String, String> notes = store.get(OAuth2DeviceCodeModel.createKey(authRequest.getId()));
        if (notes == null || !isPending(authRequest, notes)) {
            int left = (int)
                    Math.max(1, Duration.between(ServerTime.now(), expiresAt).toSeconds());
            put(code(authRequest, left), left);
        }
    }

    private boolean isPending(CIBAAuthenticationRequest authRequest, Map<String, String> notes) {
        OAuth2DeviceCodeModel code = OAuth2DeviceCodeModel.fromCache(realm, authRequest.getId(), notes);
        return code != null && code.isPending() && !code.isDenied() && !code.isExpired();
    }

    private CIBAAuthenticationRequest forThisPoll(CIBAAuthenticationRequest authRequest) {
        authRequest.id(KeycloakModelUtils.generateId());
        return authRequest;
    }

    private OAuth2DeviceCodeModel code(CIBAAuthenticationRequest authRequest, int expiresIn) {
        return OAuth2DeviceCodeModel.create(
                realm,
                client,
                authRequest.getId(),
                authRequest.getScope(),
                null,
                expiresIn,
                Math.max(1, realm.getCibaPolicy().getPoolingInterval()),
                null,
                null,
                Map.of(),
                null,
                null);
    }

    private void put(OAuth2DeviceCodeModel code, int lifespanSeconds) {
        session.singleUseObjects().put(code.serializeKey(), lifespanSeconds, code.toMap());
    }
}
