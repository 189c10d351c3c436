package io.assent.upgrade;

import static org.assertj.core.api.Assertions.assertThat;

import io.assent.consent.GrantedPermission;
import io.assent.detail.Details;
import io.assent.evidence.Evidence;
import io.assent.permission.RequestedPermissions;
import io.assent.request.ConsentRequest;
import io.assent.request.ConsentRequest.Journey;
import io.assent.request.ConsentRequestStatus;
import io.assent.request.RecordedDecision;
import io.assent.server.Parties;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What of a stored consent is believed: what the customer's newest recorded answer granted. */
class BackingTest {

    private static final Instant DAY = Instant.parse("2026-06-01T09:00:00Z");
    private static final GrantedPermission BALANCES = new GrantedPermission("b", "balances");
    private static final GrantedPermission PAYMENTS = new GrantedPermission("p", "payments");

    @Test
    void whatARedeemedAnswerGrantedIsBacked() {
        ConsentRequest answer = redeemed("1", 0, Set.of("balances"), Set.of("balances"));

        assertThat(Backing.of(List.of(BALANCES), List.of(answer))).contains(new Backing(List.of(BALANCES), "1", DAY));
    }

    @Test
    void whatSomebodyElseAddedIsNot() {
        ConsentRequest answer = redeemed("1", 0, Set.of("balances"), Set.of("balances"));

        assertThat(Backing.of(List.of(BALANCES, PAYMENTS), List.of(answer)).map(Backing::permissions))
                .contains(List.of(BALANCES));
        assertThat(Backing.of(List.of(PAYMENTS), List.of(answer))).isEmpty();
        assertThat(Backing.of(List.of(PAYMENTS), List.of())).isEmpty();
    }

    @Test
    void whatWasTakenAwayFromTheStoredConsentIsNot() {
        ConsentRequest answer = redeemed("1", 0, Set.of("balances", "payments"), Set.of("balances", "payments"));

        assertThat(Backing.of(List.of(PAYMENTS), List.of(answer)).map(Backing::permissions))
                .contains(List.of(PAYMENTS));
        assertThat(Backing.of(List.of(), List.of(answer))).isEmpty();
    }

    @Test
    void theNewestAnswerAboutAPermissionCounts() {
        ConsentRequest both = redeemed("1", 0, Set.of("balances", "payments"), Set.of("balances", "payments"));
        ConsentRequest leftOut = redeemed("2", 1, Set.of("balances", "payments"), Set.of("balances"));
        ConsentRequest denied =
                request("3", 2, ConsentRequestStatus.DENIED, Journey.CIBA, Set.of("balances"), Set.of());

        assertThat(Backing.of(List.of(BALANCES, PAYMENTS), List.of(both, leftOut)))
                .contains(new Backing(List.of(BALANCES), "2", DAY.plusSeconds(1)));
        assertThat(Backing.of(List.of(BALANCES, PAYMENTS), List.of(denied, leftOut, both)))
                .isEmpty();
        assertThat(Backing.of(List.of(BALANCES, PAYMENTS), List.of(denied, both)))
                .contains(new Backing(List.of(PAYMENTS), "1", DAY));
    }

    @Test
    void itStandsSinceTheOldestOfTheAnswers() {
        ConsentRequest first = redeemed("1", 0, Set.of("balances"), Set.of("balances"));
        ConsentRequest second = redeemed("2", 9, Set.of("payments"), Set.of("payments"));

        assertThat(Backing.of(List.of(BALANCES, PAYMENTS), List.of(second, first)))
                .contains(new Backing(List.of(BALANCES, PAYMENTS), "2", DAY));
    }

    @Test
    void anApprovalWhoseTokensNobodyFetchedIsNone() {
        ConsentRequest unfetched =
                request("2", 1, ConsentRequestStatus.APPROVED, Journey.CIBA, Set.of("balances"), Set.of("balances"));
        ConsentRequest before = redeemed("1", 0, Set.of("balances"), Set.of("balances"));

        assertThat(Backing.of(List.of(BALANCES), List.of(unfetched))).isEmpty();
        assertThat(Backing.of(List.of(BALANCES), List.of(unfetched, before)).map(Backing::requestId))
                .contains("1");
    }

    @Test
    void aYesThatWasTakenBackIsANo() {
        ConsentRequest takenBack =
                request("2", 1, ConsentRequestStatus.WITHDRAWN, Journey.CIBA, Set.of("balances"), Set.of("balances"));
        ConsentRequest before = redeemed("1", 0, Set.of("balances"), Set.of("balances"));

        assertThat(Backing.of(List.of(BALANCES), List.of(takenBack, before))).isEmpty();
    }

    @Test
    void anAnswerInTheBrowserCountsAtOnce() {
        ConsentRequest answer = request(
                "1", 0, ConsentRequestStatus.APPROVED, Journey.REDIRECT, Set.of("balances"), Set.of("balances"));

        assertThat(Backing.of(List.of(BALANCES), List.of(answer)).map(Backing::requestId))
                .contains("1");
    }

    @Test
    void whatNobodyAnsweredSaysNothing() {
        ConsentRequest open = request("2", 1, ConsentRequestStatus.PENDING, Journey.CIBA, Set.of("balances"), Set.of());
        ConsentRequest before = redeemed("1", 0, Set.of("balances"), Set.of("balances"));

        assertThat(Backing.of(List.of(BALANCES), List.of(open, before)).map(Backing::requestId))
                .isEqualTo(Optional.of("1"));
    }

    private static ConsentRequest redeemed(String id, int second, Set<String> asked, Set<String> granted) {
        return request(id, second, ConsentRequestStatus.REDEEMED, Journey.CIBA, asked, granted);
    }

    private static ConsentRequest request(
            String id,
            int second,
            ConsentRequestStatus status,
            String journey,
            Set<String> asked,
            Set<String> granted) {
        Instant decidedAt = DAY.plusSeconds(second);
        return new ConsentRequest(
                id,
                new Parties("bank", "acme", "alice"),
                new Journey(journey, "reference-" + id),
                new ConsentRequest.Content(
                        "openid", new RequestedPermissions(asked, Set.of(), true), Details.NONE, null, List.of()),
                null,
                status,
                decidedAt.minusSeconds(60),
                decidedAt.plusSeconds(60),
                null,
                status == ConsentRequestStatus.PENDING
                        ? null
                        : new RecordedDecision(
                                status != ConsentRequestStatus.DENIED, granted, decidedAt, null, Evidence.NONE));
    }
}
