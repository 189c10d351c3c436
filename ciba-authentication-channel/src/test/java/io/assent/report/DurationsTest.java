package io.assent.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.stream.LongStream;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {

    private static Durations of(LongStream millis) {
        return millis.mapToObj(each -> Durations.of(Duration.ofMillis(each))).reduce(Durations.NONE, Durations::plus);
    }

    @Test
    void nothingHasNoMedian() {
        assertThat(Durations.NONE.medianMillis()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 7, 8, 9, 100, 1023, 1024, 1025, 86_400_000, 259_200_000, Long.MAX_VALUE / 4})
    void oneTimeIsItsOwnMedianWithinTheWidthOfABucket(long millis) {
        assertThat((double) of(LongStream.of(millis)).medianMillis().orElseThrow())
                // a whole millisecond at the least
                .isCloseTo(millis, within(Math.max(0.5, millis * 0.045)));
    }

    @Test
    void whatTookNoTimeOrByOtherClocksLessIsZero() {
        assertThat(of(LongStream.of(0)).medianMillis()).hasValue(0);
        assertThat(of(LongStream.of(-5_000)).medianMillis()).hasValue(0);
    }

    @Test
    void theMedianIsTheTimeInTheMiddle() {
        assertThat((double) of(LongStream.rangeClosed(1, 20_000)).medianMillis().orElseThrow())
                .isCloseTo(10_000, Percentage.withPercentage(4.5));
        assertThat(of(LongStream.of(10, 10, 100_000)).medianMillis()).hasValue(10);
    }

    @Test
    void ofAnEvenNumberItIsTheShorterOfTheTwo() {
        assertThat((double) of(LongStream.of(1_000, 60_000)).medianMillis().orElseThrow())
                .isCloseTo(1_000, Percentage.withPercentage(4.5));
    }

    @Test
    void sumsAreAsIfAllHadBeenCountedTogether() {
        Durations all = of(LongStream.rangeClosed(1, 999));
        Durations inParts = of(LongStream.rangeClosed(500, 999)).plus(of(LongStream.rangeClosed(1, 499)));

        assertThat(inParts).isEqualTo(all);
        assertThat(Durations.parse(all.toString())).isEqualTo(all);
        assertThat(Durations.parse("")).isEqualTo(Durations.NONE);
    }
}
