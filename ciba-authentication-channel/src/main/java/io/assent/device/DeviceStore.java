package io.assent.device;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.provider.Provider;

/** Keeps customers' devices. Every call is scoped to one customer. */
public interface DeviceStore extends Provider {

    /** The largest number of devices that a customer can register. */
    int MAX_DEVICES = 20;

    /**
     * Registers a device, or refreshes the one that the customer registered under the same id; the time of its first
     * registration is kept. A push token reaches one installation: whatever device had it before, of this customer or
     * of another, is forgotten. Stored at once, in a transaction of its own, so that of two registrations at the same
     * time both are answered.
     */
    Registration register(RealmModel realm, UserModel user, Device device);

    /** What came of a registration. */
    sealed interface Registration {

        /**
         * The device is registered.
         *
         * @param device as it is stored
         * @param created whether it is new
         */
        record Registered(Device device, boolean created) implements Registration {}

        /** It is not: the customer has {@value DeviceStore#MAX_DEVICES} others. */
        record TooMany() implements Registration {}
    }

    /** Remembers what the vendor calls the device, unless it has got another push token meanwhile. */
    void recordVendorHandle(String realmId, String userId, Device device, String vendorHandle);

    /** Marks the device's push token as dead, unless the device has got another meanwhile. */
    void disable(String realmId, String userId, Device device);

    /** The platforms that the customers of a realm may register devices for. */
    Set<String> platforms(RealmModel realm);

    /** The customer's devices, oldest registration first. */
    List<Device> list(RealmModel realm, UserModel user);

    Optional<Device> find(RealmModel realm, UserModel user, String id);

    /** Forgets one device, if it is there. */
    void remove(RealmModel realm, UserModel user, String id);

    /** Forgets all devices of a realm. */
    void removeAll(RealmModel realm);

    /** Forgets all devices of a customer. */
    void removeAll(RealmModel realm, UserModel user);
}
