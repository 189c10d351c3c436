package io.assent.benchmark;

import java.util.Arrays;

/** A figure over some rounds: the median, and between what it was. */
record Figure(double median, double least, double most) {

    static Figure of(double[] rounds) {
        if (rounds.length == 0) {
            throw new IllegalArgumentException("no round was counted");
        }
        double[] sorted = rounds.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        double median = sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return new Figure(median, sorted[0], sorted[sorted.length - 1]);
    }
}
