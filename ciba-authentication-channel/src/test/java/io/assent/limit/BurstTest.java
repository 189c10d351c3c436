package io.assent.limit;

import static org.assertj.core.api.Assertions.assertThat;

import io.assent.limit.Burst.Waiting;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Which of many questions' pushes are sent. */
class BurstTest {

    private static final Burst BURST = new Burst(Duration.ofSeconds(10));
    private static final Instant START = Instant.parse("2026-11-26T09:00:00Z");

    private static Waiting asked(double seconds) {
        return asked(seconds, Duration.ofMinutes(2));
    }

    private static Waiting asked(double seconds, Duration life) {
        Instant at = START.plusMillis((long) (seconds * 1000));
        return new Waiting(UUID.randomUUID().toString(), at, at.plus(life));
    }

    @Test
    void allOfATimeWaitForTheSameMoment() {
        assertThat(BURST.end(asked(1))).isEqualTo(START.plusSeconds(10));
        assertThat(BURST.end(asked(9.999))).isEqualTo(START.plusSeconds(10));
        assertThat(BURST.end(asked(10))).isEqualTo(START.plusSeconds(20));
    }

    @Test
    void thenTheNewestIsToldAndNoOther() {
        List<Waiting> waiting = List.of(asked(9), asked(5), asked(1));
        Instant due = START.plusSeconds(10);

        assertThat(waiting.stream().filter(question -> !BURST.isToldByAnother(question, waiting, due)))
                .containsExactly(waiting.get(0));
    }

    @Test
    void aNewerOneWhosePushIsNotDueYetLeavesTheOthersToBeTold() {
        Waiting first = asked(9);
        Waiting second = asked(11);

        assertThat(BURST.isToldByAnother(first, List.of(second, first), START.plusSeconds(10)))
                .isFalse();
        assertThat(BURST.isToldByAnother(first, List.of(second, first), START.plusSeconds(20)))
                .isTrue();
    }

    @Test
    void whenTheNewestIsAnsweredTheNextIsTold() {
        Waiting first = asked(1);

        assertThat(BURST.isToldByAnother(first, List.of(first), START.plusSeconds(10)))
                .isFalse();
    }

    @Test
    void ofTwoInTheSameMillisecondOneIsTold() {
        List<Waiting> waiting = List.of(asked(1), asked(1));

        assertThat(waiting.stream()
                        .filter(question -> !BURST.isToldByAnother(question, waiting, START.plusSeconds(10))))
                .hasSize(1);
    }

    @Test
    void whatComesSoonAfterAnOpenQuestionWaits() {
        Waiting question = asked(20);

        assertThat(BURST.has(question, Optional.of(START.plusSeconds(15)))).isTrue();
        assertThat(BURST.has(question, Optional.of(START.plusSeconds(10)))).isFalse();
        assertThat(BURST.has(question, Optional.empty())).isFalse();
    }

    @Test
    void aShortQuestionDoesNotWait() {
        Optional<Instant> before = Optional.of(START);

        assertThat(BURST.has(asked(1, Duration.ofSeconds(15)), before)).isFalse();
        assertThat(BURST.has(asked(1, Duration.ofSeconds(30)), before)).isTrue();
    }

    @Test
    void whereEachHasAPushOfItsOwnNoneWaits() {
        Burst none = new Burst(Duration.ZERO);
        Waiting first = asked(1);

        assertThat(none.has(first, Optional.of(START))).isFalse();
        assertThat(none.isToldByAnother(first, List.of(asked(2), first), START.plusSeconds(10)))
                .isFalse();
    }
}
