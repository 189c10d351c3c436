package io.assent.device;

import io.assent.server.AssentEvent;
import io.assent.server.Customer;

/** What happens to a customer's device, told within the transaction in which it happens. */
public sealed interface DeviceEvent extends AssentEvent {

    /** Whose device it is, or was. */
    Customer customer();

    /** The device's id, which its app chose. */
    String deviceId();

    /**
     * The customer has a new device. A device that registers again is not told.
     *
     * @param sessionId the user session that registered it, or {@code null}
     */
    record Registered(Customer customer, String deviceId, String platform, String sessionId) implements DeviceEvent {}

    /** The device is forgotten: its push token was registered for another device, of this customer or of another. */
    record Moved(Customer customer, String deviceId, String platform) implements DeviceEvent {}

    /** The vendor said that the device's push token is dead: it gets no pushes until its app registers a fresh one. */
    record Disabled(Customer customer, String deviceId, String platform) implements DeviceEvent {}

    /**
     * The customer removed the device.
     *
     * @param sessionId the user session that removed it, or {@code null}
     */
    record Removed(Customer customer, String deviceId, String sessionId) implements DeviceEvent {}
}
