package io.assent.rest.logo;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * The logos that this node has fetched, and those that it could not have: no more than a number, each for a while. Few
 * are fetched at a time, so that slow servers of clients hold few of this server's threads.
 */
final class Logos {

    static final int MAX_KEPT = 200;
    static final int MAX_AT_ONCE = 4;
    static final Duration GOOD_FOR = Duration.ofHours(24);
    /** Long enough that nobody makes this server call somewhere again and again. */
    static final Duration MISSING_FOR = Duration.ofMinutes(10);

    private final LongSupplier nanos;
    private final Semaphore calls = new Semaphore(MAX_AT_ONCE);
    private final Map<String, Kept> kept = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Kept> eldest) {
            return size() > MAX_KEPT;
        }
    };

    Logos(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /**
     * @param key which client, and where its logo is: one that moves it is asked anew
     * @param fetch called where nothing is known, by one at a time for a key
     * @return empty where there is none, or somebody else is just fetching it
     */
    Optional<Logo> get(String key, Supplier<Optional<Logo>> fetch) {
        synchronized (kept) {
            Kept known = kept.get(key);
            if (known != null && known.until - nanos.getAsLong() > 0) {
                return known.logo;
            }
            if (!calls.tryAcquire()) {
                return Optional.empty();
            }
            // until it is here: the others who ask need not wait, nor ask again
            keep(key, Optional.empty(), MISSING_FOR);
        }
        try {
            Optional<Logo> logo = fetch.get();
            synchronized (kept) {
                keep(key, logo, logo.isPresent() ? GOOD_FOR : MISSING_FOR);
            }
            return logo;
        } finally {
            calls.release();
        }
    }

    private void keep(String key, Optional<Logo> logo, Duration time) {
        kept.put(key, new Kept(logo, nanos.getAsLong() + time.toNanos()));
    }

    private record Kept(Optional<Logo> logo, long until) {}
}
