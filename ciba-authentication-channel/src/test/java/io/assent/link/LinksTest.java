package io.assent.link;

import static org.assertj.core.api.Assertions.assertThat;

import io.assent.detail.Details;
import io.assent.link.Link.State;
import io.assent.link.LinkEvent.Why;
import io.assent.server.Base64Url;
import io.assent.server.Customer;
import io.assent.server.Parties;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The rules about a link. */
class LinksTest {

    private static final Customer ALICE = new Customer("bank", "alice");
    private static final Customer BOB = new Customer("bank", "bob");
    private static final String PHONE = "phone";
    private static final String TABLET = "tablet";
    private static final String ADDRESS = "203.0.113.7";
    private static final Wish WISH = new Wish("openid accounts.balances", Details.NONE, false);
    private static final Origin ORIGIN = new Origin(ADDRESS, "Firefox", "Linux", "acme.example");
    private static final URI PAGE = URI.create("https://bank.example/page");

    private final LinksInMemory store = new LinksInMemory();
    private final List<LinkEvent> events = new ArrayList<>();
    private final Browser browser = Browser.unknown();
    private Instant now = Instant.parse("2026-11-27T09:00:00Z");
    private final Links links = links(OpenRate.DEFAULT_PER_MINUTE);

    private Links links(int openedPerMinute) {
        return new Links(store, new OpenRate(openedPerMinute), () -> now, events::add);
    }

    private Login login(Optional<String> user) {
        return new Login("bank", "acme", browser, "login", user);
    }

    private Opened open() {
        return open(Optional.empty());
    }

    private Opened open(Optional<String> user) {
        return links.open(login(user), WISH, ORIGIN, PAGE).orElseThrow();
    }

    private Link now(Opened opened) {
        return links.find("bank", opened.link().id()).orElseThrow();
    }

    private State state(Opened opened) {
        return now(opened).state(now);
    }

    private static String secret(Opened opened) {
        return opened.secret().orElseThrow();
    }

    private ClaimAttempt claim(Customer customer, String session, String secret) {
        return links.claim(customer, session, ADDRESS, secret);
    }

    /** Scanned, and asked. */
    private Opened claimed() {
        Opened opened = open();
        assertThat(claim(ALICE, PHONE, secret(opened))).isInstanceOf(ClaimAttempt.Won.class);
        assertThat(links.ask(now(opened), "request", "alice")).isTrue();
        return opened;
    }

    private Opened approved(boolean codeDemanded) {
        Opened opened = claimed();
        links.prove(now(opened), codeDemanded, now.plusSeconds(120));
        return opened;
    }

    /** How many are opened for customers whom nobody knows. */
    @Nested
    class TheRate {

        private final Links few = links(2);

        private Optional<Opened> load(String client) {
            return load("bank", client, Optional.empty());
        }

        private Optional<Opened> load(String realm, String client, Optional<String> user) {
            return few.open(new Login(realm, client, Browser.unknown(), "login", user), WISH, ORIGIN, PAGE);
        }

        private void flood(String client) {
            assertThat(load(client)).isPresent();
            assertThat(load(client)).isPresent();
            assertThat(load(client)).isEmpty();
        }

        @Test
        void aClientOpensNoMoreThanSoManyInAMinute() {
            flood("acme");
            int told = events.size();

            assertThat(load("acme")).isEmpty();

            assertThat(events).hasSize(told);
            now = now.plusSeconds(60);
            assertThat(load("acme")).isPresent();
        }

        @Test
        void aClientThatIsFloodedTakesNoPageFromAnotherNorFromAnotherRealm() {
            flood("acme");

            assertThat(load("globe")).isPresent();
            assertThat(load("shop", "acme", Optional.empty())).isPresent();
        }

        @Test
        void aRealmOpensNoMoreThanSoManyForAllItsClients() {
            for (String client : List.of("a", "b", "c", "d", "e")) {
                flood(client);
            }

            assertThat(load("f")).isEmpty();
            assertThat(load("shop", "f", Optional.empty())).isPresent();
        }

        @Test
        void aPageThatIsThereIsShownAlsoThen() {
            Opened there = few.open(login(Optional.empty()), WISH, ORIGIN, PAGE).orElseThrow();
            assertThat(load("acme")).isPresent();
            assertThat(load("acme")).isEmpty();

            assertThat(few.open(login(Optional.empty()), WISH, ORIGIN, PAGE))
                    .map(again -> again.link().id())
                    .contains(there.link().id());
        }

        @Test
        void whoIsKnownInTheBrowserIsNotCounted() {
            flood("acme");

            assertThat(load("bank", "acme", Optional.of("alice"))).isPresent();
        }
    }

    /** What the page of a login shows. */
    @Nested
    class ThePage {

        @Test
        void eachPageOfALoginShowsTheSameLink() {
            Opened one = open();
            now = now.plusSeconds(10);
            Opened other = open();

            assertThat(other.link().id()).isEqualTo(one.link().id());
            assertThat(other.secret()).isEqualTo(one.secret());
            assertThat(other.watch()).isEqualTo(one.watch());
            assertThat(events)
                    .containsExactly(
                            new LinkEvent.Opened("bank", "acme", one.link().id()));
        }

        @Test
        void whatWasJustFoundIsShownWithoutAnotherLook() {
            Opened opened = open();
            now = now.plus(Links.RENEWED_AFTER);
            URI turned = URI.create("https://bank.example/turned");

            Opened shown = links.show(now(opened), browser, turned);

            assertThat(secret(shown)).isNotEqualTo(secret(opened));
            assertThat(shown.link().findPage()).contains(turned.toString());
            assertThat(links.open(login(Optional.empty()), WISH, ORIGIN, turned))
                    .contains(shown);
        }

        @Test
        void anotherBrowserLoginOrClientHasAnother() {
            String id = open().link().id();

            assertThat(links.find(new Login("bank", "acme", Browser.unknown(), "login", Optional.empty())))
                    .isEmpty();
            assertThat(links.find(new Login("bank", "acme", browser, "other", Optional.empty())))
                    .isEmpty();
            assertThat(links.find(new Login("bank", "globe", browser, "login", Optional.empty())))
                    .isEmpty();
            assertThat(links.find(new Login("shop", "acme", browser, "login", Optional.empty())))
                    .isEmpty();
            assertThat(links.find(login(Optional.empty()))).map(Link::id).contains(id);
        }

        @Test
        void secretsAreOf128BitsAndNoneIsTheOther() {
            Opened opened = open();

            for (String secret : List.of(secret(opened), opened.watch(), browser.cookie())) {
                assertThat(Base64Url.decode(secret))
                        .hasValueSatisfying(bytes -> assertThat(bytes).hasSize(16));
            }
            assertThat(secret(opened)).isNotEqualTo(opened.watch());
            assertThat(opened.link().number()).matches("[1-9][0-9]");
        }

        @Test
        void nothingThatIsPrintedHasASecret() {
            Opened opened = approved(true);
            Link link = now(opened);

            assertThat(opened + " " + link + " " + link.proof() + " " + link.claim() + " " + link.origin() + browser)
                    .doesNotContain(
                            secret(opened),
                            opened.watch(),
                            link.proof().digits(),
                            link.proof().returnSecret(),
                            ADDRESS,
                            browser.cookie());
        }

        @Test
        void theSecretIsRenewedAfterThirtySecondsAndTheOneBeforeStaysGoodForOne() {
            Opened first = open();
            now = now.plusMillis(29_999);
            assertThat(open().secret()).isEqualTo(first.secret());
            now = now.plusMillis(1);
            Opened second = open();
            assertThat(second.secret()).isPresent().isNotEqualTo(first.secret());
            now = now.plusSeconds(30);
            Opened third = links.watch("bank", first.watch(), browser).orElseThrow();
            assertThat(third.secret()).isPresent().isNotEqualTo(second.secret());

            assertThat(claim(ALICE, PHONE, secret(first))).isEqualTo(new ClaimAttempt.NotFound());
            assertThat(claim(ALICE, PHONE, secret(second))).isInstanceOf(ClaimAttempt.Won.class);
        }

        @Test
        void aSecretIsGoodForNinetySecondsWhereItsPageAsksForNoOther() {
            Opened opened = open();
            now = now.plusSeconds(90);
            assertThat(claim(ALICE, PHONE, secret(opened))).isEqualTo(new ClaimAttempt.NotFound());
            assertThat(state(opened)).isEqualTo(State.OPEN);

            now = now.minusMillis(1);
            assertThat(claim(ALICE, PHONE, secret(opened))).isInstanceOf(ClaimAttempt.Won.class);
        }

        @Test
        void theOneBeforeIsGoodForThirtySecondsWhereItsPageAsksForNoOther() {
            Opened first = open();
            now = now.plusMillis(89_999);
            open();
            now = now.plusSeconds(30);
            assertThat(claim(ALICE, PHONE, secret(first))).isEqualTo(new ClaimAttempt.NotFound());

            now = now.minusMillis(1);
            assertThat(claim(ALICE, PHONE, secret(first))).isInstanceOf(ClaimAttempt.Won.class);
        }

        @Test
        void aPageThatAsksLateDoesNotMakeAnOldSecretGoodAgain() {
            Opened first = open();
            now = now.plusSeconds(90);
            Opened second = open();

            assertThat(claim(ALICE, PHONE, secret(first))).isEqualTo(new ClaimAttempt.NotFound());
            assertThat(claim(ALICE, PHONE, secret(second))).isInstanceOf(ClaimAttempt.Won.class);
        }

        @Test
        void ofTwoPagesAtOnceOneRenewsAndBothShowTheSame() {
            Opened first = open();
            now = now.plusSeconds(30);
            List<Opened> other = new ArrayList<>();
            store.beforeNextUpdate(() -> other.add(open()));

            assertThat(links.watch("bank", first.watch(), browser)).contains(other.get(0));
        }

        @Test
        void noOtherBrowserWatches() {
            Opened opened = open();

            assertThat(links.watch("bank", opened.watch(), Browser.unknown())).isEmpty();
            assertThat(links.watch("shop", opened.watch(), browser)).isEmpty();
            assertThat(links.watch("bank", Browser.unknown().cookie(), browser)).isEmpty();
            assertThat(links.watch("bank", "", browser)).isEmpty();
            assertThat(links.watch("bank", opened.watch(), browser)).contains(opened);
        }

        @Test
        void itWaitsFiveMinutesAndMoreWhereTheCustomerWantsThatAndTheLoginLasts() {
            Opened opened = open();
            Instant loginEnds = now.plus(Duration.ofMinutes(8));
            now = now.plus(Duration.ofMinutes(4));
            links.prolong(opened.link(), loginEnds);
            assertThat(now(opened).expiresAt()).isEqualTo(loginEnds);
            now = loginEnds.minusMillis(1);
            assertThat(state(opened)).isEqualTo(State.OPEN);
            assertThat(links.prolong(now(opened), loginEnds).expiresAt()).isEqualTo(loginEnds);
            now = loginEnds;
            assertThat(state(opened)).isEqualTo(State.OVER);
            links.prolong(now(opened), loginEnds.plusSeconds(600));
            assertThat(state(opened)).isEqualTo(State.OVER);
            assertThat(open().link().id()).isNotEqualTo(opened.link().id());
        }

        @Test
        void itWaitsHalfAnHourInAllHoweverOftenTheCustomerWantsMore() {
            Opened opened = open();
            Instant end = opened.link().createdAt().plus(Duration.ofMinutes(30));
            for (int more = 0; more < 7; more++) {
                now = now.plus(Duration.ofMinutes(4));
                links.prolong(now(opened), now.plus(Duration.ofMinutes(30)));
            }

            assertThat(now(opened).expiresAt()).isEqualTo(end);
            now = end.minusMillis(1);
            assertThat(links.prolong(now(opened), now.plus(Duration.ofMinutes(30)))
                            .expiresAt())
                    .isEqualTo(end);
        }

        @Test
        void whatAPhoneHasIsNotProlongedOrRenewed() {
            Opened opened = claimed();
            Instant end = now(opened).expiresAt();
            now = now.plusSeconds(60);

            assertThat(links.prolong(now(opened), now.plusSeconds(6000)).expiresAt())
                    .isEqualTo(end);
            assertThat(open().secret()).isEmpty();
        }

        @Test
        void whereItsPageIsIsKeptAndChangesWithIt() {
            Opened opened = open();
            assertThat(now(opened).findPage()).contains(PAGE.toString());

            links.open(login(Optional.empty()), WISH, ORIGIN, URI.create("https://bank.example/other"));
            assertThat(now(opened).findPage()).contains("https://bank.example/other");

            links.open(login(Optional.empty()), WISH, ORIGIN, URI.create("https://bank.example/" + "x".repeat(2_000)));
            assertThat(now(opened).findPage()).contains("https://bank.example/other");
        }

        @Test
        void ofAKnownCustomerItIsThatCustomersAlone() {
            Opened known = open(Optional.of("alice"));
            Opened unknown = open();

            assertThat(known.link().id()).isNotEqualTo(unknown.link().id());
            assertThat(links.find(login(Optional.of("bob")))).isEmpty();
            assertThat(links.find(login(Optional.of("alice"))))
                    .map(Link::id)
                    .contains(known.link().id());
            assertThat(links.find(login(Optional.empty())))
                    .map(Link::id)
                    .contains(unknown.link().id());
        }

        @Test
        void whatAPhoneAnsweredIsFoundOnceTheBrowserKnowsTheCustomer() {
            Opened opened = approved(false);

            assertThat(links.find(login(Optional.of("alice"))))
                    .map(Link::id)
                    .contains(opened.link().id());
        }
    }

    /** Which phone gets a link. */
    @Nested
    class TheClaim {

        @Test
        void onePhoneGetsItAndASecondOneIsTold() {
            Opened opened = open();

            assertThat(claim(ALICE, PHONE, secret(opened))).isEqualTo(new ClaimAttempt.Won(now(opened), false));
            assertThat(claim(BOB, PHONE, secret(opened))).isEqualTo(new ClaimAttempt.Used());
            assertThat(claim(ALICE, TABLET, secret(opened))).isEqualTo(new ClaimAttempt.Used());

            assertThat(now(opened).userId()).isEqualTo("alice");
            assertThat(state(opened)).isEqualTo(State.CLAIMED);
            assertThat(events)
                    .filteredOn(LinkEvent.Claimed.class::isInstance)
                    .containsExactly(new LinkEvent.Claimed(
                            new Parties("bank", "acme", "alice"), opened.link().id(), PHONE));
        }

        @Test
        void theSameAgainIsAnsweredAsTheFirstTimeAlsoAfterTheAnswer() {
            Opened opened = claimed();
            assertThat(claim(ALICE, PHONE, secret(opened))).isEqualTo(new ClaimAttempt.Won(now(opened), true));

            links.prove(now(opened), false, now.plusSeconds(120));
            assertThat(claim(ALICE, PHONE, secret(opened))).isEqualTo(new ClaimAttempt.Won(now(opened), true));

            links.use(now(opened));
            now = now.plusSeconds(600);
            assertThat(claim(ALICE, PHONE, secret(opened))).isEqualTo(new ClaimAttempt.Won(now(opened), true));
            assertThat(claim(BOB, PHONE, secret(opened))).isEqualTo(new ClaimAttempt.Used());
        }

        @Test
        void ofTwoPhonesAtOnceOneGetsIt() {
            Opened opened = open();
            store.beforeNextUpdate(() -> claim(BOB, TABLET, secret(opened)));

            assertThat(claim(ALICE, PHONE, secret(opened))).isEqualTo(new ClaimAttempt.Used());
            assertThat(now(opened).isClaimedBy("bob", TABLET)).isTrue();
        }

        @Test
        void twiceAtOnceBySamePhoneIsOnce() {
            Opened opened = open();
            store.beforeNextUpdate(() -> claim(ALICE, PHONE, secret(opened)));

            assertThat(claim(ALICE, PHONE, secret(opened))).isEqualTo(new ClaimAttempt.Won(now(opened), true));
        }

        @Test
        void whoComesAtTheEndComesTooLate() {
            Opened opened = open();
            now = opened.link().expiresAt();

            assertThat(claim(ALICE, PHONE, secret(opened))).isEqualTo(new ClaimAttempt.Used());
            assertThat(now(opened).claim()).isNull();
        }

        @Test
        void whatIsNoSecretOrOfAnotherRealmIsUnknown() {
            Opened opened = open();

            for (String secret :
                    List.of("", "x", secret(opened) + "A", Browser.unknown().cookie(), opened.watch())) {
                assertThat(claim(ALICE, PHONE, secret)).isEqualTo(new ClaimAttempt.NotFound());
            }
            assertThat(claim(new Customer("shop", "alice"), PHONE, secret(opened)))
                    .isEqualTo(new ClaimAttempt.NotFound());
            assertThat(state(opened)).isEqualTo(State.OPEN);
        }

        @Test
        void whereTheBrowserKnowsAnotherCustomerNothingIsClaimed() {
            Opened opened = open(Optional.of("alice"));

            assertThat(claim(BOB, PHONE, secret(opened))).isEqualTo(new ClaimAttempt.OtherCustomer());
            assertThat(state(opened)).isEqualTo(State.OPEN);
            assertThat(claim(ALICE, PHONE, secret(opened))).isInstanceOf(ClaimAttempt.Won.class);
        }

        @Test
        void whatWasAnsweredByAnotherWayIsClaimedNoMore() {
            Opened approved = open(Optional.of("alice"));
            links.ask(approved.link(), "request", "alice");
            links.prove(now(approved), false, now.plusSeconds(120));
            assertThat(claim(ALICE, PHONE, secret(approved))).isEqualTo(new ClaimAttempt.Used());

            Opened left = open();
            links.leave(left.link());
            assertThat(claim(ALICE, PHONE, secret(left))).isEqualTo(new ClaimAttempt.Used());
            assertThat(state(left)).isEqualTo(State.OVER);
        }

        @Test
        void onlyOneRequestIsTiedToIt() {
            Opened opened = claimed();

            assertThat(links.ask(opened.link(), "other", "alice")).isFalse();
            assertThat(now(opened).requestId()).isEqualTo("request");
            assertThat(links.ask(now(opened), "newer", "alice")).isTrue();
        }
    }

    /** The number that an app types which did not scan. */
    @Nested
    class TheNumber {

        private Opened asked() {
            Opened opened = open(Optional.of("alice"));
            links.ask(opened.link(), "request", "alice");
            return opened;
        }

        private NumberResult check(Opened opened, String session, String number) {
            return links.checkNumber(now(opened), "alice", session, Optional.ofNullable(number));
        }

        private String wrong(Opened opened) {
            return opened.link().number().equals("10") ? "11" : "10";
        }

        @Test
        void whoScannedNeedsNone() {
            Opened opened = claimed();

            assertThat(check(opened, PHONE, null)).isEqualTo(new NumberResult.Right());
            assertThat(check(opened, TABLET, null)).isEqualTo(new NumberResult.Missing());
            assertThat(check(opened, null, null)).isEqualTo(new NumberResult.Missing());
            assertThat(check(opened, TABLET, opened.link().number())).isEqualTo(new NumberResult.Right());
        }

        @Test
        void theThirdWrongOneIsTheLast() {
            Opened opened = asked();
            String wrong = wrong(opened);

            assertThat(check(opened, PHONE, wrong)).isEqualTo(new NumberResult.Wrong(2));
            assertThat(check(opened, PHONE, wrong)).isEqualTo(new NumberResult.Wrong(1));
            assertThat(check(opened, PHONE, null)).isEqualTo(new NumberResult.Missing());
            assertThat(check(opened, PHONE, wrong)).isEqualTo(new NumberResult.Suspected());

            assertThat(state(opened)).isEqualTo(State.DENIED);
            assertThat(check(opened, PHONE, opened.link().number())).isEqualTo(new NumberResult.Suspected());
            assertThat(events)
                    .filteredOn(LinkEvent.Suspected.class::isInstance)
                    .containsExactly(new LinkEvent.Suspected(
                            new Parties("bank", "acme", "alice"), opened.link().id(), "request", Why.NUMBER));
        }

        @Test
        void aRightOneThatIsSentAgainAndAgainIsNoTry() {
            Opened opened = asked();
            for (int sent = 0; sent < 4; sent++) {
                assertThat(check(opened, PHONE, opened.link().number())).isEqualTo(new NumberResult.Right());
            }

            assertThat(check(opened, PHONE, wrong(opened))).isEqualTo(new NumberResult.Wrong(2));
        }

        @Test
        void theThirdOneCanBeRight() {
            Opened opened = asked();
            check(opened, PHONE, wrong(opened));
            check(opened, PHONE, wrong(opened));

            assertThat(check(opened, PHONE, opened.link().number())).isEqualTo(new NumberResult.Right());
        }
    }

    /** What the browser needs to go on. */
    @Nested
    class GoingOn {

        private String digits(Opened opened) {
            return now(opened).proof().digits();
        }

        private String wrong(Opened opened) {
            return digits(opened).equals("000000") ? "000001" : "000000";
        }

        @Test
        void whereNoDigitsAreDemandedItGoesOnAtOnceAndOnce() {
            Opened opened = approved(false);
            assertThat(state(opened)).isEqualTo(State.APPROVED);
            Link found = now(opened);

            assertThat(links.use(found)).isTrue();
            assertThat(links.use(found)).isFalse();

            assertThat(state(opened)).isEqualTo(State.OVER);
            assertThat(links.find(login(Optional.empty()))).isEmpty();
            Link used = now(opened);
            assertThat(used.proof().digits()).isNull();
            assertThat(used.proof().returnSecret()).isNull();
            assertThat(used.page()).isNull();
        }

        @Test
        void whereDigitsAreDemandedItGoesOnAfterThem() {
            Opened opened = approved(true);
            assertThat(state(opened)).isEqualTo(State.CODE);
            assertThat(digits(opened)).matches("[0-9]{6}");
            assertThat(links.use(now(opened))).isFalse();

            assertThat(links.enter(now(opened), digits(opened))).isEqualTo(new EnterResult.Right());
            assertThat(links.enter(now(opened), "anything")).isEqualTo(new EnterResult.Right());
            assertThat(links.use(now(opened))).isTrue();
            assertThat(links.enter(now(opened), "anything")).isEqualTo(new EnterResult.Over());
        }

        @Test
        void theThirdWrongOneIsTheLast() {
            Opened opened = approved(true);
            String wrong = wrong(opened);
            String right = digits(opened);

            assertThat(links.enter(now(opened), wrong)).isEqualTo(new EnterResult.Wrong(2));
            assertThat(links.enter(now(opened), "")).isEqualTo(new EnterResult.Wrong(1));
            assertThat(links.enter(now(opened), wrong)).isEqualTo(new EnterResult.Suspected());
            assertThat(links.enter(now(opened), right)).isEqualTo(new EnterResult.Suspected());

            assertThat(state(opened)).isEqualTo(State.DENIED);
            assertThat(links.use(now(opened))).isFalse();
            assertThat(events)
                    .filteredOn(LinkEvent.Suspected.class::isInstance)
                    .containsExactly(new LinkEvent.Suspected(
                            new Parties("bank", "acme", "alice"), opened.link().id(), "request", Why.DIGITS));
        }

        @Test
        void manyAtOnceAreNoMoreTries() {
            Opened opened = approved(true);
            Link seenByAll = now(opened);
            String right = digits(opened);
            for (int guess = 0; guess < 3; guess++) {
                links.enter(seenByAll, wrong(opened));
            }

            assertThat(links.enter(seenByAll, right)).isEqualTo(new EnterResult.Suspected());
        }

        @Test
        void digitsBeforeTheAnswerOrAfterTheEndAreForNothing() {
            Opened opened = claimed();
            assertThat(links.enter(now(opened), "123456")).isEqualTo(new EnterResult.Over());
            links.prove(now(opened), true, now.plusSeconds(120));
            now = now(opened).expiresAt();

            assertThat(links.enter(now(opened), digits(opened))).isEqualTo(new EnterResult.Over());
            assertThat(now(opened).digitTries()).isZero();
        }

        @Test
        void whoApprovesAtTheEndHasTwoMinutesForTheDigits() {
            Opened opened = claimed();
            now = opened.link().expiresAt().minusMillis(1);
            links.prove(now(opened), true, now.plusSeconds(120));
            now = now.plusSeconds(119);

            assertThat(links.enter(now(opened), digits(opened))).isEqualTo(new EnterResult.Right());
        }

        @Test
        void theAppComesBackToTheBrowserThatBeganAndToNoOther() {
            Opened opened = approved(true);
            String secret = now(opened).proof().returnSecret();

            assertThat(returned("shop", secret)).isEmpty();
            assertThat(returned("bank", opened.watch())).isEmpty();
            assertThat(state(opened)).isEqualTo(State.CODE);
            assertThat(returned("bank", secret)).contains(now(opened));
            assertThat(returned("bank", secret)).contains(now(opened));
            assertThat(state(opened)).isEqualTo(State.APPROVED);
            assertThat(links.use(now(opened))).isTrue();
            assertThat(returned("bank", secret)).isEmpty();
        }

        private Optional<Link> returned(String realm, String secret) {
            return links.returned(realm, secret, Optional.of(browser));
        }

        @Test
        void whatAnotherBrowserHadOfTheWayBackIsWorthNothingAndTheDigitsStay() {
            for (Optional<Browser> other : List.of(Optional.of(Browser.unknown()), Optional.<Browser>empty())) {
                Opened opened = approved(true);
                String secret = now(opened).proof().returnSecret();

                assertThat(links.returned("bank", secret, other)).isEmpty();

                assertThat(returned("bank", secret)).isEmpty();
                assertThat(now(opened).proof().returnSecret()).isNull();
                assertThat(state(opened)).isEqualTo(State.CODE);
                assertThat(links.enter(now(opened), digits(opened))).isEqualTo(new EnterResult.Right());
                assertThat(links.use(now(opened))).isTrue();
            }
        }

        @Test
        void anotherBrowserStopsNothingThatNeedsNoWayBack() {
            Opened opened = approved(false);
            links.returned("bank", now(opened).proof().returnSecret(), Optional.empty());

            assertThat(links.use(now(opened))).isTrue();
        }

        @Test
        void whereTheAppCameBackAnotherBrowserTakesNothingAway() {
            Opened opened = approved(true);
            String secret = now(opened).proof().returnSecret();
            returned("bank", secret);
            links.returned("bank", secret, Optional.empty());

            assertThat(links.use(now(opened))).isTrue();
        }

        @Test
        void whatIsTakenBackGoesOnByNothing() {
            Opened opened = approved(true);
            Link approved = now(opened);
            links.deny(approved);

            assertThat(state(opened)).isEqualTo(State.DENIED);
            assertThat(links.enter(approved, approved.proof().digits())).isEqualTo(new EnterResult.Over());
            assertThat(returned("bank", approved.proof().returnSecret())).isEmpty();
            assertThat(links.use(approved)).isFalse();
        }

        @Test
        void aNoIsFoundUntilTheLoginIsLeft() {
            Opened opened = claimed();
            links.deny(now(opened));

            assertThat(links.find(login(Optional.empty())))
                    .map(link -> link.state(now))
                    .contains(State.DENIED);
            assertThat(open().secret()).isEmpty();
            links.leave(now(opened));
            assertThat(open().link().id()).isNotEqualTo(opened.link().id());
        }

        @Test
        void theAnswerIsProvedOnce() {
            Opened opened = approved(true);
            String digits = digits(opened);

            links.prove(now(opened), false, now.plusSeconds(120));

            assertThat(digits(opened)).isEqualTo(digits);
            assertThat(state(opened)).isEqualTo(State.CODE);
        }

        @Test
        void howManyStandIsOneLook() {
            Opened opened = approved(true);

            assertThat(links.states(List.of(opened.link().id(), "no-such")))
                    .containsExactly(LinkState.of(now(opened), now));
            assertThat(links.states(List.of())).isEmpty();
        }
    }
}
