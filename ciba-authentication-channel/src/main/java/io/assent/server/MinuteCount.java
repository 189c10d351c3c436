package io.assent.server;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Counts by name within the minutes of this node's clock. Keeps a number for each name of the current minute, and
 * nothing longer.
 */
public final class MinuteCount {

    private static final long MINUTE_MILLIS = Duration.ofMinutes(1).toMillis();

    private final AtomicReference<Window> window = new AtomicReference<>(new Window(Long.MIN_VALUE));

    /** Counts one more. @return how many there are of this name in the minute, this one included */
    public int next(String name, Instant now) {
        long minute = Math.floorDiv(now.toEpochMilli(), MINUTE_MILLIS);
        Window current = window.updateAndGet(last -> last.minute() == minute ? last : new Window(minute));
        return current.counts()
                .computeIfAbsent(name, first -> new AtomicInteger())
                .incrementAndGet();
    }

    /** How long it takes until all begins anew. */
    public static Duration rest(Instant now) {
        return Duration.ofMillis(MINUTE_MILLIS - Math.floorMod(now.toEpochMilli(), MINUTE_MILLIS));
    }

    private record Window(long minute, ConcurrentHashMap<String, AtomicInteger> counts) {
        Window(long minute) {
            this(minute, new ConcurrentHashMap<>());
        }
    }
}
