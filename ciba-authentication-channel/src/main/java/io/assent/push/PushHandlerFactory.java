package io.assent.push;

import io.assent.device.DeviceStore;
import io.assent.outbox.DeliveryHandler;
import io.assent.outbox.DeliveryHandlerFactory;
import io.assent.request.ConsentRequestStore;
import org.keycloak.Config;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;

/** Wires {@link PushHandler}. */
public final class PushHandlerFactory implements DeliveryHandlerFactory {

    static final String KIND = "push";

    @Override
    public DeliveryHandler create(KeycloakSession session) {
        return new PushHandler(
                session,
                session.getProvider(ConsentRequestStore.class),
                session.getProvider(DeviceStore.class),
                new PushComposer(session));
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
