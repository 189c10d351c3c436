package io.assent.destination;

import io.assent.api.PublicApi;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * What came of sending an event. A reason is words for the operator and for staff: it is logged and stored, and has no
 * secret, no address and nothing personal in it.
 */
@PublicApi
public sealed interface SendResult {

    /** The destination took it. */
    record Taken() implements SendResult {}

    /**
     * Not now: it is sent again until its time is over.
     *
     * @param after how long the destination asked to be left alone, with all events; empty where it did not say
     * @param down whether the reason is the destination, so that another event would fare no better
     */
    record Later(Optional<Duration> after, String reason, boolean down) implements SendResult {
        public Later {
            Objects.requireNonNull(after);
            Objects.requireNonNull(reason);
        }
    }

    /** Never this event: it is a dead letter. */
    record Refused(String reason) implements SendResult {
        public Refused {
            Objects.requireNonNull(reason);
        }
    }

    /** The destination wants no events any more: it is switched off, and what waits for it goes on waiting. */
    record Gone(String reason) implements SendResult {
        public Gone {
            Objects.requireNonNull(reason);
        }
    }
}
