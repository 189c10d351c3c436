package io.assent.request.jpa;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Of which texts this node has noted that they are in use: once a day is enough. */
final class NotedTexts {

    /** So many that a bank's clients and languages fit, and no more. */
    static final int MOST = 10_000;

    private static final Duration FRESH = Duration.ofDays(1);

    private final Map<String, Instant> noted = new ConcurrentHashMap<>();

    /** Not where the clock was turned back: then it says nothing. */
    boolean has(String hash, Instant now) {
        Instant last = noted.get(hash);
        return last != null && !now.isBefore(last) && now.isBefore(last.plus(FRESH));
    }

    void add(String hash, Instant now) {
        if (noted.size() >= MOST) {
            noted.clear();
        }
        noted.put(hash, now);
    }
}
