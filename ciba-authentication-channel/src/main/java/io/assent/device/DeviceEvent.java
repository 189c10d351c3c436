package io.assent.device;

import io.assent.server.AssentEvent;
import io.assent.server.Customer;
import java.time.Instant;
import java.util.Optional;

/** What happens to a customer's device, told within the transaction in which it happens. */
public sealed interface DeviceEvent extends AssentEvent {

    /** Whose device it is, or was. */
    Customer customer();

    /** The device's id, which its app chose. */
    String deviceId();

    /**
     * The customer has a new device. A device that registers again in the same login, with the same key, is not told.
     *
     * @param sessionId the user session that registered it, or {@code null}
     */
    record Registered(Customer customer, String deviceId, String platform, String sessionId) implements DeviceEvent {}

    /**
     * A device that the customer has was registered again in another login, or got another key.
     *
     * @param sessionId the user session that registered it, or {@code null}
     * @param newKey the id of the key that it got, if it got another
     */
    record RegisteredAgain(
            Customer customer, String deviceId, String platform, String sessionId, Optional<String> newKey)
            implements DeviceEvent {}

    /**
     * Somebody with a token of the customer tried to register a device that the customer has, and could not show that
     * it is theirs. Nothing changed.
     *
     * @param sessionId the user session that tried, or {@code null}
     */
    record Refused(Customer customer, String deviceId, String sessionId) implements DeviceEvent {}

    /**
     * Another device has the push token that the device was registered with: a nonce is to be sent there.
     *
     * @param until when there is no use in it any more
     */
    record ProofDue(Customer customer, String deviceId, Instant until) implements DeviceEvent {}

    /** The device's app proved that a push token is its own, which another device had. */
    record Proved(Customer customer, String deviceId, String platform) implements DeviceEvent {}

    /**
     * The device is none of the customer's any more, or has another push token and key: what it was reached by before
     * is to be told, as the last thing.
     *
     * @param goneId where {@link Devices#gone} has by what it is reached
     * @param until when there is no use in it any more
     */
    record FarewellDue(Customer customer, String deviceId, String goneId, Instant until) implements DeviceEvent {}

    /** The device gets no pushes any more: its push token went to another device, of this customer or of another. */
    record Moved(Customer customer, String deviceId, String platform) implements DeviceEvent {}

    /** The vendor said that the device's push token is dead: it gets no pushes until its app registers a fresh one. */
    record Disabled(Customer customer, String deviceId, String platform) implements DeviceEvent {}

    /**
     * The customer removed the device.
     *
     * @param sessionId the user session that removed it, or {@code null}
     * @param elsewhere whether that is another than the one that had registered it
     */
    record Removed(Customer customer, String deviceId, String sessionId, boolean elsewhere) implements DeviceEvent {}

    /** The bank's staff said that the device is lost: it is removed, with its key and its push token. */
    record Lost(Customer customer, String deviceId) implements DeviceEvent {}
}
