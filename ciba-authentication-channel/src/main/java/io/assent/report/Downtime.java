package io.assent.report;

import java.time.Duration;
import java.time.Instant;
import java.util.BitSet;

/**
 * The time of a day in which an interface did not answer, in parts of ten seconds: where several nodes did not answer
 * at the same time, it is the same time. Immutable.
 */
public final class Downtime {

    /** Of {@link #toString}. */
    public static final int LENGTH = 2_160;

    public static final Downtime NONE = new Downtime(new BitSet());

    private static final int PART_SECONDS = 10;
    private static final int PARTS_OF_A_MINUTE = 60 / PART_SECONDS;
    private static final int PARTS_OF_A_DAY = Minutes.OF_A_DAY * PARTS_OF_A_MINUTE;

    private final BitSet down;

    private Downtime(BitSet down) {
        this.down = down;
    }

    /** The inverse of {@link #toString}. */
    public static Downtime parse(String text) {
        return new Downtime(Minutes.bits(text));
    }

    /**
     * From one moment to another of the same day; a part that has begun counts.
     *
     * @param end not before the beginning; it may be midnight
     */
    static Downtime of(Instant begin, Instant end) {
        Instant midnight = UtcDay.of(begin).begin();
        long part = Duration.ofSeconds(PART_SECONDS).toMillis();
        long first = Duration.between(midnight, begin).toMillis() / part;
        long last = (Duration.between(midnight, end).toMillis() + part - 1) / part;
        BitSet down = new BitSet();
        down.set((int) first, (int) Math.min(last, PARTS_OF_A_DAY));
        return new Downtime(down);
    }

    public Downtime plus(Downtime other) {
        BitSet both = (BitSet) down.clone();
        both.or(other.down);
        return new Downtime(both);
    }

    public boolean isNone() {
        return down.isEmpty();
    }

    /**
     * How long it was, without the minutes in which no node lived, which are downtime by themselves.
     *
     * @param from the first minute that counts
     * @param to the first that does not count any more
     */
    long seconds(Minutes lived, int from, int to) {
        return down.stream()
                        .map(part -> part / PARTS_OF_A_MINUTE)
                        .filter(minute -> minute >= from && minute < to && lived.has(minute))
                        .count()
                * PART_SECONDS;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Downtime same && down.equals(same.down);
    }

    @Override
    public int hashCode() {
        return down.hashCode();
    }

    /** A bit for each part, as {@link Minutes} has one for each minute. */
    @Override
    public String toString() {
        return Minutes.hex(down, PARTS_OF_A_DAY);
    }
}
