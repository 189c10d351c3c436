package io.assent.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import org.junit.jupiter.api.Test;

class AvailabilityLineTest {

    private static AvailabilityLine line(long observed, long silent, Calls calls) {
        return new AvailabilityLine(
                new UtcDay(LocalDate.parse("2026-11-26")), PackInterface.APP, true, observed, silent, calls);
    }

    @Test
    void aDayWithoutAFaultIsUpAllTheTime() {
        AvailabilityLine line = line(86_400, 0, new Calls(4, 1, 0, 10, 0));

        assertThat(line.downtimeSeconds()).isZero();
        assertThat(line.uptimePercent()).hasValue(100);
        assertThat(line.downtimePercent()).hasValue(0);
        assertThat(line.errorRatePercent()).hasValue(0);
        assertThat(line.averageMillis()).hasValue(3);
    }

    @Test
    void downIsWhatWasSilentAndWhatWasNotAnswered() {
        AvailabilityLine line = line(86_400, 120, new Calls(3, 0, 1, 300, 29_001));

        assertThat(line.unansweredSeconds()).isEqualTo(30);
        assertThat(line.downtimeSeconds()).isEqualTo(150);
        assertThat(line.downtimePercent()).hasValue(0.174);
        assertThat(line.uptimePercent()).hasValue(99.826);
        assertThat(line.errorRatePercent()).hasValue(33.333);
    }

    /** Two nodes at once may have counted more of them than there are. */
    @Test
    void noDayIsDownForLongerThanItIs() {
        AvailabilityLine line = line(600, 60, new Calls(10, 0, 10, 0, 1_200_000));

        assertThat(line.downtimeSeconds()).isEqualTo(600);
        assertThat(line.uptimePercent()).hasValue(0);
    }

    @Test
    void nothingIsSaidOfWhatNobodySaw() {
        AvailabilityLine line = line(0, 0, Calls.NONE);

        assertThat(line.uptimePercent()).isEmpty();
        assertThat(line.downtimePercent()).isEmpty();
        assertThat(line.errorRatePercent()).isEmpty();
        assertThat(line.averageMillis()).isEmpty();
    }
}
