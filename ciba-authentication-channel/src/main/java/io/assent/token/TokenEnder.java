package io.assent.token;

import io.assent.consent.Consent;
import io.assent.consent.ConsentEvent.Ended;
import io.assent.consent.Consents;
import io.assent.server.AssentEvent;
import io.assent.server.AssentEventListener;
import java.util.Set;
import java.util.stream.Collectors;
import org.keycloak.models.AuthenticatedClientSessionModel;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.services.managers.UserSessionManager;

/**
 * Ends the tokens of a consent that ended, in the same transaction: with its client session gone, the server refuses
 * them at introspection, userinfo and refresh with the next call, on every node. Other consents and other clients go
 * on.
 */
final class TokenEnder implements AssentEventListener {

    private final KeycloakSession session;

    TokenEnder(KeycloakSession session) {
        this.session = session;
    }

    @Override
    public void onEvent(AssentEvent event) {
        if (event instanceof Ended ended) {
            RealmModel realm =
                    session.realms().getRealm(ended.consent().parties().realmId());
            ClientModel client = realm == null
                    ? null
                    : realm.getClientById(ended.consent().parties().clientId());
            UserModel user = client == null
                    ? null
                    : session.users()
                            .getUserById(realm, ended.consent().parties().userId());
            // where one of them is gone, the sessions went with it
            if (user != null) {
                endTokens(ended.consent(), realm, client, user);
            }
        }
    }

    private void endTokens(Consent consent, RealmModel realm, ClientModel client, UserModel user) {
        if (consent.session().own()) {
            String id = consent.session().userSessionId();
            UserSessionModel online = session.sessions().getUserSession(realm, id);
            if (online != null) {
                session.sessions().removeUserSession(realm, online);
            }
            endOffline(session.sessions().getOfflineUserSession(realm, id), realm, client, user);
            return;
        }
        Set<String> others = ownSessions(consent);
        session.sessions().getUserSessionsStream(realm, user).toList().stream()
                .filter(login -> !others.contains(login.getId()))
                .forEach(login -> end(login, client));
        session.sessions().getOfflineUserSessionsStream(realm, user).toList().stream()
                .filter(login -> !others.contains(login.getId()))
                .forEach(login -> endOffline(login, realm, client, user));
    }

    /** The sessions that were made for other consents between the same two, which go on. */
    private Set<String> ownSessions(Consent ended) {
        return Consents.of(session).live(ended.parties()).stream()
                .map(Consent::session)
                .filter(Consent.TokenSession::own)
                .map(Consent.TokenSession::userSessionId)
                .collect(Collectors.toSet());
    }

    /** The customer's own login goes on, without the client. */
    private static void end(UserSessionModel login, ClientModel client) {
        AuthenticatedClientSessionModel clientSession = login.getAuthenticatedClientSessionByClient(client.getId());
        if (clientSession != null) {
            clientSession.detachFromUserSession();
        }
    }

    private void endOffline(UserSessionModel offline, RealmModel realm, ClientModel client, UserModel user) {
        if (offline != null) {
            new UserSessionManager(session).removeClientFromOfflineUserSession(realm, offline, client, user);
        }
    }
}
