package io.assent.device;

import io.assent.server.Customer;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.keycloak.provider.Provider;

/**
 * Keeps customers' devices: rows, no rules. Every call belongs to the caller's transaction and is scoped to one
 * customer, but for those that say otherwise.
 */
public interface DeviceStore extends Provider {

    /**
     * Lets one transaction at a time add devices of this customer: others who ask wait for it.
     *
     * @throws org.keycloak.models.ModelDuplicateException if another transaction was the customer's first meanwhile
     */
    void lock(Customer customer);

    /** The customer's devices, oldest registration first. */
    List<Device> list(Customer customer);

    /**
     * The devices of some customers of a realm, each customer's oldest registration first. What this transaction itself
     * has not committed need not be there.
     */
    List<OwnedDevice> listCommitted(String realmId, Collection<String> userIds);

    /** The id of the device whose latest registration was in this user session; of several the one that was first. */
    Optional<String> registeredIn(Customer customer, String sessionId);

    Optional<Device> find(Customer customer, String id);

    /** Like {@link #find}, for a caller who goes on to change it: others who do so wait for this transaction. */
    Optional<Device> findForUpdate(Customer customer, String id);

    /** The devices of all customers of a realm that have this push token. */
    List<OwnedDevice> withPushToken(String realmId, String platform, String pushToken);

    /**
     * Stores a new device.
     *
     * @return as it is stored
     * @throws org.keycloak.models.ModelDuplicateException if another transaction added it meanwhile
     */
    Device add(Customer customer, Device device);

    /** Stores what is new of a device that was found by {@link #findForUpdate}. @return as it is stored */
    Device update(Customer customer, Device device);

    /**
     * Keeps what the vendor calls the device.
     *
     * @return whether it is kept: not where the device has another push token by now, or is gone
     */
    boolean recordVendorHandle(Customer customer, Device device, String vendorHandle);

    /**
     * Marks the device's push token as dead.
     *
     * @return whether this call did: not where the device has another push token by now, or is gone or marked already
     */
    boolean disable(Customer customer, Device device);

    /**
     * Takes a device's push token away, which another has from now on.
     *
     * @return whether this call did: not where the device has another push token by now, or is gone
     */
    boolean moveAway(OwnedDevice owned);

    /**
     * Keeps the hash of the nonce that is about to be sent.
     *
     * @return whether it is kept: not where the device has nothing to prove any more, or another push token
     */
    boolean recordNonce(Customer customer, Device device, String nonceHash);

    /** Forgets one device. @return whether it was there */
    boolean remove(Customer customer, String id);

    /** Keeps by what a device is reached that is gone, so that it can be told. */
    void add(GoneDevice gone);

    /** Forgotten once it was told, or its time is over. */
    Optional<GoneDevice> findGone(String id);

    /** Forgets by what a device that is gone is reached. */
    void forgetGone(String id);

    /** Forgets all devices of a realm. */
    void removeAll(String realmId);

    /** Forgets all devices of a customer. */
    void removeAll(Customer customer);

    /** A device and whose it is. */
    record OwnedDevice(Customer customer, Device device) {}

    /**
     * A device that is none of the customer's any more, with what it takes to tell it so and no more.
     *
     * @param id of its own
     * @param until when there is no use in telling it any more
     */
    record GoneDevice(String id, Customer customer, Device device, Instant until) {}
}
