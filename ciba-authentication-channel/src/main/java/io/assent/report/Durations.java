package io.assent.report;

import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * How long something took, of any number of times: a histogram, so that days, clients and nodes can be added up without
 * the single times. A bucket is an eighth of a doubling wide, so its middle is at most 4.5 % from any time in it. What
 * took less than a millisecond is 0.
 */
public final class Durations {

    public static final Durations NONE = new Durations(new TreeMap<>());

    private static final int BUCKETS_PER_DOUBLING = 8;

    private final TreeMap<Integer, Long> buckets;

    private Durations(TreeMap<Integer, Long> buckets) {
        this.buckets = buckets;
    }

    /** One time. What is negative, by clocks that differ, is 0. */
    public static Durations of(Duration duration) {
        TreeMap<Integer, Long> one = new TreeMap<>();
        one.put(bucket(duration.toMillis()), 1L);
        return new Durations(one);
    }

    /** The inverse of {@link #toString}. */
    public static Durations parse(String text) {
        TreeMap<Integer, Long> buckets = new TreeMap<>();
        if (!text.isEmpty()) {
            for (String bucket : text.split(" ")) {
                int colon = bucket.indexOf(':');
                buckets.put(Integer.parseInt(bucket.substring(0, colon)), Long.parseLong(bucket.substring(colon + 1)));
            }
        }
        return new Durations(buckets);
    }

    public Durations plus(Durations other) {
        TreeMap<Integer, Long> sum = new TreeMap<>(buckets);
        other.buckets.forEach((bucket, count) -> sum.merge(bucket, count, Long::sum));
        return new Durations(sum);
    }

    /**
     * The time in the middle, within 4.5 %, in milliseconds; of an even number, the shorter one of the two in the
     * middle. Empty where there is none.
     */
    public OptionalLong medianMillis() {
        long all = buckets.values().stream().mapToLong(Long::longValue).sum();
        long upToHere = 0;
        for (Map.Entry<Integer, Long> bucket : buckets.entrySet()) {
            upToHere += bucket.getValue();
            if (upToHere * 2 >= all) {
                return OptionalLong.of(middle(bucket.getKey()));
            }
        }
        return OptionalLong.empty();
    }

    private static int bucket(long millis) {
        return millis < 1 ? 0 : 1 + (int) Math.floor(BUCKETS_PER_DOUBLING * Math.log(millis) / Math.log(2));
    }

    /** The geometric middle. */
    private static long middle(int bucket) {
        return bucket == 0 ? 0 : Math.round(Math.pow(2, (bucket - 0.5) / BUCKETS_PER_DOUBLING));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Durations durations && buckets.equals(durations.buckets);
    }

    @Override
    public int hashCode() {
        return buckets.hashCode();
    }

    /** {@code bucket:count}, by spaces. */
    @Override
    public String toString() {
        return buckets.entrySet().stream()
                .map(bucket -> bucket.getKey() + ":" + bucket.getValue())
                .collect(Collectors.joining(" "));
    }
}
