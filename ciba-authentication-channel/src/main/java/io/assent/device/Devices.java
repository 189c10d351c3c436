package io.assent.device;

import io.assent.device.DeviceStore.OwnedDevice;
import io.assent.server.AssentEventListener;
import io.assent.server.Customer;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.keycloak.models.KeycloakSession;

/**
 * The door to customers' devices. Every rule about a device's row is here, and every change is told to the
 * {@link AssentEventListener}s. Belongs to the caller's transaction.
 */
public final class Devices {

    /** The largest number of devices that a customer can register. */
    public static final int MAX_DEVICES = 20;

    private final DeviceStore store;
    private final Consumer<DeviceEvent> events;

    Devices(DeviceStore store, Consumer<DeviceEvent> events) {
        this.store = store;
        this.events = events;
    }

    public static Devices of(KeycloakSession session) {
        return new Devices(session.getProvider(DeviceStore.class), event -> AssentEventListener.tell(session, event));
    }

    /** The customer's devices, oldest registration first. */
    public List<Device> list(Customer customer) {
        return store.list(customer);
    }

    public Optional<Device> find(Customer customer, String id) {
        return store.find(customer, id);
    }

    /** The device that was registered in this user session; none for {@code null}. */
    public Optional<Device> registeredIn(Customer customer, String sessionId) {
        return sessionId == null
                ? Optional.empty()
                : store.list(customer).stream()
                        .filter(device -> sessionId.equals(device.sessionId()))
                        .findFirst();
    }

    /**
     * Registers a device, or refreshes the one that the customer registered under the same id. A push token reaches one
     * installation: whatever device had it before, of this customer or of another, is forgotten.
     *
     * @throws org.keycloak.models.ModelDuplicateException if another transaction registered it meanwhile: try again in
     *     a new one
     */
    public Registration register(Customer customer, Device device) {
        // before the first read: what is counted is what the one before has committed
        store.lock(customer);
        Optional<Device> known = store.findForUpdate(customer, device.id());
        if (known.isEmpty() && countOfOthers(customer, device) >= MAX_DEVICES) {
            return new Registration.TooMany();
        }
        store.withPushToken(customer.realmId(), device.platform(), device.pushToken()).stream()
                .filter(other -> !(other.customer().equals(customer)
                        && other.device().id().equals(device.id())))
                .forEach(this::forgetMoved);
        Device stored = known.map(before -> store.update(customer, before.registeredAgain(device)))
                .orElseGet(() -> store.add(customer, device));
        if (known.isEmpty()) {
            events.accept(new DeviceEvent.Registered(customer, stored.id(), stored.platform(), stored.sessionId()));
        }
        return new Registration.Registered(stored, known.isEmpty());
    }

    /** Without the one that had the push token before, and makes room. */
    private long countOfOthers(Customer customer, Device device) {
        return store.list(customer).stream()
                .filter(other -> !other.pushToken().equals(device.pushToken()))
                .count();
    }

    private void forgetMoved(OwnedDevice owned) {
        if (store.remove(owned.customer(), owned.device().id())) {
            events.accept(new DeviceEvent.Moved(
                    owned.customer(), owned.device().id(), owned.device().platform()));
        }
    }

    /**
     * Forgets a device, if it is there.
     *
     * @param sessionId the user session that asks for it, or {@code null}
     */
    public void remove(Customer customer, String id, String sessionId) {
        if (store.remove(customer, id)) {
            events.accept(new DeviceEvent.Removed(customer, id, sessionId));
        }
    }

    /** The vendor calls the device so from now on; kept unless the device has got another push token meanwhile. */
    public void recordVendorHandle(Customer customer, Device device, String vendorHandle) {
        store.recordVendorHandle(customer, device, vendorHandle);
    }

    /** The vendor says that the push token is dead; kept unless the device has got another meanwhile. */
    public void disable(Customer customer, Device device) {
        if (store.disable(customer, device)) {
            events.accept(new DeviceEvent.Disabled(customer, device.id(), device.platform()));
        }
    }

    /** What came of a registration. */
    public sealed interface Registration {

        /**
         * The device is registered.
         *
         * @param device as it is stored
         * @param created whether it is new
         */
        record Registered(Device device, boolean created) implements Registration {}

        /** It is not: the customer has {@value Devices#MAX_DEVICES} others. */
        record TooMany() implements Registration {}
    }
}
