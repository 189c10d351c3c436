package io.assent.consent;

import static org.assertj.core.api.Assertions.assertThat;

import io.assent.consent.Consent.Access;
import io.assent.consent.Consent.TokenSession;
import io.assent.consent.ConsentEvent.Granted;
import io.assent.rules.ConsentRules;
import io.assent.rules.ConsentRules.Confirmation;
import io.assent.server.Parties;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A customer's yes to more, on top of what a consent grants. */
class WideningTest {

    private static final Parties PARTIES = new Parties("bank", "acme", "alice");
    private static final Access BALANCES = Access.to(List.of(new GrantedPermission("b", "balances")));
    private static final List<GrantedPermission> MORE = List.of(new GrantedPermission("t", "transactions"));
    private static final ConsentRules RULES = ConsentRules.DEFAULT.withTerm(
            Duration.ofDays(365), Optional.of(new Confirmation(Duration.ofDays(90), Duration.ofDays(14))));

    private final ConsentsInMemory store = new ConsentsInMemory();
    private final List<ConsentEvent> events = new ArrayList<>();
    private Instant now = Instant.parse("2026-11-26T09:00:00Z");
    private final Consents consents =
            new Consents(store, parties -> RULES, details -> Optional.empty(), () -> now, events::add);

    private Consent granted() {
        Consent consent = consents.grantOwn(PARTIES, "first", BALANCES, "session");
        events.clear();
        return consent;
    }

    @Test
    void leavesTermTokensAndTheFirstAnswerAsTheyAre() {
        Consent before = granted();
        now = now.plusSeconds(60);

        Consent after = consents.widen(before, "second", MORE).orElseThrow();

        assertThat(after.names()).containsExactly("balances", "transactions");
        assertThat(after.term()).isEqualTo(before.term());
        assertThat(after.session()).isEqualTo(before.session());
        assertThat(after.requestId()).isEqualTo("first");
    }

    @Test
    void isToldAndWrittenWithTheAnswerThatItCameFrom() {
        Consent after = consents.widen(granted(), "second", MORE).orElseThrow();

        assertThat(events).containsExactly(new Granted(after, "second"));
        assertThat(consents.history(after))
                .extracting(line -> line.findRequestId().orElse(null))
                .containsExactly("first", "second");
    }

    @Test
    void isProvedInTheConsentThatItCameToAndInNoOther() {
        Consent other = granted();
        Consent after = consents.widen(granted(), "second", MORE).orElseThrow();

        assertThat(consents.isAnsweredBy(after, "second")).isTrue();
        assertThat(consents.isAnsweredBy(after, "third")).isFalse();
        assertThat(consents.isAnsweredBy(other, "second")).isFalse();
    }

    @Test
    void comesToOneThatWaitsToBeConfirmedAndConfirmsNothing() {
        Consent consent = granted();
        now = now.plus(Duration.ofDays(90));
        consents.suspend(consent);

        Consent after = consents.widen(consent, "second", MORE).orElseThrow();

        assertThat(after.names()).contains("transactions");
        assertThat(after.status()).isEqualTo(ConsentStatus.SUSPENDED);
        assertThat(after.stands(now)).isFalse();
    }

    @Test
    void comesToNoneThatIsOverEndedOrGoodForOneToken() {
        Consent over = granted();
        Consent ended = granted();
        consents.withdraw(PARTIES.customer(), ended.id(), Actor.CUSTOMER);
        Consent once = consents.grantOnce(PARTIES, "once", BALANCES, new TokenSession("session", true));
        assertThat(consents.widen(ended, "second", MORE)).isEmpty();
        assertThat(consents.widen(once, "second", MORE)).isEmpty();

        now = over.validUntil();
        assertThat(consents.widen(over, "second", MORE)).isEmpty();
    }
}
