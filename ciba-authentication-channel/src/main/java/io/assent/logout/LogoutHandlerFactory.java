package io.assent.logout;

import io.assent.outbox.DeliveryHandler;
import io.assent.outbox.http.ClientDeliveryHandlerFactory;
import org.keycloak.models.KeycloakSession;

/** Makes {@link LogoutHandler}. */
public final class LogoutHandlerFactory implements ClientDeliveryHandlerFactory {

    static final String KIND = "logout";

    @Override
    public DeliveryHandler create(KeycloakSession session) {
        return new LogoutHandler(session);
    }

    @Override
    public String getId() {
        return KIND;
    }
}
