package io.assent.logout;

import io.assent.consent.GrantParameters;
import org.keycloak.models.AuthenticatedClientSessionModel;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.models.UserSessionModel.SessionPersistenceState;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;
import org.keycloak.representations.LogoutToken;

/**
 * Makes logout tokens (OpenID Connect Back-Channel Logout 1.0, section 2.4) with the server's own code, after their
 * session is gone.
 */
final class LogoutTokens {

    private final KeycloakSession session;

    LogoutTokens(KeycloakSession session) {
        this.session = session;
    }

    /**
     * A signed token. It names the customer as the client knows them, and the session: the customer alone would mean
     * all that the client has of them, and other consents go on.
     */
    String encode(ClientModel client, UserModel user, LogoutEntity logout) {
        // whose algorithm it is signed with
        session.getContext().setClient(client);
        LogoutToken token = session.tokens()
                .initLogoutToken(
                        client, user, standIn(client, user, logout.session().issuer()));
        token.id(logout.id());
        token.setSid(logout.session().id());
        token.setOtherClaims(GrantParameters.GRANT_ID, logout.consentId());
        return session.tokens().encode(token);
    }

    /** The server's code takes issuer and subject from a session: this one is never stored. */
    private AuthenticatedClientSessionModel standIn(ClientModel client, UserModel user, String issuer) {
        RealmModel realm = client.getRealm();
        UserSessionModel login = session.sessions()
                .createUserSession(
                        KeycloakModelUtils.generateId(),
                        realm,
                        user,
                        user.getUsername(),
                        null,
                        OIDCLoginProtocol.LOGIN_PROTOCOL,
                        false,
                        null,
                        null,
                        SessionPersistenceState.TRANSIENT);
        AuthenticatedClientSessionModel standIn = session.sessions().createClientSession(realm, client, login);
        standIn.setNote(OIDCLoginProtocol.ISSUER, issuer);
        return standIn;
    }
}
