package io.assent.push;

import io.assent.device.Device;
import io.assent.device.Devices;
import io.assent.outbox.DeliveryHandler;
import io.assent.server.Customer;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.keycloak.models.KeycloakSession;

/** One call to a vendor about one device, and what the device's row learns from it. */
final class DeviceAttempt implements DeliveryHandler.Attempt {

    private final Customer customer;
    private final Device device;
    private final Supplier<SendResult> call;

    DeviceAttempt(Customer customer, Device device, Supplier<SendResult> call) {
        this.customer = customer;
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
                            session -> Devices.of(session).recordVendorHandle(customer, device, vendorHandle));
        }
        return result instanceof SendResult.DeadToken
                ? Optional.of(session -> Devices.of(session).disable(customer, device))
                : Optional.empty();
    }
}
