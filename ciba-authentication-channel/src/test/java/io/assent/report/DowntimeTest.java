package io.assent.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class DowntimeTest {

    private static final Instant MIDNIGHT = Instant.parse("2026-11-27T00:00:00Z");

    private static final Minutes TWO = Minutes.NONE.with(0).with(1);

    private static Downtime down(int from, int to) {
        return Downtime.of(MIDNIGHT.plusSeconds(from), MIDNIGHT.plusSeconds(to));
    }

    @Test
    void tenSecondsThatHaveBegunCount() {
        assertThat(down(9, 10).seconds(TWO, 0, 2)).isEqualTo(10);
        assertThat(down(9, 11).seconds(TWO, 0, 2)).isEqualTo(20);
        assertThat(down(30, 90).seconds(TWO, 0, 2)).isEqualTo(60);
        assertThat(down(30, 90).seconds(TWO, 1, 2)).isEqualTo(30);
        assertThat(Downtime.NONE.seconds(TWO, 0, 2)).isZero();
    }

    @Test
    void itGoesToTheEndOfTheDayAndNoFurther() {
        Minutes last = Minutes.NONE.with(Minutes.OF_A_DAY - 1);

        assertThat(down(86_399, 86_400).seconds(last, 0, Minutes.OF_A_DAY)).isEqualTo(10);
    }

    @Test
    void theSameTimeIsCountedOnce() {
        assertThat(down(0, 30).plus(down(20, 40))).isEqualTo(down(0, 40)).hasSameHashCodeAs(down(0, 40));
        assertThat(down(0, 40).plus(Downtime.NONE)).isEqualTo(down(0, 40));
    }

    @Test
    void itIsReadAsItWasWritten() {
        Downtime down = down(0, 10).plus(down(86_390, 86_400));

        assertThat(down.toString()).hasSize(Downtime.LENGTH).startsWith("01").endsWith("80");
        assertThat(Downtime.parse(down.toString())).isEqualTo(down);
        assertThat(down.isNone()).isFalse();
        assertThat(Downtime.NONE.isNone()).isTrue();
    }
}
