package io.assent.push;

import java.time.Duration;
import java.util.function.DoubleSupplier;

/**
 * How long to wait before another attempt: twice as long each time up to a limit, and a random part less, so that what
 * failed together is not tried again together.
 */
final class Backoff {

    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofSeconds(30);

    private final DoubleSupplier random;

    /** @param random gives numbers from 0 (inclusive) to 1 (exclusive) */
    Backoff(DoubleSupplier random) {
        this.random = random;
    }

    /** @param attempt the number of the attempt to wait for; the second is the first that waits */
    Duration before(int attempt) {
        int doublings = Math.min(attempt - 2, 16);
        long full = Math.min(FIRST.toMillis() << doublings, LONGEST.toMillis());
        return Duration.ofMillis(full - (long) (random.getAsDouble() * full / 2));
    }
}
