package io.assent.securityevent;

import io.assent.outbox.Delivery;
import io.assent.outbox.DeliveryHandler;
import io.assent.outbox.DeliveryHandlerFactory;
import org.keycloak.models.KeycloakSession;

/** Makes {@link SecurityEventHandler}. */
public final class SecurityEventHandlerFactory implements DeliveryHandlerFactory {

    static final String KIND = "security-event";

    @Override
    public DeliveryHandler create(KeycloakSession session) {
        return new SecurityEventHandler(session);
    }

    @Override
    public String getId() {
        return KIND;
    }

    @Override
    public String target(Delivery delivery) {
        return delivery.parties().clientId();
    }

    /** One client's server that does not answer leaves the other threads to the other clients. */
    @Override
    public int concurrencyPerTarget() {
        return 2;
    }
}
