package io.assent.push;

import static org.assertj.core.api.Assertions.assertThat;

import io.assent.permission.RequestedPermissions;
import io.assent.request.ConsentRequest;
import io.assent.request.ConsentRequest.Journey;
import io.assent.request.ConsentRequestEvent.Asked;
import io.assent.server.Parties;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Which of many questions' pushes are sent. */
class BurstTest {

    private static final Burst BURST = new Burst(Duration.ofSeconds(10));
    private static final Instant START = Instant.parse("2026-11-26T09:00:00Z");

    private static ConsentRequest asked(double seconds) {
        return asked(seconds, Journey.CIBA, Duration.ofMinutes(2));
    }

    private static ConsentRequest asked(double seconds, String journey, Duration life) {
        Instant at = START.plusMillis((long) (seconds * 1000));
        return ConsentRequest.pending(
                new Parties("bank", "acme", "alice"),
                new Journey(journey, UUID.randomUUID().toString()),
                "openid",
                new RequestedPermissions(Set.of(), Set.of(), false),
                null,
                at,
                at.plus(life));
    }

    @Test
    void allOfATimeWaitForTheSameMoment() {
        assertThat(BURST.end(asked(1))).isEqualTo(START.plusSeconds(10));
        assertThat(BURST.end(asked(9.999))).isEqualTo(START.plusSeconds(10));
        assertThat(BURST.end(asked(10))).isEqualTo(START.plusSeconds(20));
    }

    @Test
    void thenTheNewestIsToldAndNoOther() {
        List<ConsentRequest> waiting = List.of(asked(9), asked(5), asked(1));
        Instant due = START.plusSeconds(10);

        assertThat(waiting.stream().filter(request -> !BURST.isToldByAnother(request, waiting, due)))
                .containsExactly(waiting.get(0));
    }

    @Test
    void aNewerOneWhosePushIsNotDueYetLeavesTheOthersToBeTold() {
        ConsentRequest first = asked(9);
        ConsentRequest second = asked(11);

        assertThat(BURST.isToldByAnother(first, List.of(second, first), START.plusSeconds(10)))
                .isFalse();
        assertThat(BURST.isToldByAnother(first, List.of(second, first), START.plusSeconds(20)))
                .isTrue();
    }

    @Test
    void whenTheNewestIsAnsweredTheNextIsTold() {
        ConsentRequest first = asked(1);

        assertThat(BURST.isToldByAnother(first, List.of(first), START.plusSeconds(10)))
                .isFalse();
    }

    @Test
    void ofTwoInTheSameMillisecondOneIsTold() {
        List<ConsentRequest> waiting = List.of(asked(1), asked(1));

        assertThat(waiting.stream().filter(request -> !BURST.isToldByAnother(request, waiting, START.plusSeconds(10))))
                .hasSize(1);
    }

    @Test
    void aPageInTheBrowserTellsNothing() {
        ConsentRequest first = asked(1);
        ConsentRequest page = asked(2, Journey.REDIRECT, Duration.ofMinutes(5));

        assertThat(BURST.isToldByAnother(first, List.of(page, first), START.plusSeconds(10)))
                .isFalse();
    }

    @Test
    void whatComesSoonAfterAnOpenQuestionWaits() {
        ConsentRequest request = asked(20);

        assertThat(BURST.has(new Asked(request, Optional.of(START.plusSeconds(15)))))
                .isTrue();
        assertThat(BURST.has(new Asked(request, Optional.of(START.plusSeconds(10)))))
                .isFalse();
        assertThat(BURST.has(new Asked(request, Optional.empty()))).isFalse();
    }

    @Test
    void aShortQuestionDoesNotWait() {
        Optional<Instant> before = Optional.of(START);

        assertThat(BURST.has(new Asked(asked(1, Journey.CIBA, Duration.ofSeconds(15)), before)))
                .isFalse();
        assertThat(BURST.has(new Asked(asked(1, Journey.CIBA, Duration.ofSeconds(30)), before)))
                .isTrue();
    }

    @Test
    void whereEachHasAPushOfItsOwnNoneWaits() {
        Burst none = new Burst(Duration.ZERO);
        ConsentRequest first = asked(1);

        assertThat(none.has(new Asked(first, Optional.of(START)))).isFalse();
        assertThat(none.isToldByAnother(first, List.of(asked(2), first), START.plusSeconds(10)))
                .isFalse();
    }
}
