package io.assent.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OutboxCountsTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    @Test
    void theOldestHasBeenWaitingSinceItWasWritten() {
        assertThat(waitingSince(NOW.minusMillis(2_500)).age(NOW)).isEqualTo(Duration.ofMillis(2_500));
    }

    @Test
    void whatWasWrittenAfterTheClockWasReadHasNotBeenWaiting() {
        assertThat(waitingSince(NOW.plusMillis(10)).age(NOW)).isZero();
    }

    @Test
    void whereNothingWaitsNothingHasBeenWaiting() {
        assertThat(new OutboxCounts("realm", "ping", 0, Optional.empty(), Map.of()).age(NOW))
                .isZero();
    }

    private static OutboxCounts waitingSince(Instant since) {
        return new OutboxCounts("realm", "ping", 1, Optional.of(since), Map.of());
    }
}
