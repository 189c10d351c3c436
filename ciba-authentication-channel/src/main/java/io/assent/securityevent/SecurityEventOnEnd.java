package io.assent.securityevent;

import io.assent.consent.Consent;
import io.assent.consent.ConsentEvent.Ended;
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
 * Leaves it to the outbox to push a Security Event Token to the client of a consent that has ended: one for each
 * consent. Stored with the end itself: one can't be committed without the other.
 */
final class SecurityEventOnEnd implements AssentEventListener {

    /** After that a client that can't be reached finds out by its next call. */
    static final Duration TRIED_FOR = Duration.ofDays(1);

    private final KeycloakSession session;
    private final OperatorLog operator;

    SecurityEventOnEnd(KeycloakSession session, OperatorLog operator) {
        this.session = session;
        this.operator = operator;
    }

    /** Of two events: the sessions know the issuer that the client knows, and a customer who is removed has none. */
    @Override
    public void onEvent(AssentEvent event) {
        if (event instanceof TokensEnded ended) {
            tell(ended.consent(), ended.sessions());
        } else if (event instanceof Ended ended && isCustomerGone(ended.consent())) {
            tell(ended.consent(), Set.of());
        }
    }

    /** Then nobody tells that the tokens ended: they went with the customer. */
    private boolean isCustomerGone(Consent consent) {
        RealmModel realm = session.realms().getRealm(consent.parties().realmId());
        return realm != null
                && !consent.isOneTime()
                && session.users().getUserById(realm, consent.parties().userId()) == null;
    }

    private void tell(Consent consent, Set<EndedSession> sessions) {
        if (!consent.hasEndedWithoutItsClient()) {
            return;
        }
        RealmModel realm = session.realms().getRealm(consent.parties().realmId());
        ClientModel client = realm.getClientById(consent.parties().clientId());
        if (SecurityEventEndpoint.find(session, client).isPresent()) {
            issuer(sessions, client)
                    .ifPresent(issuer -> enqueue(SecurityEvent.ofEnd(consent, issuer, client.getClientId()), consent));
        }
    }

    private Optional<String> issuer(Set<EndedSession> sessions, ClientModel client) {
        return sessions.stream().map(EndedSession::issuer).findAny().or(() -> ownIssuer(client));
    }

    private Optional<String> ownIssuer(ClientModel client) {
        Optional<String> issuer = OwnIssuer.find(session, client.getRealm());
        if (issuer.isEmpty()) {
            operator.warn(
                    "issuer",
                    "%s is pushed no security event of a consent's end: the server knows its own URL only while it is called. Set --hostname to a full URL"
                            .formatted(ClientEndpoint.name(client)));
        }
        return issuer;
    }

    private void enqueue(SecurityEvent event, Consent consent) {
        Instant until = ServerTime.now().plus(TRIED_FOR);
        SecurityEventStore.of(session).add(event, until);
        session.getProvider(Outbox.class)
                .enqueue(new Delivery(SecurityEventHandlerFactory.KIND, consent.parties(), null, event.id(), until));
    }
}
