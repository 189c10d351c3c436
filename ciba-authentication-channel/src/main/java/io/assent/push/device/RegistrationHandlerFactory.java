package io.assent.push.device;

import io.assent.device.Devices;
import io.assent.outbox.Delivery;
import io.assent.outbox.DeliveryHandler;
import io.assent.outbox.DeliveryHandlerFactory;
import org.keycloak.models.KeycloakSession;

/** Makes {@link RegistrationHandler}. */
public final class RegistrationHandlerFactory implements DeliveryHandlerFactory {

    /** The kind of a {@link Delivery} whose target is a device that was registered. */
    public static final String KIND = "registration";

    @Override
    public DeliveryHandler create(KeycloakSession session) {
        return new RegistrationHandler(session, Devices.of(session));
    }

    @Override
    public String getId() {
        return KIND;
    }
}
