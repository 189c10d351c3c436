package io.assent.handoff;

import static org.assertj.core.api.Assertions.assertThat;

import io.assent.detail.Details;
import io.assent.evidence.Circumstances;
import io.assent.limit.Refusal;
import io.assent.link.Browser;
import io.assent.link.EnterResult;
import io.assent.link.Link;
import io.assent.link.Links;
import io.assent.link.LinksInMemory;
import io.assent.link.Login;
import io.assent.link.OpenRate;
import io.assent.link.Opened;
import io.assent.link.Origin;
import io.assent.link.Wish;
import io.assent.permission.RequestedPermissions;
import io.assent.request.AskResult;
import io.assent.request.ConsentRequest;
import io.assent.request.ConsentRequest.Content;
import io.assent.request.ConsentRequest.Journey;
import io.assent.request.ConsentRequestStatus;
import io.assent.request.ConsentRequests;
import io.assent.request.Decision;
import io.assent.request.DecisionResult;
import io.assent.request.RequestsOnAShelf;
import io.assent.request.Responder;
import io.assent.server.AssentEvent;
import io.assent.server.Customer;
import io.assent.server.Parties;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What joins a login in a browser to a question in the app. */
class HandoffTest {

    private static final Customer ALICE = new Customer("bank", "alice");
    private static final Customer BOB = new Customer("bank", "bob");
    private static final Parties PARTIES = new Parties("bank", "acme", "alice");
    private static final Responder PHONE = responder("phone");
    private static final Responder TABLET = responder("tablet");
    private static final Content BALANCES = content("balances");
    private static final Decision YES = Decision.Approve.everything();
    private static final Decision NO = new Decision.Deny();

    private final List<AssentEvent> events = new ArrayList<>();
    private Instant now = Instant.parse("2026-11-27T09:00:00Z");
    private boolean codeDemanded;
    private Optional<Content> open = Optional.of(BALANCES);
    private Browser browser = Browser.unknown();
    private final LinksInMemory store = new LinksInMemory();
    private final Links links = new Links(store, new OpenRate(OpenRate.DEFAULT_PER_MINUTE), () -> now, this::hear);
    private final ConsentRequests requests = new RequestsOnAShelf().requests(() -> now, links, this::hear);
    private final Handoff handoff =
            new Handoff(links, requests, (link, customer) -> open, approval -> codeDemanded, () -> now);

    private void hear(AssentEvent event) {
        events.add(event);
        new AnsweredLinks(() -> handoff).onEvent(event);
    }

    private static Responder responder(String session) {
        return new Responder("bank-app", session, null, Circumstances.UNKNOWN);
    }

    private static Content content(String permission) {
        return new Content(
                "openid " + permission,
                new RequestedPermissions(Set.of(permission), Set.of(), false),
                Details.NONE,
                null,
                List.of());
    }

    private Opened open(Optional<String> user) {
        return open("login", user);
    }

    private Opened open(String login, Optional<String> user) {
        return links.open(
                        new Login("bank", "acme", browser, login, user),
                        new Wish("openid balances", Details.NONE, false),
                        new Origin("203.0.113.7", "Firefox", "Linux", "acme.example"),
                        URI.create("https://bank.example/page"))
                .orElseThrow();
    }

    private Link now(Opened opened) {
        return links.find("bank", opened.link().id()).orElseThrow();
    }

    private Answer answer(Opened opened) {
        return handoff.answer(now(opened));
    }

    private ConsentRequest claimed(Opened opened) {
        ClaimResult result = handoff.claim(ALICE, PHONE, opened.secret().orElseThrow());
        return ((ClaimResult.Claimed) result).request();
    }

    private ConsentRequest asked(Opened opened) {
        return ((AskResult.Asked) handoff.ask(opened.link(), PARTIES, BALANCES)).request();
    }

    private Optional<ConsentRequest> reread(ConsentRequest request) {
        return requests.find("bank", request.id());
    }

    /** The browser does not know who it is. */
    @Nested
    class AnUnknownCustomer {

        @Test
        void nobodyIsAskedBeforeAPhoneClaims() {
            Opened opened = open(Optional.empty());
            assertThat(answer(opened)).isEqualTo(new Answer.Open());

            ConsentRequest request = claimed(opened);

            assertThat(request.parties()).isEqualTo(PARTIES);
            assertThat(request.journey())
                    .isEqualTo(new Journey(Journey.APP_LINK, opened.link().id()));
            assertThat(request.content()).isEqualTo(BALANCES);
            assertThat(request.expiresAt()).isEqualTo(opened.link().expiresAt());
            assertThat(answer(opened)).isEqualTo(new Answer.Claimed());
        }

        @Test
        void theSameClaimIsTheSameRequestAlsoAfterTheAnswer() {
            Opened opened = open(Optional.empty());
            ConsentRequest request = claimed(opened);
            assertThat(claimed(opened).id()).isEqualTo(request.id());

            requests.decide(ALICE, request.id(), YES, PHONE);

            assertThat(claimed(opened).status()).isEqualTo(ConsentRequestStatus.APPROVED);
        }

        @Test
        void aYesLetsTheLoginGoOnOnce() {
            Opened opened = open(Optional.empty());
            ConsentRequest request = claimed(opened);
            requests.decide(ALICE, request.id(), YES, PHONE);

            assertThat(answer(opened)).isInstanceOfSatisfying(Answer.Approved.class, approved -> {
                assertThat(approved.request().id()).isEqualTo(request.id());
                assertThat(approved.request().decision().evidence().sessionId()).isEqualTo("phone");
                assertThat(approved.goesOn()).isTrue();
                assertThat(approved.codeDemanded()).isFalse();
            });
            assertThat(links.use(now(opened))).isTrue();
            assertThat(answer(opened)).isEqualTo(new Answer.Over());
            assertThat(links.use(now(opened))).isFalse();
        }

        @Test
        void aNoAReportAndABlockEndIt() {
            List<Runnable> noes = List.of(
                    () -> requests.decide(ALICE, claimed(open(Optional.empty())).id(), NO, PHONE),
                    () -> requests.decide(ALICE, claimed(open(Optional.empty())).id(), new Decision.Deny(true), PHONE));
            for (Runnable no : noes) {
                browser = Browser.unknown();
                no.run();
                assertThat(answer(open(Optional.empty()))).isEqualTo(new Answer.Denied());
            }
            now = now.plusSeconds(600);
            Opened blocked = open(Optional.empty());
            claimed(blocked);
            requests.block(PARTIES, PHONE);
            assertThat(answer(blocked)).isEqualTo(new Answer.Denied());
        }

        @Test
        void whereNothingIsOpenTheLoginItselfIsApproved() {
            open = Optional.of(new Content(
                    "openid", new RequestedPermissions(Set.of(), Set.of(), true), Details.NONE, null, List.of()));
            Opened opened = open(Optional.empty());

            assertThat(requests.decide(ALICE, claimed(opened).id(), YES, PHONE))
                    .isInstanceOf(DecisionResult.Decided.class);
            assertThat(answer(opened)).isInstanceOf(Answer.Approved.class);
        }

        @Test
        void anotherPhoneIsToldApart() {
            Opened opened = open(Optional.empty());
            claimed(opened);
            String secret = opened.secret().orElseThrow();

            assertThat(handoff.claim(BOB, PHONE, secret)).isEqualTo(new ClaimResult.Used());
            assertThat(handoff.claim(ALICE, TABLET, secret)).isEqualTo(new ClaimResult.Used());
            assertThat(handoff.claim(ALICE, PHONE, "nonsense")).isEqualTo(new ClaimResult.NotFound());
        }

        @Test
        void ofAClientThatIsGoneThereIsNoLink() {
            open = Optional.empty();

            assertThat(handoff.claim(
                            ALICE, PHONE, open(Optional.empty()).secret().orElseThrow()))
                    .isEqualTo(new ClaimResult.NotFound());
        }

        @Test
        void whoScansAgainAndAgainWithoutAnAnswerIsNotPaused() {
            for (int scan = 0; scan < 5; scan++) {
                browser = Browser.unknown();
                claimed(open(Optional.empty()));
                now = now.plusSeconds(1);
            }
        }

        @Test
        void afterDeniedOnesScansArePaused() {
            for (int scan = 0; scan < 2; scan++) {
                browser = Browser.unknown();
                requests.decide(ALICE, claimed(open(Optional.empty())).id(), NO, PHONE);
                now = now.plusSeconds(1);
            }
            browser = Browser.unknown();

            assertThat(handoff.claim(
                            ALICE, PHONE, open(Optional.empty()).secret().orElseThrow()))
                    .isEqualTo(new ClaimResult.Refused(Refusal.PAUSED));
        }

        @Test
        void theNewestScanTakesThePlaceOfTheOneBefore() {
            Opened before = open("one", Optional.empty());
            claimed(before);
            now = now.plusSeconds(1);
            Opened newest = open("two", Optional.empty());
            claimed(newest);

            assertThat(answer(before)).isEqualTo(new Answer.Over());
            assertThat(answer(newest)).isEqualTo(new Answer.Claimed());
        }
    }

    /** The browser knows the customer, who wants to answer in the app. */
    @Nested
    class AKnownCustomer {

        private Decision yes(String number) {
            return new Decision.Approve(Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(number));
        }

        @Test
        void theCustomerIsAskedOnceHoweverOftenThePageIsLoaded() {
            Opened opened = open(Optional.of("alice"));
            ConsentRequest request = asked(opened);

            assertThat(asked(opened).id()).isEqualTo(request.id());
            assertThat(answer(opened)).isEqualTo(new Answer.Open());
            requests.decide(ALICE, request.id(), yes(opened.link().number()), PHONE);
            assertThat(asked(opened).id()).isEqualTo(request.id());
        }

        @Test
        void anotherQuestionTakesThePlaceOfTheOneBefore() {
            Opened opened = open(Optional.of("alice"));
            ConsentRequest before = asked(opened);

            AskResult other = handoff.ask(now(opened), PARTIES, content("transactions"));

            assertThat(reread(before)).hasValueSatisfying(request -> assertThat(request.expired(now))
                    .isTrue());
            assertThat(now(opened).requestId())
                    .isEqualTo(((AskResult.Asked) other).request().id());
            assertThat(answer(opened)).isEqualTo(new Answer.Open());
        }

        @Test
        void whatIsAskedNoMoreIsDroppedBeforeTheLinkIsHeld() {
            Opened opened = open(Optional.of("alice"));
            ConsentRequest before = asked(opened);
            Link read = now(opened);
            List<Boolean> dropped = new ArrayList<>();
            store.beforeNextUpdate(
                    () -> dropped.add(reread(before).orElseThrow().expired(now)));

            handoff.ask(read, PARTIES, content("transactions"));

            assertThat(dropped).containsExactly(true);
        }

        @Test
        void aScanGetsTheQuestionThatIsThere() {
            Opened opened = open(Optional.of("alice"));
            ConsentRequest request = asked(opened);

            assertThat(claimed(opened).id()).isEqualTo(request.id());
            assertThat(requests.decide(ALICE, request.id(), YES, PHONE)).isInstanceOf(DecisionResult.Decided.class);
            assertThat(answer(opened)).isInstanceOf(Answer.Approved.class);
        }

        @Test
        void anotherCustomersPhoneGetsNothing() {
            Opened opened = open(Optional.of("alice"));
            asked(opened);

            assertThat(handoff.claim(BOB, PHONE, opened.secret().orElseThrow()))
                    .isEqualTo(new ClaimResult.OtherCustomer());
        }

        @Test
        void withoutAScanAYesNeedsTheNumber() {
            Opened opened = open(Optional.of("alice"));
            ConsentRequest request = asked(opened);
            String wrong = opened.link().number().equals("10") ? "11" : "10";

            assertThat(requests.decide(ALICE, request.id(), YES, PHONE)).isEqualTo(new DecisionResult.NumberRequired());
            assertThat(requests.decide(ALICE, request.id(), yes(wrong), PHONE))
                    .isEqualTo(new DecisionResult.WrongNumber(2));
            assertThat(requests.decide(ALICE, request.id(), yes(opened.link().number()), PHONE))
                    .isInstanceOf(DecisionResult.Decided.class);
            assertThat(answer(opened)).isInstanceOf(Answer.Approved.class);
        }

        @Test
        void threeWrongNumbersAreANo() {
            Opened opened = open(Optional.of("alice"));
            ConsentRequest request = asked(opened);
            String wrong = opened.link().number().equals("10") ? "11" : "10";
            for (int triesLeft = 2; triesLeft >= 0; triesLeft--) {
                assertThat(requests.decide(ALICE, request.id(), yes(wrong), PHONE))
                        .isEqualTo(new DecisionResult.WrongNumber(triesLeft));
            }

            assertThat(reread(request)).map(ConsentRequest::status).contains(ConsentRequestStatus.DENIED);
            assertThat(answer(opened)).isEqualTo(new Answer.Denied());
            assertThat(requests.decide(ALICE, request.id(), yes(opened.link().number()), PHONE))
                    .isInstanceOf(DecisionResult.AlreadyDecided.class);
        }

        @Test
        void whoGoesOnByAnotherWayIsAskedNoMore() {
            Opened opened = open(Optional.of("alice"));
            ConsentRequest request = asked(opened);

            handoff.leave(now(opened));
            handoff.leave(now(opened));

            assertThat(requests.decide(ALICE, request.id(), YES, PHONE)).isEqualTo(new DecisionResult.Expired());
            assertThat(answer(opened)).isEqualTo(new Answer.Over());
        }

        @Test
        void whoIsAskedAgainAndAgainIsLeftInPeace() {
            for (int question = 0; question < 2; question++) {
                browser = Browser.unknown();
                asked(open(Optional.of("alice")));
                now = now.plusSeconds(1);
            }
            browser = Browser.unknown();
            asked(open(Optional.of("alice")));
            now = now.plusSeconds(1);
            browser = Browser.unknown();

            assertThat(handoff.ask(open(Optional.of("alice")).link(), PARTIES, BALANCES))
                    .isEqualTo(new AskResult.Refused(Refusal.PAUSED));
        }
    }

    /** What becomes of a yes that somebody else may have got. */
    @Nested
    class AfterTheYes {

        private Opened approved() {
            codeDemanded = true;
            Opened opened = open(Optional.empty());
            requests.decide(ALICE, claimed(opened).id(), YES, PHONE);
            return opened;
        }

        @Test
        void whereTheRuleSaysSoTheBrowserShowsThatItIsTheCustomers() {
            Opened opened = approved();
            assertThat(answer(opened)).isInstanceOfSatisfying(Answer.Approved.class, approved -> {
                assertThat(approved.goesOn()).isFalse();
                assertThat(approved.codeDemanded()).isTrue();
            });

            assertThat(links.enter(now(opened), now(opened).proof().digits())).isEqualTo(new EnterResult.Right());

            assertThat(answer(opened))
                    .isInstanceOfSatisfying(Answer.Approved.class, approved -> assertThat(approved.goesOn())
                            .isTrue());
        }

        @Test
        void threeWrongDigitsTakeTheYesBack() {
            Opened opened = approved();
            String requestId = now(opened).requestId();
            for (int guess = 0; guess < 3; guess++) {
                links.enter(now(opened), "none");
            }

            assertThat(answer(opened)).isEqualTo(new Answer.Denied());
            assertThat(requests.find("bank", requestId))
                    .map(ConsentRequest::status)
                    .contains(ConsentRequestStatus.WITHDRAWN);
        }

        @Test
        void alsoWhereTheRequestsOwnTimeIsOver() {
            codeDemanded = true;
            Opened opened = open(Optional.empty());
            ConsentRequest request = claimed(opened);
            now = opened.link().expiresAt().minusMillis(1);
            requests.decide(ALICE, request.id(), YES, PHONE);
            now = now.plusSeconds(60);
            for (int guess = 0; guess < 3; guess++) {
                links.enter(now(opened), "none");
            }

            assertThat(reread(request)).map(ConsentRequest::status).contains(ConsentRequestStatus.WITHDRAWN);
        }

        @Test
        void whatTheCustomerTakesBackIsANo() {
            Opened opened = approved();

            requests.withdrawAll(PARTIES);

            assertThat(answer(opened)).isEqualTo(new Answer.Denied());
        }

        @Test
        void alsoInTheLastMomentsInWhichTheBrowserCanGoOn() {
            codeDemanded = true;
            Opened opened = open(Optional.empty());
            ConsentRequest request = claimed(opened);
            now = opened.link().expiresAt().minusMillis(1);
            requests.decide(ALICE, request.id(), YES, PHONE);
            Instant last = now(opened).expiresAt().minusMillis(1);
            assertThat(last).isAfter(opened.link().expiresAt());
            now = last;
            assertThat(reread(request)).hasValueSatisfying(approved -> assertThat(approved.lapsed(now))
                    .isFalse());

            requests.withdrawAll(PARTIES);

            assertThat(answer(opened)).isEqualTo(new Answer.Denied());
        }

        @Test
        void aYesInTimeProlongsNothing() {
            Opened opened = open(Optional.empty());
            ConsentRequest request = claimed(opened);

            requests.decide(ALICE, request.id(), YES, PHONE);

            assertThat(reread(request)).map(ConsentRequest::expiresAt).contains(request.expiresAt());
        }

        @Test
        void aRequestThatIsNotTheLinksOwnSaysNothingOfIt() {
            Opened opened = open(Optional.empty());
            claimed(opened);
            AskResult stranger = requests.ask(
                    new Parties("bank", "globe", "alice"),
                    new Journey(Journey.APP_LINK, UUID.randomUUID().toString()),
                    BALANCES,
                    Duration.ofMinutes(1));
            assertThat(stranger).isInstanceOf(AskResult.Asked.class);
            handoff.withdrawn(((AskResult.Asked) stranger).request());

            assertThat(answer(opened)).isEqualTo(new Answer.Claimed());
        }
    }
}
