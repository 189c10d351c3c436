package io.assent.ciba.ping;

import io.assent.outbox.Delivery;
import io.assent.outbox.Outbox;
import io.assent.request.ConsentRequest;
import io.assent.request.ConsentRequest.Journey;
import io.assent.request.ConsentRequestEvent.Decided;
import io.assent.request.ConsentRequests;
import io.assent.server.AssentEvent;
import io.assent.server.AssentEventListener;
import io.assent.trace.TracePlace;
import org.keycloak.models.CibaConfig;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/**
 * Leaves a ping to the outbox when a customer answered a client in ping mode. It is stored with the answer itself: one
 * can't be committed without the other.
 */
final class PingOnDecision implements AssentEventListener {

    private final KeycloakSession session;

    PingOnDecision(KeycloakSession session) {
        this.session = session;
    }

    @Override
    public void onEvent(AssentEvent event) {
        if (event instanceof Decided decided && decided.request().journey().is(Journey.CIBA)) {
            ping(decided.request());
        }
    }

    private void ping(ConsentRequest request) {
        RealmModel realm = session.getContext().getRealm();
        ClientModel client = realm.getClientById(request.parties().clientId());
        if (client != null && isInPingMode(realm, client)) {
            Delivery ping = new Delivery(
                    PingHandlerFactory.KIND, request.parties(), request.id(), client.getId(), request.expiresAt());
            goOnWithTheQuestion(request, () -> session.getProvider(Outbox.class).enqueue(ping));
        }
    }

    /** The client looks for its ping where it asked, and not in the trace of the customer's app. */
    private void goOnWithTheQuestion(ConsentRequest request, Runnable work) {
        TracePlace.current()
                .flatMap(traced -> ConsentRequests.of(session).askedAt(request))
                .ifPresentOrElse(asked -> asked.during(work), work);
    }

    private static boolean isInPingMode(RealmModel realm, ClientModel client) {
        return CibaConfig.CIBA_PING_MODE.equals(realm.getCibaPolicy().getBackchannelTokenDeliveryMode(client));
    }
}
