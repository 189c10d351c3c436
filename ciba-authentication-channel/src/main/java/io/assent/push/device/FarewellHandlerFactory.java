package io.assent.push.device;

import io.assent.device.Devices;
import io.assent.outbox.DeliveryHandler;
import io.assent.outbox.DeliveryHandlerFactory;
import io.assent.push.PushComposer;
import org.keycloak.models.KeycloakSession;

/** Makes {@link FarewellHandler}. */
public final class FarewellHandlerFactory implements DeliveryHandlerFactory {

    static final String KIND = "device-farewell";

    @Override
    public DeliveryHandler create(KeycloakSession session) {
        return new FarewellHandler(session, Devices.of(session), new PushComposer(session));
    }

    @Override
    public String getId() {
        return KIND;
    }
}
