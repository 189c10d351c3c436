package io.assent.benchmark;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Whether a server is warm: what its calls took in the last rounds of a warm-up, beside the rounds before. Each kind of
 * call counts alike, be it short or long.
 */
final class Warmth {

    /** On average calls take more than this part of what they took a round before. */
    private static final double SETTLED = 0.95;

    /** The same of what they took two rounds before: one round alone may be slow by chance. */
    private static final double SETTLED_IN_TWO = 0.9;

    private final Map<Operation, List<Double>> rounds = new EnumMap<>(Operation.class);

    /** @param millis of the server's processor, for one call */
    void took(Operation operation, double millis) {
        rounds.computeIfAbsent(operation, first -> new ArrayList<>()).add(millis);
    }

    /** False before the third round. */
    boolean isSettled() {
        return change() > SETTLED && change(2) > SETTLED_IN_TWO;
    }

    /** The geometric mean over the kinds of calls: 0.9 where they take a tenth less than a round before. */
    double change() {
        return change(1);
    }

    /** The same in so many rounds; 0 before there were so many. */
    private double change(int back) {
        return Math.exp(rounds.values().stream()
                .filter(millis -> millis.size() > back)
                .map(millis -> millis.subList(millis.size() - 1 - back, millis.size()))
                .filter(millis -> millis.get(0) > 0 && millis.get(back) > 0)
                .mapToDouble(millis -> Math.log(millis.get(back) / millis.get(0)))
                .average()
                .orElse(Double.NEGATIVE_INFINITY));
    }

    @Override
    public String toString() {
        return change() == 0 ? "begun" : "× %.2f".formatted(change());
    }
}
