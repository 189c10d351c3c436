package io.assent.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.assent.detail.Details;
import io.assent.evidence.Evidence;
import io.assent.permission.RequestedPermissions;
import io.assent.permission.Scopes;
import io.assent.request.ConsentRequest.Journey;
import io.assent.server.Parties;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ConsentRequestTest {

    private static final Instant ASKED = Instant.parse("2026-11-22T09:00:00Z");
    private static final Instant EXPIRES = ASKED.plusSeconds(120);

    private static ConsentRequest ask() {
        return ConsentRequest.pending(
                new Parties("realm", "client", "user"),
                new Journey(Journey.CIBA, "reference"),
                new ConsentRequest.Content(
                        "openid accounts.balances",
                        new RequestedPermissions(Set.of("accounts.balances"), Set.of(), true),
                        Details.NONE,
                        null,
                        List.of()),
                ASKED,
                EXPIRES);
    }

    private static ConsentRequest with(ConsentRequestStatus status, RecordedDecision decision) {
        ConsentRequest asked = ask();
        return new ConsentRequest(
                asked.id(),
                asked.parties(),
                asked.journey(),
                asked.content(),
                asked.challenge(),
                status,
                ASKED,
                EXPIRES,
                null,
                decision);
    }

    @Test
    void aQuestionIsPendingAndHasAnIdOfItsOwn() {
        assertThat(ask().status()).isEqualTo(ConsentRequestStatus.PENDING);
        assertThat(ask().id()).isNotEqualTo(ask().id());
    }

    @Test
    void itExpiresAtTheVeryMomentThatIsNamed() {
        assertThat(ask().expired(EXPIRES.minusMillis(1))).isFalse();
        assertThat(ask().expired(EXPIRES)).isTrue();
    }

    @Test
    void whatWasDecidedNeverExpiresButLapses() {
        ConsentRequest approved = with(
                ConsentRequestStatus.APPROVED,
                new RecordedDecision(true, Set.of("accounts.balances"), ASKED, null, Evidence.NONE));

        assertThat(approved.expired(EXPIRES)).isFalse();
        assertThat(approved.lapsed(EXPIRES)).isTrue();
    }

    @Test
    void aDecisionIsThereExactlyWhenItIsNoLongerPending() {
        assertThatThrownBy(() -> with(ConsentRequestStatus.APPROVED, null))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> with(
                        ConsentRequestStatus.PENDING,
                        new RecordedDecision(false, Set.of(), ASKED, null, Evidence.NONE)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aDenialGrantsNothing() {
        assertThatThrownBy(() -> new RecordedDecision(false, Set.of("accounts.balances"), ASKED, null, Evidence.NONE))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void scopesAreSplitInOrderAndWithoutRepeats() {
        assertThat(Scopes.split("openid  b a openid b")).containsExactly("openid", "b", "a");
        assertThat(Scopes.split(null)).isEmpty();
        assertThat(Scopes.split("")).isEmpty();
    }
}
