package io.assent.device;

import java.time.Instant;
import java.util.Objects;

/**
 * One installation of the bank's app that a customer registered for pushes.
 *
 * @param id a UUID that the app chose; unique among the customer's devices
 * @param platform the id of the push sender that reaches it
 * @param pushToken the platform's address of this installation; a secret, never shown again
 * @param label what the customer calls it, or {@code null}
 * @param locale the BCP 47 language tag for pushes to it, or {@code null} for the customer's own
 * @param sessionId the user session that registered it last, by which a decision is traced to a device; or {@code null}
 * @param registeredAt when it was first registered
 * @param vendorHandle what the vendor calls it, such as an SNS endpoint's ARN, or {@code null} where the push token is
 *     all there is
 * @param disabled whether the vendor said that the push token is dead; a fresh token enables the device again
 */
public record Device(
        String id,
        String platform,
        String pushToken,
        String label,
        String locale,
        String sessionId,
        Instant registeredAt,
        String vendorHandle,
        boolean disabled) {
    public Device {
        Objects.requireNonNull(id);
        Objects.requireNonNull(platform);
        Objects.requireNonNull(pushToken);
        Objects.requireNonNull(registeredAt);
    }

    /**
     * This device as its app registers it again. A fresh push token enables it; the same one does not, since it is
     * still dead. The time of the first registration stays.
     */
    Device registeredAgain(Device now) {
        boolean sameToken = pushToken.equals(now.pushToken) && platform.equals(now.platform);
        return new Device(
                id,
                now.platform,
                now.pushToken,
                now.label,
                now.locale,
                now.sessionId,
                registeredAt,
                sameToken ? vendorHandle : null,
                sameToken && disabled);
    }

    /** Without the push token and the session id: a device may turn up in a log. */
    @Override
    public String toString() {
        return "Device[id=" + id + ", platform=" + platform + "]";
    }
}
