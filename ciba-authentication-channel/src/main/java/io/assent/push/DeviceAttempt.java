package io.assent.push;

import io.assent.device.Device;
import io.assent.device.DeviceStore;
import java.util.function.Supplier;
import org.keycloak.models.KeycloakSession;

/** One call to a vendor about one device, and what the device's row learns from it. */
final class DeviceAttempt implements DeliveryHandler.Attempt {

    private final String realmId;
    private final String userId;
    private final Device device;
    private final Supplier<SendResult> call;

    DeviceAttempt(String realmId, String userId, Device device, Supplier<SendResult> call) {
        this.realmId = realmId;
        this.userId = userId;
        this.device = device;
        this.call = call;
    }

    @Override
    public SendResult send() {
        return call.get();
    }

    @Override
    public void settle(KeycloakSession session, SendResult result) {
        DeviceStore devices = session.getProvider(DeviceStore.class);
        if (result instanceof SendResult.Delivered delivered) {
            delivered.address().ifPresent(address -> devices.keepAddress(realmId, userId, device, address));
        } else if (result instanceof SendResult.DeadToken) {
            devices.disable(realmId, userId, device);
        }
    }
}
