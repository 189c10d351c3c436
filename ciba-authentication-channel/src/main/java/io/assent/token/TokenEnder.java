package io.assent.token;

import io.assent.consent.Consent;
import io.assent.consent.ConsentEvent.Ended;
import io.assent.server.AssentEvent;
import io.assent.server.AssentEventListener;
import java.util.List;
import org.keycloak.models.AuthenticatedClientSessionModel;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.services.managers.UserSessionManager;

/**
 * Ends the tokens of a consent that ended, in the same transaction: with its client session gone, the server refuses them
 * at introspection, userinfo and refresh with the next call, on every node. Other consents and other clients go on.
 */
final class TokenEnder implements AssentEventListener {

    private final KeycloakSession session;

    TokenEnder(KeycloakSession session) {
        this.session = session;
    }

    @Override
    public void onEvent(AssentEvent event) {
        if (event instanceof Ended ended) {
            endTokens(ended.consent());
        }
    }

    private void endTokens(Consent consent) {
        RealmModel realm = session.realms().getRealm(consent.parties().realmId());
        ClientModel client =
                realm == null ? null : realm.getClientById(consent.parties().clientId());
        if (client == null) {
            // its sessions went with it
            return;
        }
        UserSessionModel online = session.sessions().getUserSession(realm, consent.userSessionId());
        if (online != null) {
            end(realm, client, consent, online);
        }
        UserSessionModel offline = session.sessions().getOfflineUserSession(realm, consent.userSessionId());
        if (offline != null) {
            new UserSessionManager(session)
                    .removeClientFromOfflineUserSession(realm, offline, client, offline.getUser());
        }
    }

    /** A session that was made for this consent ends with it; the customer's own login goes on without the client. */
    private void end(RealmModel realm, ClientModel client, Consent consent, UserSessionModel userSession) {
        AuthenticatedClientSessionModel clientSession =
                userSession.getAuthenticatedClientSessionByClient(client.getId());
        if (clientSession == null) {
            return;
        }
        if (List.copyOf(userSession.getAuthenticatedClientSessions().keySet()).equals(List.of(client.getId()))
                && consent.hasItsOwnSession()) {
            session.sessions().removeUserSession(realm, userSession);
        } else {
            clientSession.detachFromUserSession();
        }
    }
}
