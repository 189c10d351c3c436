package io.assent.push.device;

import io.assent.device.Devices;
import io.assent.outbox.DeliveryHandler;
import io.assent.outbox.DeliveryHandlerFactory;
import io.assent.push.PushComposer;
import org.keycloak.models.KeycloakSession;

/** Makes {@link NoticeHandler}. */
public final class NoticeHandlerFactory implements DeliveryHandlerFactory {

    static final String KIND = "device-notice";

    @Override
    public DeliveryHandler create(KeycloakSession session) {
        return new NoticeHandler(session, Devices.of(session), new PushComposer(session));
    }

    @Override
    public String getId() {
        return KIND;
    }
}
