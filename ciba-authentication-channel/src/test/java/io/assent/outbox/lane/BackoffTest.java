package io.assent.outbox.lane;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BackoffTest {

    @Test
    void doublesUpToALimit() {
        Backoff noJitter = new Backoff(() -> 0);

        assertThat(noJitter.after(1)).isEqualTo(Duration.ofSeconds(1));
        assertThat(noJitter.after(2)).isEqualTo(Duration.ofSeconds(2));
        assertThat(noJitter.after(5)).isEqualTo(Duration.ofSeconds(16));
        assertThat(noJitter.after(6)).isEqualTo(Duration.ofSeconds(30));
        assertThat(noJitter.after(Integer.MAX_VALUE)).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void jitterTakesAwayHalfAtTheMost() {
        Backoff mostJitter = new Backoff(() -> Math.nextDown(1.0));

        assertThat(mostJitter.after(2)).isBetween(Duration.ofMillis(1000), Duration.ofMillis(1001));
    }
}
