package io.assent.benchmark.load;

import java.util.List;
import java.util.stream.LongStream;

/**
 * What one phase measured.
 *
 * @param count how many calls
 * @param perSecond calls per second
 * @param p50 in milliseconds, as the others
 */
public record Sample(int count, double perSecond, double p50, double p95, double p99) {

    /** Of runs one after the other; what was done between them does not count. */
    public static Sample of(List<Run> runs) {
        return of(
                runs.stream()
                        .flatMapToLong(run -> LongStream.of(run.nanos()))
                        .sorted()
                        .toArray(),
                runs.stream().mapToLong(Run::elapsedNanos).sum());
    }

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

    /**
     * One run of a load.
     *
     * @param nanos how long each call took
     */
    public record Run(long[] nanos, long elapsedNanos) {}
}
