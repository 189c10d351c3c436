package io.assent.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.assent.request.ConsentRequest.Journey;
import io.assent.request.ConsentRequestStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class OutcomesTest {

    private static final Instant ASKED = Instant.parse("2026-11-26T23:59:50Z");

    private static SettledRequest request(
            String journey, ConsentRequestStatus status, boolean inFull, boolean reported, boolean opened) {
        boolean decided = status != ConsentRequestStatus.PENDING;
        return new SettledRequest(
                journey,
                status,
                inFull,
                reported,
                ASKED,
                opened ? ASKED.plusSeconds(5) : null,
                decided ? ASKED.plusSeconds(25) : null,
                status == ConsentRequestStatus.REDEEMED ? ASKED.plusSeconds(30) : null);
    }

    private static Outcomes ciba(ConsentRequestStatus status, boolean inFull, boolean reported, boolean opened) {
        return Outcomes.of(request(Journey.CIBA, status, inFull, reported, opened));
    }

    @Test
    void theSumsHold() {
        Outcomes day = List.of(
                        ciba(ConsentRequestStatus.PENDING, false, false, false),
                        ciba(ConsentRequestStatus.PENDING, false, false, true),
                        ciba(ConsentRequestStatus.DENIED, false, false, true),
                        ciba(ConsentRequestStatus.DENIED, false, true, true),
                        ciba(ConsentRequestStatus.APPROVED, true, false, true),
                        ciba(ConsentRequestStatus.REDEEMED, true, false, true),
                        ciba(ConsentRequestStatus.REDEEMED, false, false, true),
                        ciba(ConsentRequestStatus.WITHDRAWN, true, false, true))
                .stream()
                .reduce(Outcomes.NONE, Outcomes::plus);

        assertThat(day).isEqualTo(new Outcomes(7, 3, 1, 2, 1, 1, 1, 2, 1));
        assertThat(day.asked()).isEqualTo(8);
        assertThat(day.authorised()).isEqualTo(4);
        assertThat(day.abandoned()).isEqualTo(2);
        assertThat(day.failed()).isEqualTo(1);
        assertThat(day.asked()).isEqualTo(day.authorised() + day.rejected() + day.abandoned());
        assertThat(day.authorised()).isEqualTo(day.redeemed() + day.withdrawn() + day.failed());
    }

    @Test
    void aPageOfABrowserIsOpenedAsSoonAsItAsks() {
        SettledRequest left = request(Journey.REDIRECT, ConsentRequestStatus.PENDING, false, false, false);

        assertThat(Outcomes.of(left).openedNotAnswered()).isEqualTo(1);
        assertThat(Outcomes.of(left).neverOpened()).isZero();
        assertThat(left.askedToOpened()).isEmpty();
    }

    @Test
    void whatIsAnsweredWasOpened() {
        assertThat(ciba(ConsentRequestStatus.DENIED, false, false, false).opened())
                .isEqualTo(1);
    }

    @Test
    void timesAreOfTheStepsThatWereTaken() {
        SettledRequest redeemed = request(Journey.CIBA, ConsentRequestStatus.REDEEMED, true, false, true);
        assertThat(redeemed.askedToOpened()).hasValue(Duration.ofSeconds(5));
        assertThat(redeemed.openedToDecided()).hasValue(Duration.ofSeconds(20));
        assertThat(redeemed.askedToRedeemed()).hasValue(Duration.ofSeconds(30));

        SettledRequest onThePage = request(Journey.REDIRECT, ConsentRequestStatus.APPROVED, true, false, false);
        assertThat(onThePage.openedToDecided()).hasValue(Duration.ofSeconds(25));
        assertThat(onThePage.askedToRedeemed()).isEmpty();

        SettledRequest unread = request(Journey.CIBA, ConsentRequestStatus.DENIED, false, false, false);
        assertThat(unread.openedToDecided()).isEmpty();
    }

    @Test
    void timesAreReadAsTheyWereWritten() {
        Times times = Times.of(request(Journey.CIBA, ConsentRequestStatus.REDEEMED, true, false, true));

        assertThat(Times.parse(times.toString())).isEqualTo(times);
        assertThat(Times.parse(Times.NONE.toString())).isEqualTo(Times.NONE);
    }
}
