package io.assent.push.device;

import io.assent.server.AssentEventListener;
import io.assent.server.AssentEventListenerFactory;
import org.keycloak.models.KeycloakSession;

/** Makes {@link DeviceNotifier}. */
public final class DeviceNotifierFactory implements AssentEventListenerFactory {

    @Override
    public AssentEventListener create(KeycloakSession session) {
        return new DeviceNotifier(session);
    }

    @Override
    public String getId() {
        return "device-push";
    }
}
