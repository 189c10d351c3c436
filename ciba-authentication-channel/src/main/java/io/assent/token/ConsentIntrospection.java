package io.assent.token;

import io.assent.consent.Consents;
import io.assent.consent.GrantParameters;
import io.assent.offswitch.OffSwitch;
import org.keycloak.events.Details;
import org.keycloak.events.Errors;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserSessionModel;
import org.keycloak.protocol.oidc.AccessTokenIntrospectionProvider;
import org.keycloak.representations.AccessToken;

/**
 * Introspection (RFC 7662) by the consent that a token was issued for. One whose consent has ended is inactive, even
 * where a refresh at the same time brought its session back; so is one whose client is switched off. The answer keeps
 * the {@code grant_id} and the details: the stock one starts from a token with the server's own claims alone.
 */
final class ConsentIntrospection extends AccessTokenIntrospectionProvider<AccessToken> {

    private final Consents consents;

    ConsentIntrospection(KeycloakSession session, Consents consents) {
        super(session);
        this.consents = consents;
    }

    @Override
    protected boolean introspectionChecks(String tokenStr) {
        if (!super.introspectionChecks(tokenStr)) {
            return false;
        }
        if (isOfASwitchedOffClient()) {
            return refuse("The client is switched off");
        }
        return GrantParameters.grantId(token)
                        .filter(id -> consents.isOver(realm.getId(), id, token.getSessionId()))
                        .isEmpty()
                || refuse("The consent has ended");
    }

    private boolean isOfASwitchedOffClient() {
        ClientModel client = realm.getClientByClientId(token.getIssuedFor());
        return client != null && OffSwitch.of(client).isOff();
    }

    private boolean refuse(String reason) {
        // else the answer would hold it as a JWT
        transformedToken = null;
        eventBuilder.detail(Details.REASON, reason);
        eventBuilder.error(Errors.INVALID_TOKEN);
        return false;
    }

    @Override
    public AccessToken transformAccessToken(AccessToken token, UserSessionModel userSession) {
        AccessToken shown = super.transformAccessToken(token, userSession);
        GrantParameters.grantId(token).ifPresent(id -> shown.setOtherClaims(GrantParameters.GRANT_ID, id));
        if (token.getAuthorizationDetails() != null) {
            shown.setAuthorizationDetails(token.getAuthorizationDetails());
            TokenDetails.copyClaims(token, shown);
        }
        GrantedClaims.limit(session, realm, token, userSession.getUser(), shown);
        return shown;
    }
}
