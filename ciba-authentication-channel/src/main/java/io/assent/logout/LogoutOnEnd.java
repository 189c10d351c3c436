package io.assent.logout;

import io.assent.consent.Consent;
import io.assent.consent.Consent.TokenSession;
import io.assent.outbox.Delivery;
import io.assent.outbox.Outbox;
import io.assent.outbox.http.ClientEndpoint;
import io.assent.server.AssentEvent;
import io.assent.server.AssentEventListener;
import io.assent.server.OperatorLog;
import io.assent.server.ServerTime;
import io.assent.token.OwnIssuer;
import io.assent.token.TokensEnded;
import io.assent.token.TokensEnded.EndedSession;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/**
 * Leaves it to the outbox to tell a client that a consent has ended: for each of its sessions that ended with it, or
 * for the one in which it was granted, where all had ended before and it is known. Stored with the end itself: one
 * can't be committed without the other.
 */
final class LogoutOnEnd implements AssentEventListener {

    /** After that a client that can't be reached finds out by its next call. */
    static final Duration TRIED_FOR = Duration.ofDays(1);

    private final KeycloakSession session;
    private final OperatorLog operator;

    LogoutOnEnd(KeycloakSession session, OperatorLog operator) {
        this.session = session;
        this.operator = operator;
    }

    @Override
    public void onEvent(AssentEvent event) {
        if (event instanceof TokensEnded ended && ended.consent().hasEndedWithoutItsClient()) {
            Consent consent = ended.consent();
            RealmModel realm = session.realms().getRealm(consent.parties().realmId());
            ClientModel client = realm.getClientById(consent.parties().clientId());
            if (LogoutEndpoint.find(session, client).isPresent()) {
                sessions(ended, realm, client).forEach(gone -> enqueue(consent, gone));
            }
        }
    }

    private Set<EndedSession> sessions(TokensEnded ended, RealmModel realm, ClientModel client) {
        if (!ended.sessions().isEmpty()) {
            return ended.sessions();
        }
        TokenSession grantedIn = ended.consent().session();
        // without a session's id the client would end all that it has of the customer, and other consents go on
        return grantedIn.equals(TokenSession.UNKNOWN)
                ? Set.of()
                : issuer(realm, client)
                        .map(issuer -> Set.of(new EndedSession(grantedIn.userSessionId(), issuer)))
                        .orElse(Set.of());
    }

    private Optional<String> issuer(RealmModel realm, ClientModel client) {
        Optional<String> issuer = OwnIssuer.find(session, realm);
        if (issuer.isEmpty()) {
            operator.warn(
                    "issuer",
                    "%s is not told that a consent ended: the server knows its own URL only while it is called. Set --hostname to a full URL"
                            .formatted(ClientEndpoint.name(client)));
        }
        return issuer;
    }

    private void enqueue(Consent consent, EndedSession gone) {
        Instant until = ServerTime.now().plus(TRIED_FOR);
        String id = LogoutStore.of(session).add(consent.id(), gone, until);
        session.getProvider(Outbox.class)
                .enqueue(new Delivery(LogoutHandlerFactory.KIND, consent.parties(), null, id, until));
    }
}
