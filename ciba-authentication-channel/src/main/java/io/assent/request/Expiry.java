package io.assent.request;

import java.time.Instant;
import java.util.Objects;

/**
 * A place in the order in which requests expire.
 *
 * @param at when, to the millisecond
 * @param requestId which of those that expire together; empty for before all of them
 */
public record Expiry(Instant at, String requestId) {

    public Expiry {
        Objects.requireNonNull(at);
        Objects.requireNonNull(requestId);
    }

    /** Before all that expires then. */
    public static Expiry before(Instant at) {
        return new Expiry(at, "");
    }

    public static Expiry of(ConsentRequest request) {
        return new Expiry(request.expiresAt(), request.id());
    }

    /** The inverse of {@link #toString}. */
    public static Expiry parse(String text) {
        int colon = text.indexOf(':');
        return new Expiry(Instant.ofEpochMilli(Long.parseLong(text.substring(0, colon))), text.substring(colon + 1));
    }

    @Override
    public String toString() {
        return at.toEpochMilli() + ":" + requestId;
    }
}
