package io.assent.authorization;

import io.assent.token.GrantedClaims;
import org.keycloak.models.ClientSessionContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserSessionModel;
import org.keycloak.protocol.oidc.TokenManager;
import org.keycloak.representations.AccessToken;

/** The stock tokens, but that userinfo (OpenID Connect Core 1.0, section 5.3) tells no claim that was not granted. */
final class LimitedUserInfo extends TokenManager {

    @Override
    public AccessToken transformUserInfoAccessToken(
            KeycloakSession session,
            AccessToken accessToken,
            AccessToken userInfo,
            UserSessionModel userSession,
            ClientSessionContext context) {
        AccessToken told = super.transformUserInfoAccessToken(session, accessToken, userInfo, userSession, context);
        GrantedClaims.limitUserinfo(session, userSession.getRealm(), accessToken, userSession.getUser(), told);
        return told;
    }
}
