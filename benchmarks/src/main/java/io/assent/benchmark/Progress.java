package io.assent.benchmark;

import java.time.Duration;
import java.time.Instant;

/** Says what the run is at, with the time since it began. */
final class Progress {

    private static final Instant BEGUN = Instant.now();

    static void say(String what) {
        Duration elapsed = elapsed();
        System.out.printf("%02d:%02d %s%n", elapsed.toMinutes(), elapsed.toSecondsPart(), what);
    }

    static Duration elapsed() {
        return Duration.between(BEGUN, Instant.now());
    }

    private Progress() {}
}
