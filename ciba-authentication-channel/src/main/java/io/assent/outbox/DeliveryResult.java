package io.assent.outbox;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * What came of one attempt at a delivery. A reason is words for the operator: it may be logged and stored, and has no
 * secret, no address and nothing personal in it.
 */
public sealed interface DeliveryResult {

    /** The other side took it. */
    record Delivered() implements DeliveryResult {}

    /**
     * Not now.
     *
     * @param after how long the other side asked us to wait, or empty where it did not say
     */
    record RetryLater(Optional<Duration> after, String reason) implements DeliveryResult {
        public RetryLater {
            Objects.requireNonNull(after);
            Objects.requireNonNull(reason);
        }

        /** Not now, for a reason that names no time. */
        public static RetryLater because(String reason) {
            return new RetryLater(Optional.empty(), reason);
        }
    }

    /** Never: the same attempt would be refused again. */
    record Refused(String reason) implements DeliveryResult {
        public Refused {
            Objects.requireNonNull(reason);
        }
    }
}
