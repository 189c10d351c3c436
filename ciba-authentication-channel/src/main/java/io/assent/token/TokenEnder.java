package io.assent.token;

import io.assent.consent.Consent;
import io.assent.consent.Consent.TokenSession;
import io.assent.consent.ConsentEvent.Ended;
import io.assent.consent.ConsentEvent.Narrowed;
import io.assent.consent.ConsentEvent.Renewed;
import io.assent.consent.Consents;
import io.assent.server.AssentEvent;
import io.assent.server.AssentEventListener;
import io.assent.token.TokensEnded.EndedSession;
import io.assent.token.stored.PartyModels;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.keycloak.OAuth2Constants;
import org.keycloak.models.AuthenticatedClientSessionModel;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.services.managers.UserSessionManager;

/**
 * Ends the tokens of a consent that ended, in the same transaction: with its client session gone, the server refuses
 * them at introspection, userinfo and refresh with the next call, on every node. Other consents and other clients go
 * on. Nobody is called: who is to hear of it listens to {@link TokensEnded}.
 *
 * <p>Where a customer takes back the access while away alone, the offline session ends, and the consent's other tokens
 * go on: the server would renew an offline token for as long as its session remembers what it was made for.
 */
final class TokenEnder implements AssentEventListener {

    private final KeycloakSession session;

    TokenEnder(KeycloakSession session) {
        this.session = session;
    }

    @Override
    public void onEvent(AssentEvent event) {
        // the one token of a one-time consent is what it was given for, and lives its own short life
        if (event instanceof Ended ended && !ended.consent().isOneTime()) {
            // where one of them is gone, the sessions went with it
            PartyModels.find(session, ended.consent().parties())
                    .ifPresent(parties ->
                            endTokens(ended.consent(), ended.consent().session(), parties, Set.of()));
        } else if (event instanceof Renewed renewed) {
            PartyModels.find(session, renewed.consent().parties())
                    .ifPresent(parties ->
                            endTokens(renewed.consent(), renewed.before(), parties, Set.of(renewed.userSessionId())));
        } else if (event instanceof Narrowed narrowed
                && narrowed.takenBack().contains(OAuth2Constants.OFFLINE_ACCESS)) {
            PartyModels.find(session, narrowed.consent().parties()).ifPresent(parties -> offlineSessions(
                            narrowed.consent(), narrowed.consent().session(), parties)
                    .forEach(offline -> endOffline(offline, parties)));
        }
    }

    /** @param goingOn the logins that keep the client */
    private void endTokens(Consent consent, TokenSession hangOn, PartyModels parties, Set<String> goingOn) {
        RealmModel realm = parties.realm();
        Set<EndedSession> ended = new LinkedHashSet<>();
        if (hangOn.own()) {
            String id = hangOn.userSessionId();
            UserSessionModel online = session.sessions().getUserSession(realm, id);
            if (online != null) {
                EndedSession.find(online, parties.client()).ifPresent(ended::add);
                session.sessions().removeUserSession(realm, online);
            }
        } else {
            Set<String> others = ownSessions(consent);
            session.sessions().getUserSessionsStream(realm, parties.user()).toList().stream()
                    .filter(login -> !others.contains(login.getId()) && !goingOn.contains(login.getId()))
                    .forEach(login -> end(login, parties.client()).ifPresent(ended::add));
        }
        offlineSessions(consent, hangOn, parties)
                .forEach(offline -> endOffline(offline, parties).ifPresent(ended::add));
        AssentEventListener.tell(session, new TokensEnded(consent, ended));
    }

    private List<UserSessionModel> offlineSessions(Consent consent, TokenSession hangOn, PartyModels parties) {
        if (hangOn.own()) {
            return Stream.ofNullable(session.sessions().getOfflineUserSession(parties.realm(), hangOn.userSessionId()))
                    .toList();
        }
        Set<String> others = ownSessions(consent);
        return session.sessions()
                .getOfflineUserSessionsStream(parties.realm(), parties.user())
                .filter(login -> !others.contains(login.getId()))
                .toList();
    }

    /** The sessions that were made for other consents between the same two, which go on. */
    private Set<String> ownSessions(Consent shared) {
        return Consents.of(session).live(shared.parties()).stream()
                .map(Consent::session)
                .filter(TokenSession::own)
                .map(TokenSession::userSessionId)
                .collect(Collectors.toSet());
    }

    /** The customer's own login goes on, without the client. */
    private static Optional<EndedSession> end(UserSessionModel login, ClientModel client) {
        Optional<EndedSession> ended = EndedSession.find(login, client);
        AuthenticatedClientSessionModel clientSession = login.getAuthenticatedClientSessionByClient(client.getId());
        if (clientSession != null) {
            clientSession.detachFromUserSession();
        }
        return ended;
    }

    private Optional<EndedSession> endOffline(UserSessionModel offline, PartyModels parties) {
        Optional<EndedSession> ended = EndedSession.find(offline, parties.client());
        new UserSessionManager(session)
                .removeClientFromOfflineUserSession(parties.realm(), offline, parties.client(), parties.user());
        return ended;
    }
}
