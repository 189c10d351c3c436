package io.assent.benchmark;

import java.util.EnumMap;
import java.util.Map;

/**
 * Whether a server is warm: what its calls took in the last round of a warm-up, beside the round before. Each kind of
 * call counts alike, be it short or long.
 */
final class Warmth {

    /** On average calls take more than this part of what they took a round before. */
    private static final double SETTLED = 0.95;

    private final Map<Operation, Double> before = new EnumMap<>(Operation.class);
    private final Map<Operation, Double> now = new EnumMap<>(Operation.class);

    /** @param millis of the server's processor, for one call */
    void took(Operation operation, double millis) {
        Double earlier = now.put(operation, millis);
        if (earlier != null) {
            before.put(operation, earlier);
        }
    }

    /** False before the second round. */
    boolean isSettled() {
        return !before.isEmpty() && change() > SETTLED;
    }

    /** The geometric mean over the kinds of calls: 0.9 where they take a tenth less than a round before. */
    double change() {
        return Math.exp(before.entrySet().stream()
                .filter(one -> one.getValue() > 0 && now.get(one.getKey()) > 0)
                .mapToDouble(one -> Math.log(now.get(one.getKey()) / one.getValue()))
                .average()
                .orElse(0));
    }

    @Override
    public String toString() {
        return before.isEmpty() ? "begun" : "× %.2f".formatted(change());
    }
}
