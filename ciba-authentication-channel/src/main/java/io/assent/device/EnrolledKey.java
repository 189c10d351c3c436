package io.assent.device;

import io.assent.api.PublicApi;
import io.assent.device.attestation.KeyAttestation;
import java.time.Instant;
import java.util.Objects;

/**
 * The key that a device has.
 *
 * @param usedAt the time that the last proof of it names: none that is older is taken
 * @param attestation how it is kept
 */
@PublicApi
public record EnrolledKey(DeviceKey key, Instant usedAt, KeyAttestation attestation) {
    public EnrolledKey {
        Objects.requireNonNull(attestation);
        Objects.requireNonNull(key);
        Objects.requireNonNull(usedAt);
    }

    /** One that nobody vouches for. */
    public EnrolledKey(DeviceKey key, Instant usedAt) {
        this(key, usedAt, KeyAttestation.NONE);
    }
}
