package io.assent.token;

import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserSessionModel;
import org.keycloak.protocol.oidc.AccessTokenIntrospectionProvider;
import org.keycloak.representations.AccessToken;

/**
 * Introspection (RFC 7662) that keeps an access token's {@code grant_id}: the stock answer starts from a token with the
 * server's own claims alone.
 */
final class GrantIdInIntrospection extends AccessTokenIntrospectionProvider<AccessToken> {

    GrantIdInIntrospection(KeycloakSession session) {
        super(session);
    }

    @Override
    public AccessToken transformAccessToken(AccessToken token, UserSessionModel userSession) {
        AccessToken shown = super.transformAccessToken(token, userSession);
        ConsentTokens.grantId(token).ifPresent(id -> shown.setOtherClaims(ConsentTokens.GRANT_ID, id));
        return shown;
    }
}
