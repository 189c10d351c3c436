package io.assent.report;

import java.time.Duration;
import java.time.Instant;
import java.util.BitSet;
import java.util.HexFormat;

/** The minutes of a day in which a node gave a sign of life: one that wrote to the database. Immutable. */
public final class Minutes {

    public static final int OF_A_DAY = 24 * 60;

    /** Of {@link #toString}. */
    public static final int LENGTH = OF_A_DAY / 4;

    public static final Minutes NONE = new Minutes(new BitSet());

    private final BitSet marked;

    private Minutes(BitSet marked) {
        this.marked = marked;
    }

    /** The inverse of {@link #toString}. */
    public static Minutes parse(String text) {
        return new Minutes(BitSet.valueOf(HexFormat.of().parseHex(text)));
    }

    /** Which of its day a moment is in, from 0 on. */
    public static int of(Instant moment) {
        return (int) Duration.between(UtcDay.of(moment).begin(), moment).toMinutes();
    }

    public Minutes with(int minute) {
        BitSet more = (BitSet) marked.clone();
        more.set(minute);
        return new Minutes(more);
    }

    public Minutes plus(Minutes other) {
        BitSet all = (BitSet) marked.clone();
        all.or(other.marked);
        return new Minutes(all);
    }

    /** The first one; {@link #OF_A_DAY} where there is none. */
    public int first() {
        return marked.isEmpty() ? OF_A_DAY : marked.nextSetBit(0);
    }

    /**
     * How many of these minutes had no sign of life.
     *
     * @param from the first that counts
     * @param to the first that does not count any more
     */
    public int missing(int from, int to) {
        return from >= to ? 0 : to - from - marked.get(from, to).cardinality();
    }

    /** A bit for each minute, in bytes from the first eight on, each with its first minute lowest, in hex. */
    @Override
    public String toString() {
        byte[] bytes = new byte[OF_A_DAY / 8];
        byte[] used = marked.toByteArray();
        System.arraycopy(used, 0, bytes, 0, used.length);
        return HexFormat.of().formatHex(bytes);
    }
}
