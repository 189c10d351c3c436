package io.assent.testing;

import java.time.Duration;
import java.time.Instant;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Waits for what happens in the background, and no longer than it may take. */
public final class Eventually {

    private static final Duration PAUSE = Duration.ofMillis(50);

    /** The first value that passes, or the failure that names what did not come. */
    public static <T> T within(Duration limit, String what, Supplier<T> look, Predicate<T> passes) {
        Instant deadline = Instant.now().plus(limit);
        T seen = look.get();
        while (!passes.test(seen)) {
            if (Instant.now().isAfter(deadline)) {
                throw new AssertionError(what + " did not come within " + limit + "; last seen: " + seen);
            }
            pause();
            seen = look.get();
        }
        return seen;
    }

    public static void within(Duration limit, String what, Supplier<Boolean> happened) {
        within(limit, what, happened, Boolean::booleanValue);
    }

    /** Lets the clock pass a moment; for what is about time itself, such as an expiry. */
    public static void after(Instant moment) {
        while (Instant.now().isBefore(moment)) {
            pause();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private Eventually() {}
}
