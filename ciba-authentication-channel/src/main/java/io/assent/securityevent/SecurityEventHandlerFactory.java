package io.assent.securityevent;

import io.assent.outbox.DeliveryHandler;
import io.assent.outbox.http.ClientDeliveryHandlerFactory;
import org.keycloak.models.KeycloakSession;

/** Makes {@link SecurityEventHandler}. */
public final class SecurityEventHandlerFactory implements ClientDeliveryHandlerFactory {

    static final String KIND = "security-event";

    @Override
    public DeliveryHandler create(KeycloakSession session) {
        return new SecurityEventHandler(session);
    }

    @Override
    public String getId() {
        return KIND;
    }
}
