package io.assent.logout;

import io.assent.outbox.Delivery;
import io.assent.outbox.DeliveryHandler;
import io.assent.outbox.http.ClientEndpoint;
import io.assent.outbox.http.SwitchedOff;
import java.util.Optional;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/** Tells a client that a consent has ended. */
final class LogoutHandler implements DeliveryHandler {

    private final KeycloakSession session;

    LogoutHandler(KeycloakSession session) {
        this.session = session;
    }

    /** A fresh token for each attempt, since it lives for two minutes. */
    @Override
    public Preparation prepare(RealmModel realm, Delivery delivery) {
        ClientModel client = realm.getClientById(delivery.parties().clientId());
        Optional<ClientEndpoint> endpoint = LogoutEndpoint.find(session, client);
        if (endpoint.isEmpty()) {
            return new Preparation.Obsolete("the client is gone, or has no backchannel logout URL");
        }
        Optional<SwitchedOff> off = SwitchedOff.of(client);
        if (off.isPresent()) {
            return new Preparation.Ready(off.get());
        }
        UserModel user = session.users().getUserById(realm, delivery.parties().userId());
        if (user == null) {
            return new Preparation.Obsolete("the customer is gone");
        }
        return LogoutStore.of(session)
                .find(delivery.target())
                .<Preparation>map(logout -> new Preparation.Ready(new LogoutAttempt(
                        endpoint.get(), logout.id(), new LogoutTokens(session).encode(client, user, logout))))
                .orElseGet(() -> new Preparation.Obsolete("the client was told, or its time is over"));
    }
}
