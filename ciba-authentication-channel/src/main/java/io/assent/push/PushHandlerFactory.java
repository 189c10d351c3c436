package io.assent.push;

import io.assent.device.Devices;
import io.assent.outbox.DeliveryHandler;
import io.assent.outbox.DeliveryHandlerFactory;
import io.assent.request.ConsentRequests;
import org.keycloak.Config;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;

/** Makes {@link PushHandler}. */
public final class PushHandlerFactory implements DeliveryHandlerFactory {

    static final String KIND = "push";

    @Override
    public DeliveryHandler create(KeycloakSession session) {
        return new PushHandler(session, ConsentRequests.of(session), Devices.of(session), new PushComposer(session));
    }

    @Override
    public String getId() {
        return KIND;
    }

    @Override
    public void init(Config.Scope config) {}

    @Override
    public void postInit(KeycloakSessionFactory factory) {
        Platforms.check(factory);
        factory.register(PushEvent::tell);
    }

    @Override
    public void close() {}
}
