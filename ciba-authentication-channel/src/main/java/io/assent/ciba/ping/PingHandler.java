package io.assent.ciba.ping;

import io.assent.outbox.Delivery;
import io.assent.outbox.DeliveryHandler;
import org.jboss.logging.Logger;
import org.keycloak.connections.httpclient.HttpClientProvider;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** Tells a client in ping mode that its tokens, or the customer's refusal, can be fetched. */
final class PingHandler implements DeliveryHandler {

    private static final Logger LOG = Logger.getLogger(PingHandler.class);

    private final KeycloakSession session;
    private final PingStore pings;

    PingHandler(KeycloakSession session, PingStore pings) {
        this.session = session;
        this.pings = pings;
    }

    @Override
    public Preparation prepare(RealmModel realm, Delivery delivery) {
        ClientModel client = realm.getClientById(delivery.target());
        if (client == null) {
            return new Preparation.Obsolete("the client is gone");
        }
        String endpoint = realm.getCibaPolicy().getBackchannelClientNotificationEndpoint(client);
        if (endpoint == null || endpoint.isBlank()) {
            LOG.warnf(
                    "Client '%s' in realm '%s' is in ping mode and has no backchannel client notification endpoint",
                    client.getClientId(), realm.getName());
            return new Preparation.Obsolete("the client has no notification endpoint");
        }
        return pings.find(delivery.requestId())
                .<Preparation>map(ping -> new Preparation.Ready(new PingAttempt(
                        session.getProvider(HttpClientProvider.class).getHttpClient(),
                        endpoint,
                        delivery.requestId(),
                        ping.authReqId(),
                        ping.clientNotificationToken())))
                .orElseGet(() -> new Preparation.Obsolete("the client asked in poll mode"));
    }
}
