package io.assent.outbox.jpa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.assent.server.Options;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.keycloak.provider.ProviderConfigProperty;

/** An outbox that could send nothing is refused at start, with what to set. */
class OutboxConfigTest {

    @Test
    void nothingNeedsToBeSet() {
        assertThat(OutboxConfig.read(new Options(Map.of())))
                .isEqualTo(new OutboxConfig(16, 1_000, Duration.ofSeconds(30), Duration.ofSeconds(1)));
    }

    @Test
    void eachOptionIsRead() {
        assertThat(OutboxConfig.read(new Options(Map.of(
                        "threads", "4", "capacity", " 50 ", "lease-seconds", "20", "sweep-interval-seconds", "7"))))
                .isEqualTo(new OutboxConfig(4, 50, Duration.ofSeconds(20), Duration.ofSeconds(7)));
    }

    @ParameterizedTest
    @CsvSource({
        "threads, 0, 1",
        "threads, many, 1",
        "capacity, -1, 1",
        "capacity, 0, 1",
        "capacity, 1000000, 1",
        "lease-seconds, 0, 20",
        "sweep-interval-seconds, 0, 1",
        "sweep-interval-seconds, -1, 1",
        "lease-seconds, 19, 20",
        "sweep-interval-seconds, 1000000, 1",
        "sweep-interval-seconds, 0.5, 1"
    })
    void whatMakesNoSenseIsRefusedByItsNameOnTheCommandLine(String option, String value, int least) {
        assertThatThrownBy(() -> OutboxConfig.read(new Options(Map.of(option, value))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("--spi-consent-outbox--jpa--%s must be a whole number from %d to 999999, not '%s'"
                        .formatted(option, least, value));
    }

    @Test
    void theServersHelpShowsEachOptionWithItsDefault() {
        List<ProviderConfigProperty> metadata = OutboxConfig.metadata();

        assertThat(metadata)
                .extracting(ProviderConfigProperty::getName)
                .containsExactly("threads", "capacity", "lease-seconds", "sweep-interval-seconds");
        assertThat(metadata).extracting(ProviderConfigProperty::getDefaultValue).containsExactly(16, 1_000, 30, 1);
    }
}
