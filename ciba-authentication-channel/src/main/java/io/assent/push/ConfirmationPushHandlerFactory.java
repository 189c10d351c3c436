package io.assent.push;

import io.assent.consent.Consents;
import io.assent.device.Devices;
import io.assent.outbox.DeliveryHandler;
import io.assent.outbox.DeliveryHandlerFactory;
import org.keycloak.Config;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;

/** Makes {@link ConfirmationPushHandler}. */
public final class ConfirmationPushHandlerFactory implements DeliveryHandlerFactory {

    static final String KIND = "confirmation-push";

    @Override
    public DeliveryHandler create(KeycloakSession session) {
        return new ConfirmationPushHandler(
                session, Consents.of(session), Devices.of(session), new PushComposer(session));
    }

    @Override
    public String getId() {
        return KIND;
    }

    @Override
    public void init(Config.Scope config) {}

    @Override
    public void postInit(KeycloakSessionFactory factory) {}

    @Override
    public void close() {}
}
