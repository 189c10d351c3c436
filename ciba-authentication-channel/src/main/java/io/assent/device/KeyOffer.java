package io.assent.device;

import io.assent.device.attestation.Attestation;
import java.util.Objects;
import java.util.Optional;

/**
 * A key that a device is to have.
 *
 * @param login what the caller's login may do about keys
 * @param attestation what shows how the key is kept, if anything; looked at where the key is new to the device
 */
public record KeyOffer(DeviceKey key, Login login, Optional<Attestation> attestation) {

    public KeyOffer {
        Objects.requireNonNull(attestation);
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
