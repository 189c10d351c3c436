package io.assent.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class CallLimitTest {

    private Instant now = Instant.parse("2026-11-22T09:00:20Z");
    private final CallLimit limit = new CallLimit(2, () -> now);

    @Test
    void oneTooManyHasToWaitForTheNextMinute() {
        assertThat(limit.exceededBy("alice")).isEmpty();
        assertThat(limit.exceededBy("alice")).isEmpty();
        assertThat(limit.exceededBy("alice")).contains(new CallLimit.Excess(Duration.ofSeconds(40), true));

        now = Instant.parse("2026-11-22T09:00:59.999Z");
        assertThat(limit.exceededBy("alice")).contains(new CallLimit.Excess(Duration.ofMillis(1), false));
        now = Instant.parse("2026-11-22T09:01:00Z");
        assertThat(limit.exceededBy("alice")).isEmpty();
    }

    @Test
    void oneCustomersCallsAreNotAnothers() {
        limit.exceededBy("alice");
        limit.exceededBy("alice");

        assertThat(limit.exceededBy("bob")).isEmpty();
        assertThat(limit.exceededBy("alice")).isPresent();
    }

    @Test
    void aClockThatIsSetBackBeginsAMinuteOfItsOwn() {
        limit.exceededBy("alice");
        limit.exceededBy("alice");
        now = now.minusSeconds(3600);

        assertThat(limit.exceededBy("alice")).isEmpty();
    }
}
