package io.assent.amendment;

import static org.assertj.core.api.Assertions.assertThat;

import io.assent.detail.Details;
import io.assent.evidence.Evidence;
import io.assent.permission.RequestedPermissions;
import io.assent.permission.change.Change;
import io.assent.permission.change.Kind;
import io.assent.permission.change.NamedScope;
import io.assent.request.ConsentRequest;
import io.assent.request.ConsentRequest.Content;
import io.assent.request.ConsentRequest.Journey;
import io.assent.request.ConsentRequestStatus;
import io.assent.request.RecordedDecision;
import io.assent.server.Parties;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Which questions are asked once more. The rest of the door is for {@code AmendmentIT}. */
class AmendmentsTest {

    private static final Instant ASKED = Instant.parse("2026-11-29T12:00:00Z");
    private static final Instant END = ASKED.plus(ConsentRequest.LONGEST_AMENDMENT);
    private static final Change CHANGE = new Change(
            "widen",
            Kind.WIDEN,
            List.of(new NamedScope("id-a", "a")),
            List.of(new NamedScope("id-b", "b")),
            90,
            ASKED,
            false,
            false);

    @Test
    void aYesThatWasTakenBackIsAskedForAgain() {
        assertThat(cameToNothing(ConsentRequestStatus.WITHDRAWN, END, ASKED.plusSeconds(1)))
                .isTrue();
    }

    @Test
    void anAnswerThatCountsIsNot() {
        for (ConsentRequestStatus status :
                List.of(ConsentRequestStatus.APPROVED, ConsentRequestStatus.REDEEMED, ConsentRequestStatus.DENIED)) {
            assertThat(cameToNothing(status, END, END.plusSeconds(1)))
                    .as(status.name())
                    .isFalse();
        }
    }

    @Test
    void whatTheBankEndedIsAndWhatWaitsOrNobodyAnsweredIsNot() {
        Instant dropped = ASKED.plus(Duration.ofDays(1));

        assertThat(cameToNothing(ConsentRequestStatus.PENDING, dropped, dropped))
                .isTrue();
        assertThat(cameToNothing(ConsentRequestStatus.PENDING, dropped, dropped.minusMillis(1)))
                .isFalse();
        assertThat(cameToNothing(ConsentRequestStatus.PENDING, END, END)).isFalse();
    }

    private static boolean cameToNothing(ConsentRequestStatus status, Instant expiresAt, Instant now) {
        RecordedDecision answer = status == ConsentRequestStatus.PENDING
                ? null
                : new RecordedDecision(
                        status != ConsentRequestStatus.DENIED,
                        status == ConsentRequestStatus.DENIED ? Set.of() : Set.of("b"),
                        ASKED,
                        null,
                        Evidence.NONE);
        ConsentRequest request = new ConsentRequest(
                "request",
                new Parties("bank", "acme", "alice"),
                new Journey(Journey.AMENDMENT, "reference"),
                new Content("b", new RequestedPermissions(Set.of("b"), Set.of(), true), Details.NONE, null, List.of()),
                "challenge",
                status,
                ASKED,
                expiresAt,
                null,
                answer);
        return Amendments.cameToNothing(request, CHANGE, now);
    }
}
