package io.assent.sandbox.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FiguresTest {

    private final Figures figures = new Figures();

    @ParameterizedTest
    @CsvSource({"1, 50, 1", "1, 99, 1", "2, 50, 1", "2, 95, 2", "100, 50, 50", "100, 99, 99", "200, 99, 198"})
    void aPercentileIsOneOfTheTimes(int times, int percent, int expected) {
        List<Duration> sorted =
                IntStream.rangeClosed(1, times).mapToObj(Duration::ofMillis).toList();

        assertThat(Figures.percentile(sorted, percent)).isEqualTo(Duration.ofMillis(expected));
    }

    @Test
    void theReportCountsJourneysRequestsAndProblems() {
        figures.called(Step.ASK, Duration.ofMillis(20));
        figures.called(Step.ASK, Duration.ofMillis(30));
        figures.called(Step.POLL, Duration.ofMillis(5));
        figures.done(Duration.ofMillis(5_100));
        figures.failed("poll: 400 expired_token");

        assertThat(figures.lines(Duration.ofSeconds(6)))
                .containsExactly(
                        "1 journeys done, 1 failed, in 6.0 s",
                        "3 requests, 0.5 a second",
                        "  failed 1 times: poll: 400 expired_token",
                        "step            calls    p50 ms    p95 ms    p99 ms",
                        "ask                 2      20.0      30.0      30.0",
                        "poll                1       5.0       5.0       5.0",
                        "journey             1    5100.0    5100.0    5100.0");
    }

    @Test
    void onlyWhereSomethingWentWellAndNothingFailedIsAllDone() {
        assertThat(figures.allDone()).isFalse();
        figures.done(Duration.ofSeconds(1));
        assertThat(figures.allDone()).isTrue();
        figures.failed("ask: no answer (ConnectException)");
        assertThat(figures.allDone()).isFalse();
    }
}
