package io.assent.push;

import io.assent.api.PublicApi;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/** What a vendor made of one push, or of one registration of a device. */
@PublicApi
public sealed interface PushResult {

    /**
     * The other side took it.
     *
     * @param vendorHandle what the vendor calls the device from now on, where that is new; kept as
     *     {@link io.assent.device.Device#vendorHandle}
     */
    record Delivered(Optional<String> vendorHandle) implements PushResult {
        public Delivered {
            Objects.requireNonNull(vendorHandle);
        }

        /** Taken, and nothing to remember. */
        public Delivered() {
            this(Optional.empty());
        }
    }

    /**
     * Not now.
     *
     * @param after how long the other side asked us to wait, or empty where it did not say
     * @param reason for the operator's log; no secret, no address
     */
    record RetryLater(Optional<Duration> after, String reason) implements PushResult {
        public RetryLater {
            Objects.requireNonNull(after);
            Objects.requireNonNull(reason);
        }

        /** Not now, for a reason that names no time. */
        public static RetryLater because(String reason) {
            return new RetryLater(Optional.empty(), reason);
        }
    }

    /**
     * Never: the same attempt would fail again. The device may still be reached by another push.
     *
     * @param reason for the operator's log; no secret, no address
     */
    record Permanent(String reason) implements PushResult {
        public Permanent {
            Objects.requireNonNull(reason);
        }
    }

    /**
     * Never, and no other push will reach the device either until its app registers it with a fresh token: it is
     * disabled until then.
     *
     * @param reason for the operator's log; no secret, no address
     */
    record DeadToken(String reason) implements PushResult {
        public DeadToken {
            Objects.requireNonNull(reason);
        }
    }
}
