package io.assent.push.device;

import io.assent.device.Devices;
import io.assent.outbox.DeliveryHandler;
import io.assent.outbox.DeliveryHandlerFactory;
import io.assent.push.PushComposer;
import org.keycloak.models.KeycloakSession;

/** Makes {@link ProofHandler}. */
public final class ProofHandlerFactory implements DeliveryHandlerFactory {

    static final String KIND = "device-proof";

    @Override
    public DeliveryHandler create(KeycloakSession session) {
        return new ProofHandler(session, Devices.of(session), new PushComposer(session));
    }

    @Override
    public String getId() {
        return KIND;
    }
}
