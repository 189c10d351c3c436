package io.assent.outbox.jpa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.assent.server.Options;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An outbox that could send nothing is refused at start, with what to set. */
class OutboxConfigTest {

    private static final String PREFIX = "--spi-consent-outbox--jpa--";

    @Test
    void whatIsUnsetHasItsDefault() {
        assertThat(OutboxConfig.read(new Options(Map.of())))
                .isEqualTo(new OutboxConfig(16, 1_000, Duration.ofSeconds(30), Duration.ofSeconds(1)));
    }

    @ParameterizedTest
    @CsvSource({
        "threads, 0, 1",
        "threads, many, 1",
        "capacity, 0, 1",
        "capacity, 1000000, 1",
        "lease-seconds, 0, 20",
        "lease-seconds, 19, 20",
        "sweep-interval-seconds, 0, 1",
        "sweep-interval-seconds, -1, 1"
    })
    void anOutboxThatCouldSendNothingIsRefused(String option, String value, int least) {
        assertThatThrownBy(() -> OutboxConfig.read(new Options(Map.of(option, value))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(PREFIX + option)
                .hasMessageContaining("from " + least + " to")
                .hasMessageContaining("'" + value + "'");
    }
}
