package io.assent.outbox.lane;

import java.time.Duration;
import java.util.function.DoubleSupplier;

/**
 * How long to wait after a failed attempt: twice as long each time up to a limit, and a random part less, so that what
 * failed together is not tried again together.
 */
public final class Backoff {

    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofSeconds(30);

    private final DoubleSupplier random;

    /** @param random gives numbers from 0 (inclusive) to 1 (exclusive) */
    public Backoff(DoubleSupplier random) {
        this.random = random;
    }

    /** @param failures how many attempts have failed, 1 or more */
    public Duration after(int failures) {
        int doublings = Math.min(failures - 1, 16);
        long full = Math.min(FIRST.toMillis() << doublings, LONGEST.toMillis());
        return Duration.ofMillis(full - (long) (random.getAsDouble() * full / 2));
    }

    /** A wait that somebody asked for, a second at the least, and a random part more, of a fifth at the most. */
    public Duration spread(Duration asked) {
        Duration wait = asked.compareTo(FIRST) < 0 ? FIRST : asked;
        return wait.plusMillis((long) (random.getAsDouble() * wait.toMillis() / 5));
    }
}
