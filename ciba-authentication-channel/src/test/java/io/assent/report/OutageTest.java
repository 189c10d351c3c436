package io.assent.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.assent.report.Outage.Span;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** By EBA/GL/2018/07, guideline 2.4(c). */
class OutageTest {

    private static final Instant NOON = Instant.parse("2026-11-27T12:00:00Z");

    private final Outage outage = new Outage();

    private static Call call(int second, int took, int status) {
        return new Call("realm", PackInterface.APP, NOON.plusSeconds(second), Duration.ofSeconds(took), status);
    }

    private void fail(int from, int calls) {
        for (int second = from; second < from + calls; second++) {
            assertThat(outage.note(call(second, 0, 500))).isEmpty();
        }
    }

    @Test
    void fiveFailuresInARowAreAnOutageFromTheFirstOn() {
        fail(0, 5);

        assertThat(outage.note(call(60, 1, 200))).hasValue(new Span(NOON, NOON.plusSeconds(61)));
        assertThat(outage.untold(NOON.plusSeconds(90))).isEmpty();
    }

    @Test
    void fourAreNone() {
        fail(0, 4);

        assertThat(outage.untold(NOON.plusSeconds(30))).isEmpty();
        assertThat(outage.note(call(60, 1, 200))).isEmpty();
    }

    @Test
    void anAnswerInBetweenBeginsAnew() {
        fail(0, 4);
        assertThat(outage.note(call(5, 0, 200))).isEmpty();
        fail(6, 4);

        assertThat(outage.note(call(60, 1, 200))).isEmpty();
    }

    @Test
    void whatTookLongerThanHalfAMinuteWasNotAnswered() {
        for (int call = 0; call < 5; call++) {
            assertThat(outage.note(call(call, 31, 200))).isEmpty();
        }

        assertThat(outage.note(call(60, 30, 200))).hasValue(new Span(NOON, NOON.plusSeconds(90)));
    }

    @Test
    void whatIsRefusedIsAnswered() {
        fail(0, 4);
        assertThat(outage.note(call(5, 0, 400))).isEmpty();
        fail(6, 1);

        assertThat(outage.untold(NOON.plusSeconds(60))).isEmpty();
    }

    @Test
    void itIsToldPieceByPieceAndNothingOfItTwice() {
        fail(0, 5);

        assertThat(outage.untold(NOON.plusSeconds(10))).hasValue(new Span(NOON, NOON.plusSeconds(10)));
        assertThat(outage.untold(NOON.plusSeconds(10))).isEmpty();
        fail(15, 1);
        assertThat(outage.untold(NOON.plusSeconds(20))).hasValue(new Span(NOON.plusSeconds(10), NOON.plusSeconds(20)));
        assertThat(outage.note(call(24, 1, 200))).hasValue(new Span(NOON.plusSeconds(20), NOON.plusSeconds(25)));
    }

    @Test
    void aNewOneHasNothingOfTheOneBefore() {
        fail(0, 5);
        outage.note(call(60, 1, 200));
        fail(70, 5);

        assertThat(outage.note(call(80, 1, 200))).hasValue(new Span(NOON.plusSeconds(70), NOON.plusSeconds(81)));
    }

    @Test
    void aNodeThatIsCalledNoMoreIsNotDownForEver() {
        fail(0, 5);

        assertThat(outage.untold(NOON.plusSeconds(10_000))).hasValue(new Span(NOON, NOON.plusSeconds(4 + 300)));
        assertThat(outage.untold(NOON.plusSeconds(20_000))).isEmpty();
        assertThat(outage.note(call(30_000, 1, 200))).isEmpty();
        assertThat(outage.untold(NOON.plusSeconds(40_000))).isEmpty();
    }

    @Test
    void whatFailsAfterAQuietTimeIsCountedFromThenOn() {
        fail(0, 5);

        assertThat(outage.note(call(10_000, 0, 500))).hasValue(new Span(NOON, NOON.plusSeconds(304)));
        assertThat(outage.note(call(10_060, 0, 200)))
                .hasValue(new Span(NOON.plusSeconds(10_000), NOON.plusSeconds(10_060)));
    }

    @Test
    void failuresThatAreFarApartBeginWithTheLast() {
        fail(0, 4);
        fail(10_000, 1);

        assertThat(outage.untold(NOON.plusSeconds(10_010)))
                .hasValue(new Span(NOON.plusSeconds(10_000), NOON.plusSeconds(10_010)));
    }
}
