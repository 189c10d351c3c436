package io.assent.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class MinutesTest {

    @Test
    void aMomentIsInOneOfTheMinutesOfItsDay() {
        assertThat(Minutes.of(Instant.parse("2026-11-27T00:00:00Z"))).isZero();
        assertThat(Minutes.of(Instant.parse("2026-11-27T00:00:59.999Z"))).isZero();
        assertThat(Minutes.of(Instant.parse("2026-11-27T23:59:59.999Z"))).isEqualTo(Minutes.OF_A_DAY - 1);
    }

    @Test
    void whatIsMissingIsCountedWithinTheMinutesThatCount() {
        Minutes one = Minutes.NONE.with(10).with(11);
        Minutes other = Minutes.NONE.with(11).with(13);
        Minutes both = one.plus(other);

        assertThat(both.first()).isEqualTo(10);
        assertThat(both.missing(10, 14)).isEqualTo(1);
        assertThat(both.missing(0, Minutes.OF_A_DAY)).isEqualTo(Minutes.OF_A_DAY - 3);
        assertThat(both.missing(10, 10)).isZero();
        assertThat(both.missing(11, 10)).isZero();
        assertThat(Minutes.NONE.first()).isEqualTo(Minutes.OF_A_DAY);
    }

    @Test
    void theyAreReadAsTheyWereWritten() {
        Minutes minutes = Minutes.NONE.with(0).with(7).with(8).with(Minutes.OF_A_DAY - 1);

        assertThat(minutes.toString()).hasSize(Minutes.LENGTH);
        assertThat(Minutes.parse(minutes.toString()).toString()).isEqualTo(minutes.toString());
        assertThat(Minutes.parse(minutes.toString()).missing(0, Minutes.OF_A_DAY))
                .isEqualTo(Minutes.OF_A_DAY - 4);
        assertThat(minutes.toString()).startsWith("8101");
    }
}
