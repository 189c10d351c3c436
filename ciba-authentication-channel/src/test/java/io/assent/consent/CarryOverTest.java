package io.assent.consent;

import static org.assertj.core.api.Assertions.assertThat;

import io.assent.consent.Consent.Access;
import io.assent.consent.Consent.TokenSession;
import io.assent.consent.ConsentEvent.Granted;
import io.assent.detail.Details;
import io.assent.rules.ConsentRules;
import io.assent.server.Customer;
import io.assent.server.Parties;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What was granted before there were consents becomes one, once. */
class CarryOverTest {

    private static final Parties PARTIES = new Parties("bank", "acme", "alice");
    private static final Customer ALICE = PARTIES.customer();
    private static final Instant NOW = Instant.parse("2026-11-26T09:00:00Z");
    private static final List<GrantedPermission> BALANCES = List.of(new GrantedPermission("b", "balances"));

    private final ConsentsInMemory store = new ConsentsInMemory();
    private final List<ConsentEvent> events = new ArrayList<>();
    private final Consents consents =
            new Consents(store, parties -> ConsentRules.DEFAULT, details -> Optional.empty(), () -> NOW, events::add);

    @Test
    void standsAsOneThatIsSharedForAsLongAsItWouldHave() {
        Consent carried = carryOver(NOW.minus(Duration.ofDays(100))).orElseThrow();

        assertThat(consents.shared(PARTIES)).contains(carried);
        assertThat(carried.session()).isEqualTo(TokenSession.UNKNOWN);
        assertThat(carried.grantedAt()).isEqualTo(NOW.minus(Duration.ofDays(100)));
        assertThat(carried.validUntil()).isEqualTo(NOW.plus(Duration.ofDays(80)));
        assertThat(events).containsExactly(new Granted(carried));
        assertThat(consents.history(carried))
                .containsExactly(new ConsentRecord(
                        carried.id(),
                        ConsentRecord.Type.IMPORTED,
                        Actor.SYSTEM,
                        NOW,
                        Set.of("balances"),
                        Details.NONE));
    }

    @Test
    void standsNoLongerThanWhatIsGrantedNow() {
        assertThat(carryOver(NOW.plus(Duration.ofDays(9))).orElseThrow().validUntil())
                .isEqualTo(NOW.plus(Duration.ofDays(180)));
    }

    @Test
    void isNoneWhereItsTimeIsOver() {
        assertThat(carryOver(NOW.minus(Duration.ofDays(180)))).isEmpty();
        assertThat(consents.live(PARTIES)).isEmpty();
    }

    @Test
    void happensOnceAlsoWhereItHasEndedSince() {
        Consent carried = carryOver(NOW).orElseThrow();
        assertThat(carryOver(NOW)).isEmpty();

        consents.withdraw(ALICE, carried.id(), Actor.CUSTOMER);

        assertThat(carryOver(NOW)).isEmpty();
        assertThat(consents.live(PARTIES)).isEmpty();
    }

    @Test
    void saysNothingBesideAConsent() {
        consents.grantOwn(PARTIES, "request", Access.to(BALANCES), "session");

        assertThat(carryOver(NOW)).isEmpty();
    }

    private Optional<Consent> carryOver(Instant grantedAt) {
        return consents.carryOver(PARTIES, "request", BALANCES, grantedAt);
    }
}
