package io.assent.token.introspection;

import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserSessionModel;
import org.keycloak.protocol.oidc.AccessTokenIntrospectionProvider;
import org.keycloak.representations.AccessToken;

/** Introspection of an access token, by the consent behind it. */
final class ConsentIntrospection extends AccessTokenIntrospectionProvider<AccessToken> {

    private final IntrospectedConsent consent;

    ConsentIntrospection(KeycloakSession session, IntrospectedConsent consent) {
        super(session);
        this.consent = consent;
    }

    @Override
    protected boolean introspectionChecks(String tokenStr) {
        if (!super.introspectionChecks(tokenStr)) {
            return false;
        }
        boolean isGood = consent.isGood(realm, token, eventBuilder);
        if (!isGood) {
            // else the answer would hold it as a JWT
            transformedToken = null;
        }
        return isGood;
    }

    @Override
    public AccessToken transformAccessToken(AccessToken token, UserSessionModel userSession) {
        return consent.shown(realm, token, userSession, super.transformAccessToken(token, userSession));
    }
}
