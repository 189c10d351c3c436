package io.assent.id;

import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Ids in the order in which this node made them: UUIDs of version 7 (RFC 9562, section 5.7), whose twelve bits after
 * the time are a counter. New rows come to the end of an index of their ids, however many rows there are. Lines of one
 * history that have the same millisecond are told apart by them: one transaction writes several, and whoever comes
 * next, on any node, has read what the one before committed. They say when they were made, and are no secret.
 */
public final class OrderedId {

    private static final int COUNTER_BITS = 12;

    /** The time in hexadecimal, with the hyphen in it. */
    private static final int TIME_DIGITS = 13;

    private static final AtomicLong LAST = new AtomicLong();

    public static String next() {
        return at(System.currentTimeMillis());
    }

    /**
     * The id that follows from a name, at the place of another one in the order.
     *
     * @param place an id, of any version of UUID
     */
    public static String named(String name, String place) {
        String id =
                UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString();
        return place.substring(0, TIME_DIGITS) + id.substring(TIME_DIGITS);
    }

    /** @param millis the time; one that went back, or that has no ids left, is that of the id before */
    static String at(long millis) {
        long tick = LAST.updateAndGet(last -> Math.max(last + 1, millis << COUNTER_BITS));
        long time = tick >>> COUNTER_BITS;
        long counter = tick & ((1 << COUNTER_BITS) - 1);
        return new UUID(time << 16 | 0x7000 | counter, UUID.randomUUID().getLeastSignificantBits()).toString();
    }

    private OrderedId() {}
}
