package io.assent.benchmark;

import java.util.Arrays;

/** A figure over some rounds: the median, and between what it was. */
record Figure(double median, double least, double most) {

    /** What was not measured. */
    static final Figure NONE = new Figure(Double.NaN, Double.NaN, Double.NaN);

    static Figure of(double[] rounds) {
        if (rounds.length == 0) {
            return NONE;
        }
        double[] sorted = rounds.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        double median = sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return new Figure(median, sorted[0], sorted[sorted.length - 1]);
    }

    boolean isNone() {
        return Double.isNaN(median);
    }
}
