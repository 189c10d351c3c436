package io.assent.safeguard;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.Test;

class OperatorLineTest {

    private long nanos;
    private final OperatorLine line = new OperatorLine(Logger.getLogger(OperatorLineTest.class), () -> nanos);

    @Test
    void eachClientHasOneLineAMinute() {
        assertThat(line.isDue("acme")).isTrue();
        assertThat(line.isDue("acme")).isFalse();
        assertThat(line.isDue("orbit")).isTrue();

        nanos = Duration.ofSeconds(59).toNanos();
        assertThat(line.isDue("acme")).isFalse();

        nanos = Duration.ofSeconds(60).toNanos();
        assertThat(line.isDue("acme")).isTrue();
        assertThat(line.isDue("acme")).isFalse();
    }

    @Test
    void anyNumberOfClientsFillsNeitherTheLogNorTheMemory() {
        for (int client = 0; client < 1_000; client++) {
            assertThat(line.isDue("client-" + client)).isTrue();
        }
        assertThat(line.isDue("one-more")).isFalse();

        nanos = Duration.ofMinutes(1).toNanos();
        assertThat(line.isDue("one-more")).isTrue();
    }
}
