package io.assent.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.assent.server.Options;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A time to keep rows that makes no sense is refused at start, with what to set. */
class RetentionTest {

    private static final String PREFIX = "--spi-jpa-entity-provider--assent--";

    @Test
    void whatIsUnsetHasItsDefault() {
        assertThat(Retention.read(new Options(Map.of())))
                .isEqualTo(new Retention(
                        Duration.ofDays(30),
                        Duration.ofDays(5 * 366),
                        Duration.ofDays(2 * 366),
                        Duration.ofDays(7),
                        Duration.ofDays(5 * 366),
                        Duration.ofSeconds(10)));
    }

    @ParameterizedTest
    @CsvSource({
        "answered-request-days, 0, 1",
        "answered-request-days, 100000, 1",
        "unanswered-request-days, 0, 1",
        "unanswered-request-days, a month, 1",
        "ended-consent-days, 0, 1",
        "ended-consent-days, two years, 1",
        "closed-delivery-days, 0, 1",
        "report-days, 0, 1",
        "housekeeping-interval-seconds, 0, 1"
    })
    void aTimeToKeepRowsThatIsNoneIsRefused(String option, String value, int least) {
        assertThatThrownBy(() -> Retention.read(new Options(Map.of(option, value))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(PREFIX + option)
                .hasMessageContaining("from " + least + " to")
                .hasMessageContaining("'" + value + "'");
    }
}
