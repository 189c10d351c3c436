package io.assent.consent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.assent.consent.Consent.Access;
import io.assent.consent.Consent.TokenSession;
import io.assent.consent.ConsentEvent.ConfirmationDue;
import io.assent.consent.ConsentEvent.Confirmed;
import io.assent.consent.ConsentEvent.Suspended;
import io.assent.detail.Details;
import io.assent.rules.ConsentRules;
import io.assent.rules.ConsentRules.Confirmation;
import io.assent.server.Customer;
import io.assent.server.Parties;
import io.assent.signature.SignatureVerdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The rules about a consent's time: how long it stands, when it is to be confirmed, what is good once. */
class ConsentTermTest {

    private static final Parties PARTIES = new Parties("bank", "acme", "alice");
    private static final Customer ALICE = PARTIES.customer();

    private final ConsentsInMemory store = new ConsentsInMemory();
    private final List<ConsentEvent> events = new ArrayList<>();
    private Instant now = Instant.parse("2026-11-26T09:00:00Z");
    private ConsentRules rules = ConsentRules.DEFAULT.withTerm(
            Duration.ofDays(365), Optional.of(new Confirmation(Duration.ofDays(90), Duration.ofDays(14))));
    private Optional<Instant> until = Optional.empty();
    private final Consents consents = new Consents(store, parties -> rules, details -> until, () -> now, events::add);

    private static final Consents.Signing UNSIGNED =
            (consent, at) -> new Consents.SignedYes(new SignatureVerdict.Unsigned());

    private static final Details DETAILS = Details.parse("[{\"type\":\"account_information\"}]");

    private static final Access NOTHING = new Access(List.of(), Details.NONE);

    private static Access permission(String name) {
        return Access.to(List.of(new GrantedPermission("id-of-" + name, name)));
    }

    private Consent grantOwn() {
        return consents.grantOwn(PARTIES, "request", permission("balances"), "session");
    }

    private Consent grantShared(Access answered) {
        return consents.grantShared(PARTIES, "request", permission("balances"), answered, "login");
    }

    private Consent grantShared(String requestId, Access answered) {
        return consents.grantShared(PARTIES, requestId, permission("balances"), answered, "login");
    }

    private Consent found(Consent consent) {
        return store.find(ALICE, consent.id()).orElseThrow();
    }

    private boolean stands(Consent consent) {
        return consents.standingConsents(PARTIES).contains(found(consent));
    }

    private void days(int days) {
        now = now.plus(Duration.ofDays(days));
    }

    @Nested
    @DisplayName("validity")
    class Validity {

        @Test
        void isWhatTheRulesAllow() {
            assertThat(grantOwn().validUntil()).isEqualTo(now.plus(Duration.ofDays(365)));
            assertThat(grantShared(permission("balances")).validUntil()).isEqualTo(now.plus(Duration.ofDays(365)));
        }

        @Test
        void ofWhatStandsDoesNotChangeWithTheRules() {
            Consent consent = grantOwn();
            rules = ConsentRules.DEFAULT;

            assertThat(found(consent).validUntil()).isEqualTo(now.plus(Duration.ofDays(365)));
        }
    }

    @Nested
    @DisplayName("confirmation")
    class OfConfirmation {

        @Test
        void overdueTheConsentIsWorthNothingUntilItIsGiven() {
            Consent consent = grantOwn();
            days(90);
            assertThat(stands(consent)).isFalse();
            assertThat(found(consent).isSuspended(now)).isTrue();

            ConfirmResult result = consents.confirm(ALICE, consent.id(), Actor.CUSTOMER, UNSIGNED);

            assertThat(result).isEqualTo(new ConfirmResult.Confirmed(found(consent)));
            assertThat(stands(consent)).isTrue();
            assertThat(found(consent).term().confirmBy()).isEqualTo(now.plus(Duration.ofDays(90)));
            assertThat(found(consent).validUntil()).isEqualTo(consent.validUntil());
            assertThat(events).last().asInstanceOf(type(Confirmed.class)).isNotNull();
        }

        @Test
        void isAskedForOnceAndInTime() {
            Consent consent = grantOwn();
            days(75);
            assertThat(consents.toRemind(10)).isEmpty();
            days(1);
            assertThat(consents.toRemind(10)).containsExactly(consent);
            assertThat(consent.isConfirmationAwaited()).isFalse();

            consents.remind(consent);
            consents.remind(consent);

            assertThat(events).filteredOn(ConfirmationDue.class::isInstance).hasSize(1);
            assertThat(consents.toRemind(10)).isEmpty();
            assertThat(found(consent).isConfirmationAwaited()).isTrue();
            assertThat(stands(consent)).isTrue();

            consents.confirm(ALICE, consent.id(), Actor.CUSTOMER, UNSIGNED);
            assertThat(found(consent).isConfirmationAwaited()).isFalse();
            days(76);
            assertThat(consents.toRemind(10)).hasSize(1);
        }

        @Test
        void aConsentThatIsNotConfirmedIsSuspendedOnce() {
            Consent consent = grantOwn();
            days(89);
            assertThat(consents.unconfirmed(10)).isEmpty();
            days(1);

            assertThat(consents.unconfirmed(10)).containsExactly(consent);
            consents.suspend(consent);
            consents.suspend(consent);

            assertThat(found(consent).status()).isEqualTo(ConsentStatus.SUSPENDED);
            assertThat(events).filteredOn(Suspended.class::isInstance).hasSize(1);
            assertThat(consents.unconfirmed(10)).isEmpty();
            assertThat(consents.history(consent))
                    .extracting(ConsentRecord::type)
                    .containsExactly(ConsentRecord.Type.GRANTED, ConsentRecord.Type.SUSPENDED);
        }

        @Test
        void givenMeanwhileTheConsentIsNotSuspended() {
            Consent consent = grantOwn();
            days(90);
            store.beforeNextUpdate(() -> consents.confirm(ALICE, consent.id(), Actor.CUSTOMER, UNSIGNED));

            consents.suspend(consent);

            assertThat(stands(consent)).isTrue();
        }

        @Test
        void isNotLostWhereTheConsentIsSuspendedAtTheSameTime() {
            Consent consent = grantOwn();
            days(90);
            store.beforeNextUpdate(() -> consents.suspend(consent));

            consents.confirm(ALICE, consent.id(), Actor.CUSTOMER, UNSIGNED);

            assertThat(stands(consent)).isTrue();
        }

        @Test
        void repeatedIsTheSame() {
            Consent consent = grantOwn();
            days(80);
            ConfirmResult first = consents.confirm(ALICE, consent.id(), Actor.CUSTOMER, UNSIGNED);
            now = now.plusSeconds(60);

            assertThat(consents.confirm(ALICE, consent.id(), Actor.CUSTOMER, UNSIGNED))
                    .isEqualTo(first);
            assertThat(events).filteredOn(Confirmed.class::isInstance).hasSize(1);
        }

        @Test
        void raisesNothingThatHasEnded() {
            Consent over = grantOwn();
            days(365);
            Consent withdrawn = grantOwn();
            consents.withdraw(ALICE, withdrawn.id(), Actor.CUSTOMER);

            assertThat(consents.confirm(ALICE, over.id(), Actor.CUSTOMER, UNSIGNED))
                    .isInstanceOf(ConfirmResult.Over.class);
            assertThat(consents.confirm(ALICE, withdrawn.id(), Actor.CUSTOMER, UNSIGNED))
                    .isInstanceOf(ConfirmResult.Over.class);
            assertThat(consents.confirm(new Customer("bank", "bob"), over.id(), Actor.CUSTOMER, UNSIGNED))
                    .isInstanceOf(ConfirmResult.NotFound.class);
            assertThat(consents.standingConsents(PARTIES)).isEmpty();
        }

        @Test
        void isNeededForNothingThatEndsBefore() {
            rules = rules.withTerm(Duration.ofDays(90), rules.confirmation());

            assertThat(grantOwn().term().confirmBy()).isNull();
        }

        @Test
        void isNotGivenByWhatIsCarriedOverWithoutAQuestion() {
            Consent first = grantShared(permission("balances"));
            days(30);

            Consent carried = grantShared(NOTHING);

            assertThat(carried.term().confirmBy()).isEqualTo(first.term().confirmBy());
            assertThat(carried.validUntil()).isEqualTo(first.validUntil());
            assertThat(grantShared(permission("balances")).term().confirmBy()).isEqualTo(now.plus(Duration.ofDays(90)));
        }

        @Test
        void comesWithTheAnswerThatGaveIt() {
            grantShared("first", permission("balances"));

            assertThat(grantShared("denied", NOTHING).requestId()).isEqualTo("first");
            assertThat(grantShared("second", permission("balances")).requestId())
                    .isEqualTo("second");
        }

        private List<String> answers(Consent consent) {
            return consents.history(consent).stream()
                    .flatMap(line -> line.findRequestId().stream())
                    .toList();
        }

        @Test
        void ofADenialIsNotWhatStandsInItsPlace() {
            consents.grantOwn(PARTIES, "of-balances", permission("balances"), "session");
            consents.grantOwn(PARTIES, "of-details", permission("details"), "another");

            Consent carried = grantShared("denied", NOTHING);

            assertThat(carried.requestId()).isEqualTo("of-balances");
            assertThat(answers(carried)).containsExactly("of-balances");
            assertThat(consents.history(carried)).hasSize(1);
        }

        @Test
        void isNamedForAllThatIsCarriedOver() {
            Access both = permission("balances").and(permission("details"));
            Access all = both.and(permission("payments"));
            consents.grantOwn(PARTIES, "of-balances", permission("balances"), "session");
            consents.grantOwn(PARTIES, "of-details", permission("details"), "another");

            Consent carried = consents.grantShared(PARTIES, "denied", both, NOTHING, "login");
            assertThat(carried.requestId()).isEqualTo("of-details");
            assertThat(answers(carried)).containsExactly("of-details", "of-balances");

            consents.grantOwn(PARTIES, "of-payments", permission("payments"), "third");
            Consent more = consents.grantShared(PARTIES, "denied", all, NOTHING, "login");
            assertThat(more.requestId()).isEqualTo("of-details");
            assertThat(answers(more)).containsExactly("of-details", "of-balances", "of-payments");
        }

        @Test
        void isNamedBesideTheNewOne() {
            consents.grantOwn(PARTIES, "of-details", permission("details"), "session");

            Consent granted = consents.grantShared(
                    PARTIES, "new", permission("balances").and(permission("details")), permission("balances"), "login");

            assertThat(granted.requestId()).isEqualTo("new");
            assertThat(answers(granted)).containsExactly("new", "of-details");
        }

        @Test
        void isGivenByANewAnswer() {
            Consent consent = grantShared(permission("balances"));
            days(90);
            consents.suspend(consent);

            grantShared(permission("balances"));

            assertThat(stands(consent)).isTrue();
        }
    }

    @Nested
    @DisplayName("one time")
    class OneTime {

        private final TokenSession login = new TokenSession("login", false);

        private Consent grantOnce() {
            return grantOnce("request");
        }

        private Consent grantOnce(String request) {
            return consents.grantOnce(PARTIES, request, permission("payments"), login);
        }

        @Test
        void anAnswerIsGoodForOneWhateverBecameOfIt() {
            Consent first = grantOnce();
            assertThat(grantOnce()).isEqualTo(first);
            consents.consume(first);

            assertThat(grantOnce().status()).isEqualTo(ConsentStatus.CONSUMED);
            assertThat(consents.consume(grantOnce())).isFalse();
        }

        @Test
        void isGoodOnce() {
            Consent consent = grantOnce();

            assertThat(consents.consume(consent)).isTrue();
            assertThat(consents.consume(consent)).isFalse();

            assertThat(found(consent).status()).isEqualTo(ConsentStatus.CONSUMED);
            assertThat(consents.standingConsents(PARTIES)).isEmpty();
        }

        @Test
        void eachAnswerIsGoodForATokenOfItsOwnBesideWhatStands() {
            Consent shared = grantShared(permission("balances"));
            Consent one = grantOnce();
            Consent other = grantOnce("another");

            assertThat(consents.shared(PARTIES)).contains(shared);
            assertThat(consents.consume(one)).isTrue();
            assertThat(consents.consume(other)).isTrue();
            assertThat(stands(shared)).isTrue();
        }

        @Test
        void isNotGoodForLong() {
            Consent consent = grantOnce();
            now = consent.validUntil();

            assertThat(consents.consume(consent)).isFalse();
        }

        @Test
        void isTakenBackByALaterNo() {
            Consent consent = grantOnce();

            consents.takeBack(PARTIES, Set.of("payments"), Actor.CUSTOMER);

            assertThat(consents.consume(consent)).isFalse();
        }

        @Test
        void doesNotUseUpWhatStands() {
            assertThat(consents.consume(grantOwn())).isFalse();
        }
    }

    @Nested
    @DisplayName("use")
    class Use {

        @Test
        void isKeptToTheHour() {
            Consent consent = grantShared(permission("balances"));
            assertThat(consent.lastUsedAt()).isNull();
            consents.use(consent);
            assertThat(store.touched(consent)).contains(now);

            Consent own = grantOwn();
            assertThat(own.lastUsedAt()).isEqualTo(now);
            now = now.plus(Duration.ofMinutes(59));
            consents.use(own);
            assertThat(store.touched(own)).isEmpty();
            now = now.plus(Duration.ofMinutes(2));
            consents.use(own);
            assertThat(store.touched(own)).contains(now);
        }
    }

    @Nested
    @DisplayName("with authorization details")
    class WithDetails {

        private final Access access = new Access(permission("balances").permissions(), DETAILS);

        @Test
        void endsWithWhatEndsFirst() {
            until = Optional.of(now.plus(Duration.ofDays(3)));

            assertThat(consents.grantOwn(PARTIES, "request", access, "session").validUntil())
                    .isEqualTo(now.plus(Duration.ofDays(3)));
            assertThat(consents.grantShared(PARTIES, "request", access, access, "login")
                            .validUntil())
                    .isEqualTo(now.plus(Duration.ofDays(3)));
        }

        @Test
        void whatIsCarriedOverUnaskedStandsNoLongerThanBefore() {
            Consent first = consents.grantShared(PARTIES, "request", access, access, "login");
            now = now.plus(Duration.ofDays(20));

            Access more = new Access(permission("payments").permissions(), DETAILS);
            Consent carried = consents.grantShared(PARTIES, "newer", more, permission("payments"), "login");

            assertThat(carried.validUntil()).isEqualTo(first.validUntil());
            assertThat(consents.grantShared(PARTIES, "newest", more, more, "login")
                            .validUntil())
                    .isAfter(first.validUntil());
        }

        @Test
        void anAnswerToDetailsAloneIsTheCustomers() {
            Access details = new Access(List.of(), DETAILS);

            Consent consent = consents.grantShared(PARTIES, "request", details, details, "login");

            assertThat(consents.history(consent)).extracting(ConsentRecord::by).containsExactly(Actor.CUSTOMER);
        }

        @Test
        void standsNoLongerThanTheRulesSay() {
            Instant byTheRules = grantOwn().validUntil();
            until = Optional.of(byTheRules.plus(Duration.ofDays(1)));

            assertThat(consents.grantOwn(PARTIES, "request", access, "session").validUntil())
                    .isEqualTo(byTheRules);
        }

        @Test
        void grantsDetailsWithoutPermissions() {
            Consent consent = consents.grantOwn(PARTIES, "request", new Access(List.of(), DETAILS), "session");

            assertThat(consent.details()).isEqualTo(DETAILS);
            assertThat(consents.history(consent).get(0).details()).isEqualTo(DETAILS);
        }
    }
}
