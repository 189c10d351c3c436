package io.assent.benchmark;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Whether a server is warm: what its calls took in the last rounds of a warm-up, beside the least of the rounds before.
 * Each kind of call counts alike, be it short or long.
 */
final class Warmth {

    /** On average calls take more than this part of the least that they took before, in these rounds. */
    private static final double SETTLED = 0.92;

    /** One round alone may be slow by chance. */
    private static final int ROUNDS = 2;

    private final Map<Operation, List<Double>> rounds = new EnumMap<>(Operation.class);

    /** @param millis of the server's processor, for one call */
    void took(Operation operation, double millis) {
        rounds.computeIfAbsent(operation, first -> new ArrayList<>()).add(millis);
    }

    /** False before the third round. */
    boolean isSettled() {
        return change(ROUNDS) > SETTLED;
    }

    /** The geometric mean over the kinds of calls: 0.9 where they take a tenth less than ever before. */
    double change() {
        return change(1);
    }

    /** The least of so many rounds beside the least of those before; 0 before there are any. */
    private double change(int last) {
        return Math.exp(rounds.values().stream()
                .filter(millis -> millis.size() > last)
                .mapToDouble(millis -> Math.log(least(millis.subList(millis.size() - last, millis.size()))
                        / least(millis.subList(0, millis.size() - last))))
                .filter(Double::isFinite)
                .average()
                .orElse(Double.NEGATIVE_INFINITY));
    }

    private static double least(List<Double> millis) {
        return Collections.min(millis);
    }

    @Override
    public String toString() {
        return change() == 0 ? "begun" : "× %.2f".formatted(change());
    }
}
