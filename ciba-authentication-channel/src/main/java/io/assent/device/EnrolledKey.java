package io.assent.device;

import java.time.Instant;
import java.util.Objects;

/**
 * The key that a device has.
 *
 * @param usedAt the time that the last proof of it names: none that is older is taken
 */
public record EnrolledKey(DeviceKey key, Instant usedAt) {
    public EnrolledKey {
        Objects.requireNonNull(key);
        Objects.requireNonNull(usedAt);
    }
}
