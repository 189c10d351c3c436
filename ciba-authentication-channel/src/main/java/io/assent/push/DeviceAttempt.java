package io.assent.push;

import io.assent.device.Device;
import io.assent.device.DeviceStore;
import io.assent.outbox.DeliveryHandler;
import java.util.Optional;
import java.util.function.Consumer;
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
    public Optional<Consumer<KeycloakSession>> settlement(SendResult result) {
        if (result instanceof SendResult.Delivered delivered) {
            return delivered
                    .vendorHandle()
                    .map(vendorHandle ->
                            session -> devices(session).recordVendorHandle(realmId, userId, device, vendorHandle));
        }
        return result instanceof SendResult.DeadToken
                ? Optional.of(session -> devices(session).disable(realmId, userId, device))
                : Optional.empty();
    }

    private static DeviceStore devices(KeycloakSession session) {
        return session.getProvider(DeviceStore.class);
    }
}
