package io.assent.sandbox.customer;

import io.assent.push.PushResult;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/** A phone that no page plays: its push token says how it, or its push service, behaves. */
public enum SimulatedPhone {
    /** Takes each push. */
    GOOD("sandbox-good-") {
        @Override
        public PushResult take() {
            return new PushResult.Delivered();
        }
    },
    /** Takes each push after {@link #SLOWNESS}. */
    SLOW("sandbox-slow-") {
        @Override
        public PushResult take() {
            try {
                Thread.sleep(SLOWNESS.toMillis());
                return new PushResult.Delivered();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return PushResult.RetryLater.because("the server stops");
            }
        }
    },
    /** Its push service fails. */
    DOWN("sandbox-down-") {
        @Override
        public PushResult take() {
            return PushResult.RetryLater.because("the simulated push service is down");
        }
    },
    /** Its app is gone, and its push token with it. */
    DEAD("sandbox-dead-") {
        @Override
        public PushResult take() {
            return new PushResult.DeadToken("the simulated phone has no app any more");
        }
    };

    public static final Duration SLOWNESS = Duration.ofSeconds(5);

    private final String prefix;

    SimulatedPhone(String prefix) {
        this.prefix = prefix;
    }

    public static Optional<SimulatedPhone> of(String pushToken) {
        return Arrays.stream(values())
                .filter(phone -> pushToken.startsWith(phone.prefix))
                .findFirst();
    }

    /** For the phone of somebody. */
    String pushToken(String whose) {
        return prefix + whose;
    }

    /** Takes a push, or does not; may take long. */
    public abstract PushResult take();
}
