package io.assent.report;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
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
        return new Minutes(bits(text));
    }

    /** The inverse of {@link #hex}. */
    static BitSet bits(String hex) {
        return BitSet.valueOf(HexFormat.of().parseHex(hex));
    }

    /** In bytes from the first eight bits on, each with its first bit lowest. */
    static String hex(BitSet bits, int length) {
        return HexFormat.of().formatHex(Arrays.copyOf(bits.toByteArray(), length / 8));
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

    boolean has(int minute) {
        return marked.get(minute);
    }

    /** A bit for each minute, in hex. */
    @Override
    public String toString() {
        return hex(marked, OF_A_DAY);
    }
}
