package io.assent.benchmark.load;

/**
 * What one phase measured.
 *
 * @param count how many calls
 * @param perSecond calls per second
 * @param p50 in milliseconds, as the others
 */
public record Sample(int count, double perSecond, double p50, double p95, double p99) {

    /** @param nanos sorted */
    public static Sample of(long[] nanos, long elapsedNanos) {
        return new Sample(
                nanos.length,
                nanos.length * 1e9 / elapsedNanos,
                percentile(nanos, 50),
                percentile(nanos, 95),
                percentile(nanos, 99));
    }

    /** The nearest rank, in milliseconds. */
    private static double percentile(long[] sorted, int percent) {
        if (sorted.length == 0) {
            return Double.NaN;
        }
        int rank = (int) Math.ceil(sorted.length * percent / 100.0);
        return sorted[rank - 1] / 1e6;
    }
}
