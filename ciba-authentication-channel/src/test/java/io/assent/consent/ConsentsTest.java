package io.assent.consent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.assent.consent.Consent.Access;
import io.assent.consent.Consent.TokenSession;
import io.assent.consent.ConsentEvent.Ended;
import io.assent.consent.ConsentEvent.Granted;
import io.assent.consent.ConsentEvent.Narrowed;
import io.assent.consent.ConsentStore.Filter;
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
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The rules about a consent. */
class ConsentsTest {

    private static final Parties PARTIES = new Parties("bank", "acme", "alice");
    private static final Parties OTHERS = new Parties("bank", "globe", "alice");
    private static final Customer ALICE = PARTIES.customer();
    private static final Customer BOB = new Customer("bank", "bob");

    private final ConsentsInMemory store = new ConsentsInMemory();
    private final List<ConsentEvent> events = new ArrayList<>();
    private Instant now = Instant.parse("2026-11-26T09:00:00Z");
    private ConsentRules rules = ConsentRules.DEFAULT;
    private final Consents consents =
            new Consents(store, parties -> rules, details -> Optional.empty(), () -> now, events::add);

    private static Access permissions(String... names) {
        return Access.to(Stream.of(names)
                .map(name -> new GrantedPermission("id-of-" + name, name))
                .toList());
    }

    private Consent grantOwn(String... names) {
        return consents.grantOwn(PARTIES, "request", permissions(names), "session");
    }

    private Consent grantShared(String... names) {
        return consents.grantShared(PARTIES, "request", permissions(names), permissions(names), "login");
    }

    /** The names of all that stands. */
    private List<String> standing(Parties parties) {
        return consents.standingConsents(parties).stream()
                .flatMap(consent -> consent.names().stream())
                .distinct()
                .toList();
    }

    private Consent found(Consent consent) {
        return store.find(ALICE, consent.id()).orElseThrow();
    }

    private List<ConsentRecord.Type> history(Consent consent) {
        return consents.history(consent).stream().map(ConsentRecord::type).toList();
    }

    @Nested
    @DisplayName("grant")
    class Grant {

        @Test
        void whatIsGrantedStandsForHalfAYear() {
            Consent consent = grantOwn("balances", "transactions");

            assertThat(standing(PARTIES)).containsExactly("balances", "transactions");
            assertThat(standing(OTHERS)).isEmpty();
            assertThat(consent.validUntil()).isEqualTo(now.plus(Duration.ofDays(180)));
            assertThat(events).containsExactly(new Granted(consent));
            assertThat(history(consent)).containsExactly(ConsentRecord.Type.GRANTED);

            now = consent.validUntil();
            assertThat(standing(PARTIES)).isEmpty();
        }

        @Test
        void consentsWithSessionsOfTheirOwnStandSideBySide() {
            grantOwn("balances");
            grantOwn("transactions");

            assertThat(standing(PARTIES)).containsExactly("balances", "transactions");
            assertThat(consents.shared(PARTIES)).isEmpty();
        }

        @Test
        void theBrowsersConsentIsOneAndIsChangedByTheNewestAnswer() {
            Consent first = grantShared("balances");
            now = now.plusSeconds(60);
            Consent second = consents.grantShared(
                    PARTIES, "newer", permissions("transactions"), permissions("transactions"), "login");

            assertThat(second.id()).isEqualTo(first.id());
            assertThat(second.grantedAt()).isEqualTo(now);
            assertThat(second.requestId()).isEqualTo("newer");
            assertThat(standing(PARTIES)).containsExactly("transactions");
            assertThat(history(first)).containsExactly(ConsentRecord.Type.GRANTED, ConsentRecord.Type.GRANTED);
        }

        @Test
        void ofTwoAnswersInTheBrowserAtOnceTheLaterOneStands() {
            grantShared("balances");
            store.beforeNextUpdate(() -> grantShared("transactions"));

            grantShared("details");

            assertThat(consents.live(PARTIES)).hasSize(1);
            assertThat(standing(PARTIES)).containsExactly("details");
        }

        @Test
        void whatIsCarriedOverWithoutAQuestionDoesNotStandLonger() {
            Consent byCiba = grantOwn("payments");
            now = now.plus(Duration.ofDays(179));

            Consent unasked = consents.grantShared(PARTIES, "request", permissions("payments"), permissions(), "login");
            assertThat(unasked.validUntil()).isEqualTo(byCiba.validUntil());
            assertThat(consents.history(unasked)).extracting(ConsentRecord::by).containsExactly(Actor.SYSTEM);

            Consent more = consents.grantShared(
                    PARTIES, "request", permissions("payments", "balances"), permissions("balances"), "login");
            assertThat(more.validUntil()).isEqualTo(byCiba.validUntil());

            Consent askedAgain = grantShared("payments", "balances");
            assertThat(askedAgain.validUntil()).isEqualTo(now.plus(rules.validity()));
        }

        @Test
        void afterAnEndTheNextAnswerIsAnotherConsent() {
            Consent first = grantShared("balances");
            consents.withdraw(ALICE, first.id(), Actor.CUSTOMER);

            assertThat(grantShared("balances").id()).isNotEqualTo(first.id());
        }

        @Test
        void aConsentGrantsSomething() {
            assertThatThrownBy(() -> grantOwn()).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Nested
    @DisplayName("narrow and take back")
    class Narrow {

        @Test
        void aConsentIsLeftWithAPart() {
            Consent consent = grantOwn("balances", "transactions");

            NarrowResult result = consents.narrow(ALICE, consent.id(), Set.of("balances"), Actor.CUSTOMER);

            assertThat(result).isEqualTo(new NarrowResult.Narrowed(found(consent)));
            assertThat(standing(PARTIES)).containsExactly("balances");
            assertThat(events).endsWith(new Narrowed(found(consent), permissions("transactions"), Actor.CUSTOMER));
            assertThat(history(consent)).endsWith(ConsentRecord.Type.NARROWED);
        }

        @Test
        void theSameAgainChangesNothing() {
            Consent consent = grantOwn("balances", "transactions");
            NarrowResult first = consents.narrow(ALICE, consent.id(), Set.of("balances"), Actor.CUSTOMER);

            assertThat(consents.narrow(ALICE, consent.id(), Set.of("balances"), Actor.CUSTOMER))
                    .isEqualTo(first);
            assertThat(events).filteredOn(Narrowed.class::isInstance).hasSize(1);
        }

        @Test
        void moreOrNothingOrWhatIsAnothersIsRefused() {
            Consent consent = grantOwn("balances");

            assertThat(consents.narrow(ALICE, consent.id(), Set.of("balances", "payments"), Actor.CUSTOMER))
                    .isEqualTo(new NarrowResult.Wider());
            assertThat(consents.narrow(ALICE, consent.id(), Set.of(), Actor.CUSTOMER))
                    .isEqualTo(new NarrowResult.Nothing());
            assertThat(consents.narrow(BOB, consent.id(), Set.of("balances"), Actor.CUSTOMER))
                    .isEqualTo(new NarrowResult.NotFound());
            assertThat(found(consent)).isEqualTo(consent);
        }

        @Test
        void whatHasEndedIsNotNarrowed() {
            Consent consent = grantOwn("balances", "transactions");
            now = consent.validUntil();

            assertThat(consents.narrow(ALICE, consent.id(), Set.of("balances"), Actor.CUSTOMER))
                    .isInstanceOf(NarrowResult.Over.class);
        }

        @Test
        void whatIsChangedMeanwhileIsLookedAtAgain() {
            Consent consent = grantOwn("balances", "transactions");
            store.beforeNextUpdate(() -> consents.takeBack(PARTIES, Set.of("balances"), Actor.CUSTOMER));

            assertThat(consents.narrow(ALICE, consent.id(), Set.of("balances"), Actor.CUSTOMER))
                    .isEqualTo(new NarrowResult.Wider());
            assertThat(standing(PARTIES)).containsExactly("transactions");
        }

        @Test
        void aNoTakesThePermissionFromAllConsentsOfTheClient() {
            Consent both = grantOwn("balances", "transactions");
            Consent one = grantShared("transactions");
            Consent others = consents.grantOwn(OTHERS, "request", permissions("transactions"), "session");

            consents.takeBack(PARTIES, Set.of("transactions"), Actor.CUSTOMER);

            assertThat(standing(PARTIES)).containsExactly("balances");
            assertThat(found(both).status()).isEqualTo(ConsentStatus.ACTIVE);
            assertThat(found(one).status()).isEqualTo(ConsentStatus.REVOKED);
            assertThat(found(others)).isEqualTo(others);
        }

        @Test
        void aNoIsNotLostWhereTheConsentIsChangedAtTheSameTime() {
            Consent consent = grantOwn("balances", "transactions", "details");
            store.beforeNextUpdate(
                    () -> consents.narrow(ALICE, consent.id(), Set.of("balances", "transactions"), Actor.CUSTOMER));

            consents.takeBack(PARTIES, Set.of("transactions"), Actor.CUSTOMER);

            assertThat(standing(PARTIES)).containsExactly("balances");
        }

        @Test
        void byItsIdAPermissionIsTakenBackAndNoneThatWasMadeAnewUnderItsName() {
            Consent old = consents.grantOwn(
                    PARTIES,
                    "request",
                    Access.to(List.of(
                            new GrantedPermission("id-from-before", "balances"),
                            new GrantedPermission("id-transactions", "transactions"))),
                    "session");
            Consent anew = consents.grantOwn(
                    PARTIES,
                    "another",
                    Access.to(List.of(new GrantedPermission("id-anew", "balances"))),
                    "another session");
            events.clear();

            consents.takeBackScopes(PARTIES, Set.of("id-from-before"), Actor.CUSTOMER);
            consents.takeBackScopes(PARTIES, Set.of(), Actor.CUSTOMER);

            assertThat(found(old).names()).containsExactly("transactions");
            assertThat(found(anew)).isEqualTo(anew);
            assertThat(events).hasSize(1);

            consents.takeBackScopes(PARTIES, Set.of("id-anew"), Actor.CUSTOMER);
            assertThat(found(anew).status()).isEqualTo(ConsentStatus.REVOKED);
        }

        @Test
        void whatAConsentGrantedOnceAndDoesNotAnyMoreItHasLost() {
            Consent consent = grantOwn("balances", "transactions");
            assertThat(consents.hasLost(consent, "transactions")).isFalse();

            consents.narrow(ALICE, consent.id(), Set.of("balances"), Actor.CUSTOMER);

            assertThat(consents.hasLost(found(consent), "transactions")).isTrue();
            assertThat(consents.hasLost(found(consent), "balances")).isFalse();
            assertThat(consents.hasLost(found(consent), "never granted")).isFalse();
        }

        @Test
        void aNoToWhatNobodyHasChangesNothing() {
            Consent consent = grantOwn("balances");
            events.clear();

            consents.takeBack(PARTIES, Set.of("payments"), Actor.CUSTOMER);
            consents.takeBack(PARTIES, Set.of(), Actor.CUSTOMER);

            assertThat(found(consent)).isEqualTo(consent);
            assertThat(events).isEmpty();
        }
    }

    @Nested
    @DisplayName("end")
    class End {

        @Test
        void aWithdrawalIsToldOnceAndAnsweredAlikeAgain() {
            Consent consent = grantOwn("balances");

            Consent ended =
                    consents.withdraw(ALICE, consent.id(), Actor.CUSTOMER).orElseThrow();
            now = now.plusSeconds(60);

            assertThat(ended.status()).isEqualTo(ConsentStatus.REVOKED);
            assertThat(ended.end()).isEqualTo(new Consent.End(Actor.CUSTOMER, now.minusSeconds(60)));
            assertThat(consents.withdraw(ALICE, consent.id(), Actor.CUSTOMER)).contains(ended);
            assertThat(events).filteredOn(Ended.class::isInstance).containsExactly(new Ended(ended, Actor.CUSTOMER));
            assertThat(standing(PARTIES)).isEmpty();
            assertThat(history(consent)).endsWith(ConsentRecord.Type.REVOKED);
        }

        @Test
        void aNoToThePermissionsLeavesTheDetails() {
            Details details = Details.parse("[{\"type\":\"account_information\"}]");
            Consent consent = consents.grantOwn(
                    PARTIES, "request", new Access(permissions("balances").permissions(), details), "session");

            consents.takeBack(PARTIES, Set.of("balances"), Actor.CUSTOMER);

            assertThat(found(consent).access()).isEqualTo(new Access(List.of(), details));
        }

        @Test
        void allThatIsLiveEndsWhateverItGrants() {
            Consent suspended = grantOwn("balances", "payments");
            consents.suspend(suspended);
            Consent stands = grantShared("balances");
            Consent once =
                    consents.grantOnce(PARTIES, "once", permissions("details"), new TokenSession("login", false));
            Consent others = consents.grantOwn(OTHERS, "request", permissions("balances"), "session");

            consents.withdrawAll(PARTIES, Actor.STAFF);
            consents.withdrawAll(PARTIES, Actor.CUSTOMER);

            assertThat(consents.live(PARTIES)).isEmpty();
            assertThat(events)
                    .filteredOn(Ended.class::isInstance)
                    .containsExactlyInAnyOrder(
                            new Ended(found(suspended), Actor.STAFF),
                            new Ended(found(stands), Actor.STAFF),
                            new Ended(found(once), Actor.STAFF));
            assertThat(consents.live(OTHERS)).containsExactly(others);
        }

        @Test
        void ofTwoEndsAtOnceTheFirstCounts() {
            Consent consent = grantOwn("balances");
            store.beforeNextUpdate(() -> consents.withdraw(ALICE, consent.id(), Actor.STAFF));

            Consent ended =
                    consents.withdraw(ALICE, consent.id(), Actor.CUSTOMER).orElseThrow();

            assertThat(ended.end().by()).isEqualTo(Actor.STAFF);
            assertThat(events).filteredOn(Ended.class::isInstance).hasSize(1);
        }

        @Test
        void aWithdrawalIsNotLostWhereTheConsentIsChangedAtTheSameTime() {
            Consent consent = grantOwn("balances", "transactions");
            store.beforeNextUpdate(() -> consents.takeBack(PARTIES, Set.of("balances"), Actor.CUSTOMER));

            consents.withdraw(ALICE, consent.id(), Actor.CUSTOMER);

            assertThat(consents.live(PARTIES)).isEmpty();
        }

        @Test
        void whatIsGrantedAnewMeanwhileDoesNotExpire() {
            Consent old = grantShared("balances");
            now = old.validUntil();
            store.beforeNextUpdate(() -> grantShared("balances"));

            consents.expire(old);

            assertThat(standing(PARTIES)).containsExactly("balances");
        }

        @Test
        void whatStaffEndsHasANoteAndASecondOneChangesNothing() {
            Consent consent = grantOwn("balances");
            StaffNote note = new StaffNote("frank", "phished");

            EndResult first = consents.end("bank", consent.id(), note);
            now = now.plusSeconds(60);
            EndResult second = consents.end("bank", consent.id(), new StaffNote("fiona", "again"));

            Consent ended = found(consent);
            assertThat(first).isEqualTo(new EndResult.Ended(ended));
            assertThat(second).isEqualTo(new EndResult.EndedBefore(ended));
            assertThat(ended.status()).isEqualTo(ConsentStatus.REVOKED);
            assertThat(ended.end().by()).isEqualTo(Actor.STAFF);
            assertThat(consents.history(consent))
                    .extracting(ConsentRecord::note)
                    .containsExactly(null, note);
            assertThat(events).containsExactly(new Granted(consent), new Ended(ended, Actor.STAFF));
        }

        @Test
        void whatTheCustomerEndedBeforeStaysTheCustomers() {
            Consent consent = grantOwn("balances");
            store.beforeNextUpdate(() -> consents.withdraw(ALICE, consent.id(), Actor.CUSTOMER));

            EndResult result = consents.end("bank", consent.id(), new StaffNote("frank", "phished"));

            assertThat(result).isEqualTo(new EndResult.EndedBefore(found(consent)));
            assertThat(found(consent).end().by()).isEqualTo(Actor.CUSTOMER);
            assertThat(history(consent)).containsExactly(ConsentRecord.Type.GRANTED, ConsentRecord.Type.REVOKED);
        }

        @Test
        void anEndByStaffIsNotLostWhereTheConsentIsChangedAtTheSameTime() {
            Consent consent = grantOwn("balances", "transactions");
            store.beforeNextUpdate(() -> consents.narrow(ALICE, consent.id(), Set.of("balances"), Actor.CUSTOMER));

            assertThat(consents.end("bank", consent.id(), new StaffNote("frank", "phished")))
                    .isInstanceOf(EndResult.Ended.class);
        }

        @Test
        void anotherRealmsConsentIsNotFoundByStaff() {
            Consent consent = grantOwn("balances");

            assertThat(consents.end("other", consent.id(), new StaffNote("frank", "phished")))
                    .isEqualTo(new EndResult.NotFound());
            assertThat(consents.find("other", consent.id())).isEmpty();
            assertThat(consents.find("bank", consent.id())).contains(consent);
        }

        @Test
        void whatACustomerGrantedEndsWithTheCustomerAndTheHistoryNamesNobody() {
            Consent live = grantOwn("balances");
            Consent ended = grantOwn("transactions");
            consents.withdraw(ALICE, ended.id(), Actor.CUSTOMER);
            Consent bobs = consents.grantOwn(
                    new Parties("bank", "acme", "bob"), "request", permissions("balances"), "session");

            consents.customerRemoved(ALICE);

            assertThat(consents.list(ALICE, Filter.ALL, Optional.empty(), 10)).isEmpty();
            Consent left = consents.find("bank", live.id()).orElseThrow();
            assertThat(left.status()).isEqualTo(ConsentStatus.REVOKED);
            assertThat(left.end().by()).isEqualTo(Actor.SYSTEM);
            assertThat(left.parties().userId()).startsWith("removed:").doesNotContain("alice");
            assertThat(consents.find("bank", ended.id()).orElseThrow().parties())
                    .isEqualTo(left.parties());
            assertThat(history(live)).containsExactly(ConsentRecord.Type.GRANTED, ConsentRecord.Type.REVOKED);
            assertThat(history(ended)).containsExactly(ConsentRecord.Type.GRANTED, ConsentRecord.Type.REVOKED);
            assertThat(events).filteredOn(Ended.class::isInstance).hasSize(2);
            assertThat(consents.list(BOB, Filter.LIVE, Optional.empty(), 10)).containsExactly(bobs);
        }

        @Test
        void anotherCustomersConsentIsLikeOneThatNeverWas() {
            Consent consent = grantOwn("balances");

            assertThat(consents.withdraw(BOB, consent.id(), Actor.CUSTOMER)).isEmpty();
            assertThat(found(consent)).isEqualTo(consent);
            assertThat(consents.find("bank", "acme", consent.id())).contains(consent);
            assertThat(consents.find("bank", "globe", consent.id())).isEmpty();
        }

        @Test
        void whatIsOverIsEnded() {
            grantOwn("balances");
            grantOwn("transactions");
            now = now.plus(rules.validity());
            Consent fresh = grantOwn("details");

            assertThat(consents.over(1)).hasSize(1);
            consents.over(5).forEach(consents::expire);
            assertThat(consents.over(5)).isEmpty();

            assertThat(consents.list(ALICE, Filter.LIVE, Optional.empty(), 10)).containsExactly(fresh);
            assertThat(consents.list(ALICE, Filter.ENDED, Optional.empty(), 10))
                    .extracting(Consent::status)
                    .containsOnly(ConsentStatus.EXPIRED);
        }
    }
}
