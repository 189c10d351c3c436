package io.assent.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class AvailabilityLineTest {

    private static final UtcDay DAY = new UtcDay(LocalDate.parse("2026-11-26"));

    private static AvailabilityLine line(long observed, long silent, long unanswered, Calls calls) {
        return new AvailabilityLine(DAY, PackInterface.APP, true, observed, silent, unanswered, calls);
    }

    private static Calls calls(long calls, long refused, long failed, long millis) {
        return new Calls(calls, refused, failed, millis, Downtime.NONE);
    }

    private static Downtime down(int fromSecond, int toSecond) {
        return Downtime.of(DAY.begin().plusSeconds(fromSecond), DAY.begin().plusSeconds(toSecond));
    }

    /** Of the first ten minutes of a day. */
    private static AvailabilityLine ofTenMinutes(Minutes lived, Downtime... downOfNodes) {
        Calls calls = Arrays.stream(downOfNodes).map(Calls::down).reduce(Calls.NONE, Calls::plus);
        return AvailabilityLine.of(DAY, PackInterface.APP, true, lived, 0, 10, calls);
    }

    private static Minutes lived(int... minutes) {
        return Arrays.stream(minutes).mapToObj(Minutes.NONE::with).reduce(Minutes.NONE, Minutes::plus);
    }

    /** Each of two nodes did not answer for the same four minutes, and lived. */
    @Test
    void whatSeveralNodesDidNotAnswerAtTheSameTimeIsDownOnce() {
        Minutes always = lived(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);

        AvailabilityLine line = ofTenMinutes(always, down(60, 300), down(120, 360));

        assertThat(line.observedSeconds()).isEqualTo(600);
        assertThat(line.silentSeconds()).isZero();
        assertThat(line.unansweredSeconds()).isEqualTo(300);
        assertThat(line.downtimeSeconds()).isEqualTo(300);
    }

    @Test
    void aSilentMinuteIsDownOnceAlsoWhereItWasNotAnswered() {
        AvailabilityLine line = ofTenMinutes(lived(0, 1, 4, 5, 6, 7, 8, 9), down(60, 270));

        assertThat(line.silentSeconds()).isEqualTo(120);
        assertThat(line.unansweredSeconds()).isEqualTo(60 + 30);
        assertThat(line.downtimeSeconds()).isEqualTo(210);
    }

    @Test
    void whatIsNotObservedIsNotDown() {
        AvailabilityLine line =
                AvailabilityLine.of(DAY, PackInterface.APP, false, lived(3, 4), 3, 5, Calls.down(down(0, 600)));

        assertThat(line.observedSeconds()).isEqualTo(120);
        assertThat(line.downtimeSeconds()).isEqualTo(120);
    }

    @Test
    void aDayWithoutAFaultIsUpAllTheTime() {
        AvailabilityLine line = line(86_400, 0, 0, calls(4, 1, 0, 10));

        assertThat(line.downtimeSeconds()).isZero();
        assertThat(line.uptimePercent()).hasValue(100);
        assertThat(line.downtimePercent()).hasValue(0);
        assertThat(line.errorRatePercent()).hasValue(0);
        assertThat(line.averageMillis()).hasValue(3);
    }

    @Test
    void downIsWhatWasSilentAndWhatWasNotAnswered() {
        AvailabilityLine line = line(86_400, 120, 30, calls(3, 0, 1, 300));

        assertThat(line.unansweredSeconds()).isEqualTo(30);
        assertThat(line.downtimeSeconds()).isEqualTo(150);
        assertThat(line.downtimePercent()).hasValue(0.174);
        assertThat(line.uptimePercent()).hasValue(99.826);
        assertThat(line.errorRatePercent()).hasValue(33.333);
    }

    @Test
    void nothingIsSaidOfWhatNobodySaw() {
        AvailabilityLine line = line(0, 0, 0, Calls.NONE);

        assertThat(line.uptimePercent()).isEmpty();
        assertThat(line.downtimePercent()).isEmpty();
        assertThat(line.errorRatePercent()).isEmpty();
        assertThat(line.averageMillis()).isEmpty();
    }
}
