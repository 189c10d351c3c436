package io.assent.device;

import java.util.Objects;

/**
 * A key that a device is to have.
 *
 * @param login what the caller's login may do about keys
 */
public record KeyOffer(DeviceKey key, Login login) {

    public KeyOffer {
        Objects.requireNonNull(key);
        Objects.requireNonNull(login);
    }

    /** What a login may do about keys. Whatever it is, a call may name the key that its device has. */
    public enum Login {
        /** It may give a key to a device that has none, and change one that signs for it. */
        GOOD,
        /** Too weak or too old to give one: it may change one that signs for it. */
        WEAK,
        /** Not the customer's own, or one of a customer who is locked out: neither. */
        NONE
    }
}
