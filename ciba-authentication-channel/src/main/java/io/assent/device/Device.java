package io.assent.device;

import io.assent.api.PublicApi;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * One installation of the bank's app that a customer registered for pushes.
 *
 * @param id a UUID that the app chose; unique among the customer's devices
 * @param platform the id of the push sender that reaches it
 * @param pushToken the platform's address of this installation; a secret, never shown again; empty where it moved to
 *     another device
 * @param label what the customer calls it, or {@code null}
 * @param locale the BCP 47 language tag for pushes to it, or {@code null} for the customer's own
 * @param sessionId the user session that registered it last, by which a decision is traced to a device; or {@code null}
 * @param registeredAt when it was first registered
 * @param vendorHandle what the vendor calls it, such as an SNS endpoint's ARN, or {@code null} where the push token is
 *     all there is
 * @param state whether pushes reach it
 * @param enrolledKey the key by which its app signs, if it has one
 */
@PublicApi
public record Device(
        String id,
        String platform,
        String pushToken,
        String label,
        String locale,
        String sessionId,
        Instant registeredAt,
        String vendorHandle,
        DeviceState state,
        Optional<EnrolledKey> enrolledKey) {
    public Device {
        Objects.requireNonNull(id);
        Objects.requireNonNull(platform);
        Objects.requireNonNull(pushToken);
        Objects.requireNonNull(registeredAt);
        Objects.requireNonNull(state);
        Objects.requireNonNull(enrolledKey);
    }

    /** One without a key. */
    public Device(
            String id,
            String platform,
            String pushToken,
            String label,
            String locale,
            String sessionId,
            Instant registeredAt,
            String vendorHandle,
            boolean disabled) {
        this(
                id,
                platform,
                pushToken,
                label,
                locale,
                sessionId,
                registeredAt,
                vendorHandle,
                disabled ? new DeviceState.Disabled() : new DeviceState.Active(Optional.empty()),
                Optional.empty());
    }

    /** Whether pushes reach it, as far as anybody knows. */
    public boolean isReachable() {
        return state instanceof DeviceState.Active;
    }

    boolean hasPushToken() {
        return !pushToken.isEmpty();
    }

    boolean hasPushTokenOf(Device other) {
        return pushToken.equals(other.pushToken) && platform.equals(other.platform);
    }

    /** Whether both were registered last in the same login. */
    boolean isOfTheLoginOf(Device other) {
        return sessionId != null && sessionId.equals(other.sessionId);
    }

    Device with(DeviceState next) {
        return new Device(
                id, platform, pushToken, label, locale, sessionId, registeredAt, vendorHandle, next, enrolledKey);
    }

    Device with(Optional<EnrolledKey> key) {
        return new Device(id, platform, pushToken, label, locale, sessionId, registeredAt, vendorHandle, state, key);
    }

    /**
     * This device as its app registers it again. A fresh push token enables it; the same one does not, since it is
     * still dead. The time of the first registration stays, and so does the key.
     */
    Device registeredAgain(Device now) {
        boolean sameToken = hasPushTokenOf(now);
        return new Device(
                id,
                now.platform,
                now.pushToken,
                now.label,
                now.locale,
                now.sessionId,
                registeredAt,
                sameToken ? vendorHandle : null,
                sameToken ? state : new DeviceState.Active(Optional.empty()),
                enrolledKey);
    }

    /** Without the push token and the session id: a device may turn up in a log. */
    @Override
    public String toString() {
        return "Device[id=" + id + ", platform=" + platform + "]";
    }
}
