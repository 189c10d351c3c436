package io.assent.device;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.provider.Provider;

/** Keeps customers' devices. Every call is scoped to one customer. */
public interface DeviceStore extends Provider {

    /**
     * Registers a device, or refreshes the one that the customer registered under the same id; the time of its first
     * registration is kept. Stored at once, in a transaction of its own, so that of two registrations at the same time
     * both are answered.
     *
     * @return whether it is new
     */
    boolean register(RealmModel realm, UserModel user, Device device);

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
