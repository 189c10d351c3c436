package io.assent.token.introspection;

import io.assent.consent.Consents;
import io.assent.consent.GrantParameters;
import io.assent.offswitch.OffSwitch;
import io.assent.token.GrantedClaims;
import io.assent.token.TokenDetails;
import org.keycloak.events.Details;
import org.keycloak.events.Errors;
import org.keycloak.events.EventBuilder;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.representations.AccessToken;

/**
 * What introspection (RFC 7662) says of a token by the consent that it was issued for. One whose consent has ended is
 * inactive, even where a refresh at the same time brought its session back; so is one whose client is switched off. The
 * answer keeps the {@code grant_id} and the details: the stock one starts from a token with the server's own claims
 * alone.
 */
record IntrospectedConsent(KeycloakSession session, Consents consents) {

    /** Whether the token is active; the event says why it is not. */
    boolean isGood(RealmModel realm, AccessToken token, EventBuilder event) {
        ClientModel client = realm.getClientByClientId(token.getIssuedFor());
        if (client != null && OffSwitch.of(client).isOff()) {
            return refuse(event, "The client is switched off");
        }
        return GrantParameters.grantId(token)
                        .filter(id -> consents.isOver(realm.getId(), id, token.getSessionId()))
                        .isEmpty()
                || refuse(event, "The consent has ended");
    }

    private static boolean refuse(EventBuilder event, String reason) {
        event.detail(Details.REASON, reason);
        event.error(Errors.INVALID_TOKEN);
        return false;
    }

    /** @param shown what the stock provider would say */
    AccessToken shown(RealmModel realm, AccessToken token, UserSessionModel userSession, AccessToken shown) {
        GrantParameters.grantId(token).ifPresent(id -> shown.setOtherClaims(GrantParameters.GRANT_ID, id));
        if (token.getAuthorizationDetails() != null) {
            shown.setAuthorizationDetails(token.getAuthorizationDetails());
            TokenDetails.copyClaims(token, shown);
        }
        GrantedClaims.limitIntrospection(session, realm, token, userSession.getUser(), shown);
        return shown;
    }
}
