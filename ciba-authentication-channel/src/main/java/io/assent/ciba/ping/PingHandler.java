package io.assent.ciba.ping;

import io.assent.offswitch.OffSwitch;
import io.assent.outbox.Delivery;
import io.assent.outbox.DeliveryHandler;
import io.assent.outbox.http.ClientEndpoint;
import io.assent.server.OperatorLog;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** Tells a client in ping mode that its tokens, or the customer's refusal, can be fetched. */
final class PingHandler implements DeliveryHandler {

    private final KeycloakSession session;
    private final PingStore pings;
    private final OperatorLog operator;

    PingHandler(KeycloakSession session, PingStore pings, OperatorLog operator) {
        this.session = session;
        this.pings = pings;
        this.operator = operator;
    }

    @Override
    public Preparation prepare(RealmModel realm, Delivery delivery) {
        ClientModel client = realm.getClientById(delivery.target());
        if (client == null) {
            return new Preparation.Obsolete("the client is gone");
        }
        if (OffSwitch.of(client).isOff()) {
            // what it asked is worth nothing, also once it is on again
            return new Preparation.Obsolete("the client is switched off");
        }
        String name = ClientEndpoint.name(client);
        String endpoint = realm.getCibaPolicy().getBackchannelClientNotificationEndpoint(client);
        if (endpoint == null || endpoint.isBlank()) {
            operator.warn(
                    name,
                    "No ping to " + name + ": it is in ping mode and has no backchannel client notification endpoint."
                            + " Set one, or set the client to poll mode");
            return new Preparation.Obsolete("the client has no notification endpoint");
        }
        return pings.find(delivery.ownerId())
                .<Preparation>map(ping -> new Preparation.Ready(new PingAttempt(
                        ClientEndpoint.of(session, client, "client notification endpoint", endpoint),
                        delivery.ownerId(),
                        ping.authReqId(),
                        ping.clientNotificationToken())))
                .orElseGet(() -> new Preparation.Obsolete("the client asked in poll mode"));
    }
}
