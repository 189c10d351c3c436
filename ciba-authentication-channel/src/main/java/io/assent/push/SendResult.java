package io.assent.push;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/** What came of one attempt to send something. */
public sealed interface SendResult {

    /** The other side took it. */
    record Delivered() implements SendResult {}

    /**
     * Not now.
     *
     * @param after how long the other side asked us to wait, or empty where it did not say
     * @param reason for the operator's log; no secret, no address
     */
    record RetryLater(Optional<Duration> after, String reason) implements SendResult {
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
     * Never: the same attempt would fail again.
     *
     * @param reason for the operator's log; no secret, no address
     */
    record Permanent(String reason) implements SendResult {
        public Permanent {
            Objects.requireNonNull(reason);
        }
    }
}
