package io.assent.logout;

import io.assent.outbox.DeliveryHandler;
import io.assent.outbox.http.ClientDeliveryHandlerFactory;
import io.assent.outbox.http.SwitchedOff;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;

/** Makes {@link LogoutHandler}. */
public final class LogoutHandlerFactory implements ClientDeliveryHandlerFactory {

    static final String KIND = "logout";

    @Override
    public DeliveryHandler create(KeycloakSession session) {
        return new LogoutHandler(session);
    }

    @Override
    public void postInit(KeycloakSessionFactory factory) {
        SwitchedOff.watch(factory, KIND, LogoutEndpoint::find);
    }

    @Override
    public String getId() {
        return KIND;
    }
}
