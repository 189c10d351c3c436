package io.assent.rest;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/**
 * How many calls of one kind one caller can make in a minute, counted by the minutes of this node's clock. Keeps a
 * number for each caller in the current minute, and nothing longer.
 */
public final class CallLimit {

    private static final long MINUTE_MILLIS = Duration.ofMinutes(1).toMillis();

    private final int perMinute;
    private final InstantSource clock;
    private final AtomicReference<Window> window = new AtomicReference<>(new Window(Long.MIN_VALUE));

    /** @param perMinute how many calls are allowed, 1 or more */
    public CallLimit(int perMinute, InstantSource clock) {
        this.perMinute = perMinute;
        this.clock = clock;
    }

    /**
     * Counts a call, and refuses it where it is one too many.
     *
     * @param atFirst what to do with the first call that is one too many, once in each minute
     */
    public void refuseExcess(String caller, Runnable atFirst) {
        exceededBy(caller).ifPresent(excess -> {
            if (excess.first()) {
                atFirst.run();
            }
            throw Problem.tooManyCalls("Wait for as long as Retry-After says.").toException(excess.delay());
        });
    }

    /** Counts a call. @return what is to be said of it, if it is one too many */
    public Optional<Excess> exceededBy(String caller) {
        Instant now = clock.instant();
        long minute = Math.floorDiv(now.toEpochMilli(), MINUTE_MILLIS);
        Window current = window.updateAndGet(last -> last.minute() == minute ? last : new Window(minute));
        int calls = current.calls()
                .computeIfAbsent(caller, first -> new AtomicInteger())
                .incrementAndGet();
        return calls <= perMinute
                ? Optional.empty()
                : Optional.of(new Excess(
                        Duration.between(now, Instant.ofEpochMilli((minute + 1) * MINUTE_MILLIS)),
                        calls == perMinute + 1));
    }

    /**
     * A call that is one too many.
     *
     * @param delay how long to wait
     * @param first whether it is the first one in its minute
     */
    public record Excess(Duration delay, boolean first) {}

    private record Window(long minute, ConcurrentHashMap<String, AtomicInteger> calls) {
        Window(long minute) {
            this(minute, new ConcurrentHashMap<>());
        }
    }
}
