package io.assent.securityevent;

import io.assent.outbox.Delivery;
import io.assent.outbox.DeliveryHandler;
import io.assent.outbox.http.ClientEndpoint;
import io.assent.outbox.http.SwitchedOff;
import java.util.Optional;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** Pushes a Security Event Token to a client. */
final class SecurityEventHandler implements DeliveryHandler {

    private final KeycloakSession session;

    SecurityEventHandler(KeycloakSession session) {
        this.session = session;
    }

    /** Signed for each attempt, so that the key is one that the realm publishes at that moment. */
    @Override
    public Preparation prepare(RealmModel realm, Delivery delivery) {
        ClientModel client = realm.getClientById(delivery.parties().clientId());
        Optional<ClientEndpoint> endpoint = SecurityEventEndpoint.find(session, client);
        if (endpoint.isEmpty()) {
            return new Preparation.Obsolete("the client is gone, or has no security event URL");
        }
        Optional<SwitchedOff> off = SwitchedOff.of(client);
        if (off.isPresent()) {
            return new Preparation.Ready(off.get());
        }
        return SecurityEventStore.of(session)
                .find(delivery.target())
                .<Preparation>map(event -> new Preparation.Ready(new SecurityEventAttempt(
                        endpoint.get(), event.id(), new SecurityEventTokens(session).encode(client, event))))
                .orElseGet(() -> new Preparation.Obsolete("the client was told, or its time is over"));
    }
}
