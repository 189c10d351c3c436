package io.assent.securityevent;

import io.assent.outbox.DeliveryHandler;
import io.assent.outbox.http.ClientDeliveryHandlerFactory;
import io.assent.outbox.http.SwitchedOff;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;

/** Makes {@link SecurityEventHandler}. */
public final class SecurityEventHandlerFactory implements ClientDeliveryHandlerFactory {

    static final String KIND = "security-event";

    @Override
    public DeliveryHandler create(KeycloakSession session) {
        return new SecurityEventHandler(session);
    }

    @Override
    public void postInit(KeycloakSessionFactory factory) {
        SwitchedOff.watch(factory, KIND, SecurityEventEndpoint::find);
    }

    @Override
    public String getId() {
        return KIND;
    }
}
