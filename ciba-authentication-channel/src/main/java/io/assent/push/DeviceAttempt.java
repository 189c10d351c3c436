package io.assent.push;

import io.assent.device.Device;
import io.assent.device.Devices;
import io.assent.outbox.DeliveryHandler.Attempt;
import io.assent.outbox.DeliveryHandler.Sent;
import io.assent.outbox.DeliveryResult;
import io.assent.server.Customer;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.keycloak.models.KeycloakSession;

/** One call to a vendor about one device, and what the device's row learns from it. */
public final class DeviceAttempt implements Attempt {

    private final Customer customer;
    private final Device device;
    private final Supplier<PushResult> call;

    public DeviceAttempt(Customer customer, Device device, Supplier<PushResult> call) {
        this.customer = customer;
        this.device = device;
        this.call = call;
    }

    @Override
    public String peer() {
        return "platform '" + device.platform() + "'";
    }

    @Override
    public Sent send() {
        PushResult result = call.get();
        if (result instanceof PushResult.Delivered delivered) {
            return new Sent(
                    new DeliveryResult.Delivered(), delivered.vendorHandle().map(this::recordVendorHandle));
        }
        if (result instanceof PushResult.DeadToken dead) {
            return new Sent(new DeliveryResult.Refused(dead.reason()), Optional.of(this::disable));
        }
        return Sent.of(
                result instanceof PushResult.RetryLater later
                        ? new DeliveryResult.RetryLater(later.after(), later.reason())
                        : new DeliveryResult.Refused(((PushResult.Permanent) result).reason()));
    }

    private Consumer<KeycloakSession> recordVendorHandle(String vendorHandle) {
        return session -> Devices.of(session).recordVendorHandle(customer, device, vendorHandle);
    }

    private void disable(KeycloakSession session) {
        Devices.of(session).disable(customer, device);
    }
}
