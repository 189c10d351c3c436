package io.assent.benchmark.load;

import java.util.Arrays;
import java.util.List;

/** How long each of some calls took, in nanoseconds. */
final class Latencies {

    private long[] nanos = new long[1024];
    private int count;

    void add(long one) {
        if (count == nanos.length) {
            nanos = Arrays.copyOf(nanos, 2 * count);
        }
        nanos[count++] = one;
    }

    static long[] sorted(List<Latencies> all) {
        return all.stream()
                .flatMapToLong(some -> Arrays.stream(some.nanos, 0, some.count))
                .sorted()
                .toArray();
    }
}
