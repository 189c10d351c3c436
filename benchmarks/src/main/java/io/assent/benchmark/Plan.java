package io.assent.benchmark;

import java.time.Duration;
import java.util.List;

/**
 * How much is done. Everything has an end in time and in the number of calls.
 *
 * @param customers so many that what one of them has open, and has of one client, is not far from a bank's
 * @param warmUp how long a phase of a warm-up round takes
 * @param phase how long a phase of a round that counts takes
 * @param phaseCalls how many calls a phase makes at the most
 * @param lagRate how many requests a second pushes are timed at
 */
record Plan(
        boolean quick,
        int customers,
        int warmUpRounds,
        Duration warmUp,
        int rounds,
        Duration phase,
        int phaseCalls,
        List<Integer> history,
        int pending,
        int historyRounds,
        int lagRounds,
        Duration lag,
        int lagRate) {

    static Plan full() {
        return new Plan(
                false,
                256,
                3,
                Duration.ofMillis(3000),
                5,
                Duration.ofMillis(2000),
                4000,
                List.of(100_000, 1_000_000),
                10_000,
                3,
                3,
                Duration.ofSeconds(15),
                50);
    }

    static Plan ofQuick() {
        return new Plan(
                true,
                256,
                3,
                Duration.ofMillis(300),
                2,
                Duration.ofMillis(600),
                2000,
                List.of(100_000),
                10_000,
                1,
                1,
                Duration.ofSeconds(5),
                50);
    }
}
