package io.assent.request;

import static org.assertj.core.api.Assertions.assertThat;

import io.assent.authority.Objection;
import io.assent.block.BlockEvent;
import io.assent.block.Blocks;
import io.assent.claim.ClaimLimits;
import io.assent.claim.ClaimSet;
import io.assent.detail.DetailSelection;
import io.assent.detail.Details;
import io.assent.evidence.Circumstances;
import io.assent.evidence.Circumstances.Presence;
import io.assent.evidence.Evidence;
import io.assent.evidence.KeptSignature;
import io.assent.evidence.ShownContent;
import io.assent.evidence.ShownText;
import io.assent.limit.Question;
import io.assent.limit.Refusal;
import io.assent.link.NumberResult;
import io.assent.permission.RequestedPermissions;
import io.assent.permission.RequestedPermissions.Selection.Flaw;
import io.assent.permission.change.ChangeRules;
import io.assent.permission.change.Changes;
import io.assent.permission.change.Draft;
import io.assent.permission.change.InvalidChangeException;
import io.assent.permission.change.Kind;
import io.assent.permission.change.NamedScope;
import io.assent.request.ConsentRequest.Content;
import io.assent.request.ConsentRequest.Journey;
import io.assent.request.ConsentRequestEvent.AskRefused;
import io.assent.request.ConsentRequestEvent.Asked;
import io.assent.request.ConsentRequestEvent.Decided;
import io.assent.request.ConsentRequestEvent.DecisionRefused;
import io.assent.request.ConsentRequestEvent.Opened;
import io.assent.request.ConsentRequestEvent.Reason;
import io.assent.request.ConsentRequestEvent.Redeemed;
import io.assent.request.ConsentRequestEvent.RedeemedAgain;
import io.assent.request.ConsentRequestEvent.Reported;
import io.assent.request.ConsentRequestStore.Filter;
import io.assent.rules.ConsentRules;
import io.assent.rules.ConsentRules.Asking;
import io.assent.rules.ConsentRules.BindingMessage;
import io.assent.rules.ConsentRules.UserCode;
import io.assent.rules.SignatureDemand;
import io.assent.server.Customer;
import io.assent.server.Parties;
import io.assent.signature.Act;
import io.assent.signature.Approval;
import io.assent.signature.DecisionSignature;
import io.assent.signature.SignatureFlaw;
import io.assent.signature.SignatureVerdict;
import io.assent.signature.Signing;
import io.assent.trace.Traces;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The rules about a consent request. */
class ConsentRequestsTest {

    private static final String BALANCES = "accounts.balances";
    private static final String TRANSACTIONS = "accounts.transactions";
    private static final String PAYMENTS = "payments.initiate";

    private static final Parties PARTIES = new Parties("bank", "acme", "alice");
    private static final Customer ALICE = PARTIES.customer();
    private static final Customer BOB = new Customer("bank", "bob");
    private static final Journey JOURNEY = new Journey(Journey.CIBA, "reference");
    private static final Duration TIME_TO_LIVE = Duration.ofSeconds(120);
    private static final Responder PHONE = new Responder("bank-app", "session", "device", Circumstances.UNKNOWN);
    private static final Responder TPP = new Responder("acme", "session", null, Circumstances.UNKNOWN);
    private static final Decision ALL = Decision.Approve.only(Set.of(BALANCES, TRANSACTIONS));
    /** To all that is asked for, where there is no choice. */
    private static final Decision YES = Decision.Approve.everything();

    private static final Decision DENY = new Decision.Deny();

    private static final Objection IMPERSONATED = new Objection.Refused(Objection.Reason.IMPERSONATED);
    private static final Objection SHUT_OUT = new Objection.Refused(Objection.Reason.APP_DISABLED);

    private final RequestsInMemory store = new RequestsInMemory();
    private final List<Set<String>> takenBack = new ArrayList<>();
    private final List<ConsentRequestEvent> events = new ArrayList<>();
    private int asked;
    private Instant now = Instant.parse("2026-11-26T09:00:00Z");
    /** Those of the default where they are what is tested. */
    private Asking rules = new Asking(
            1000,
            1000,
            1000,
            Duration.ofSeconds(1),
            Duration.ofSeconds(1),
            1000,
            BindingMessage.NEVER,
            UserCode.NEVER,
            Duration.ofMinutes(5));

    private final BlocksInMemory blocks = new BlocksInMemory();
    private final List<BlockEvent> blockEvents = new ArrayList<>();
    private final List<Parties> locked = new ArrayList<>();
    private Optional<Objection> objection = Optional.empty();
    private Optional<Objection> objectionToBlock = Optional.empty();
    private boolean barred;
    private Function<Optional<Details>, DetailSelection> choice =
            chosen -> new DetailSelection.Granted(chosen.orElse(Details.NONE));
    private Set<String> lost = Set.of();
    private Changes changes = Changes.NONE;
    private SignatureDemand demand = SignatureDemand.NONE;
    private SignatureVerdict signed = new SignatureVerdict.Unsigned();
    private final List<Approval> approvals = new ArrayList<>();
    private Function<Optional<String>, NumberResult> sight = number -> new NumberResult.Right();
    private final ConsentRequests requests = new ConsentRequests(
            store,
            parties -> rules,
            new Blocks(blocks, () -> now, blockEvents::add),
            () -> now,
            new ConsentRequests.Gate() {
                @Override
                public Optional<Objection> toAnswer(ConsentRequest request, Decision decision, Responder decider) {
                    return objection;
                }

                @Override
                public Optional<Objection> toBlock(Responder decider) {
                    return objectionToBlock;
                }

                @Override
                public Optional<Objection> toRedeem(ConsentRequest request) {
                    return barred ? Optional.of(SHUT_OUT) : Optional.empty();
                }
            },
            new ConsentRequests.Choice() {
                @Override
                public DetailSelection select(ConsentRequest request, Optional<Details> chosen) {
                    return choice.apply(chosen);
                }

                @Override
                public Set<String> lost(ConsentRequest request) {
                    return lost;
                }

                @Override
                public boolean overlap(Details some, Details others) {
                    return !Collections.disjoint(some.all(), others.all());
                }
            },
            new Signing() {
                @Override
                public SignatureDemand demand(Parties parties, Set<String> permissions, Details details) {
                    return demand;
                }

                @Override
                public SignatureVerdict check(
                        Approval approval, SignatureDemand demanded, Optional<DecisionSignature> signature) {
                    approvals.add(approval);
                    return signed;
                }
            },
            (request, number, decider) -> sight.apply(number),
            locked::add,
            new ConsentRequests.Grants() {
                @Override
                public void takeBack(Parties parties, RequestedPermissions refused) {
                    takenBack.add(refused.asked());
                }

                @Override
                public Changes changes(Parties parties) {
                    return changes;
                }
            },
            events::add,
            Traces.none());

    private void split(String permission, String... into) throws InvalidChangeException {
        Draft split = new Draft("split", Kind.SPLIT, List.of(permission), List.of(into), 30, false, false);
        changes = new ChangeRules(Changes.NONE, name -> Optional.of(new NamedScope("id-" + name, name)), now)
                .check(List.of(split));
    }

    private ConsentRequest ask() {
        return ask(Set.of(), true);
    }

    private ConsentRequest ask(Set<String> required, boolean selectable) {
        AskResult result = requests.ask(
                PARTIES,
                JOURNEY,
                new Content(
                        "openid " + BALANCES + " " + TRANSACTIONS,
                        new RequestedPermissions(
                                new LinkedHashSet<>(List.of(BALANCES, TRANSACTIONS)), required, selectable),
                        Details.NONE,
                        asked++ == 0 ? "a message" : "a message " + asked,
                        List.of("gold", "silver")),
                TIME_TO_LIVE);
        return ((AskResult.Asked) result).request();
    }

    private AskResult ask(Parties parties, String message) {
        return ask(parties, message, Journey.CIBA);
    }

    private AskResult ask(Parties parties, String message, String journey) {
        return requests.ask(
                parties, new Journey(journey, UUID.randomUUID().toString()), content(message), TIME_TO_LIVE);
    }

    private AskResult scan(Parties parties) {
        return requests.askWhoScanned(
                parties, new Journey(Journey.APP_LINK, UUID.randomUUID().toString()), content(null), TIME_TO_LIVE);
    }

    private static Content content(String message) {
        return new Content(
                BALANCES,
                new RequestedPermissions(Set.of(BALANCES), Set.of(), false),
                Details.NONE,
                message,
                List.of());
    }

    private ConsentRequest asked(String message) {
        return ((AskResult.Asked) ask(PARTIES, message)).request();
    }

    private Optional<Refusal> refused(String message) {
        return ask(PARTIES, message) instanceof AskResult.Refused refused
                ? Optional.of(refused.reason())
                : Optional.empty();
    }

    private static Parties client(String clientId) {
        return new Parties("bank", clientId, "alice");
    }

    private DecisionResult decide(ConsentRequest request, Decision decision) {
        return requests.decide(ALICE, request.id(), decision, PHONE);
    }

    private Standing standing() {
        return requests.standing("bank", "acme", JOURNEY);
    }

    private static Map<String, String> ids(String... names) {
        return Stream.of(names).collect(Collectors.toMap(name -> name, name -> "id of " + name));
    }

    private static Decision only(String... permissions) {
        return Decision.Approve.only(Set.of(permissions));
    }

    private Reason refusal() {
        assertThat(events.get(events.size() - 1)).isInstanceOf(DecisionRefused.class);
        return ((DecisionRefused) events.get(events.size() - 1)).reason();
    }

    @Nested
    @DisplayName("ask")
    class Ask {

        @Test
        void aQuestionIsStoredPendingForAsLongAsItLives() {
            ConsentRequest request = ask();

            assertThat(requests.find(ALICE, request.id())).contains(request);
            assertThat(request.status()).isEqualTo(ConsentRequestStatus.PENDING);
            assertThat(request.expiresAt()).isEqualTo(now.plus(TIME_TO_LIVE));
            assertThat(request.bindingMessage()).isEqualTo("a message");
            assertThat(request.acrValues()).containsExactly("gold", "silver");
            assertThat(events).containsExactly(new Asked(request, Optional.empty()));
        }

        @Test
        void itIsFoundByItsCustomerAndByItsClientAlone() {
            ConsentRequest request = ask();

            assertThat(requests.find(BOB, request.id())).isEmpty();
            assertThat(requests.find(new Customer("other", "alice"), request.id()))
                    .isEmpty();
            assertThat(requests.find("bank", "acme", JOURNEY)).contains(request);
            assertThat(requests.find("bank", "globe", JOURNEY)).isEmpty();
            assertThat(requests.find("other", "acme", JOURNEY)).isEmpty();
            assertThat(requests.find("bank", "acme", new Journey(Journey.REDIRECT, "reference")))
                    .isEmpty();
        }
    }

    @Nested
    @DisplayName("ask again and again")
    class AskAgain {

        @BeforeEach
        void byDefault() {
            rules = ConsentRules.DEFAULT.asking();
        }

        @Test
        void aClientHasThreeOpenQuestionsWithACustomerAndNoMore() {
            List.of("1", "2", "3").forEach(ConsentRequestsTest.this::asked);
            events.clear();

            assertThat(refused("4")).contains(Refusal.TOO_MANY_PENDING);
            assertThat(events).singleElement().isInstanceOfSatisfying(AskRefused.class, told -> assertThat(
                            told.reason())
                    .isEqualTo(Refusal.TOO_MANY_PENDING));
            assertThat(store.list(ALICE, Filter.ALL, Optional.empty(), 100)).hasSize(3);
        }

        @Test
        void anAnswerMakesRoom() {
            List.of("1", "2").forEach(ConsentRequestsTest.this::asked);
            ConsentRequest third = asked("3");

            decide(third, YES);

            assertThat(refused("4")).isEmpty();
        }

        @Test
        void anotherCustomerCanBeAsked() {
            List.of("1", "2", "3").forEach(ConsentRequestsTest.this::asked);

            assertThat(ask(new Parties("bank", "acme", "bob"), "4")).isInstanceOf(AskResult.Asked.class);
            assertThat(ask(new Parties("other", "acme", "alice"), "4")).isInstanceOf(AskResult.Asked.class);
        }

        @Test
        void aCustomerHasTenOpenQuestionsOfAllClients() {
            for (int client = 0; client < 10; client++) {
                assertThat(ask(client("tpp-" + client), "1")).isInstanceOf(AskResult.Asked.class);
            }

            assertThat(refused("1")).contains(Refusal.CUSTOMER_BUSY);
        }

        @Test
        void theSameQuestionTakesThePlaceOfTheOpenOne() {
            ConsentRequest first = asked("1");
            now = now.plusSeconds(5);
            ConsentRequest second = asked("1");

            assertThat(requests.find(ALICE, first.id()).orElseThrow().expired(now))
                    .isTrue();
            assertThat(requests.standing("bank", "acme", first.journey())).isInstanceOf(Standing.Expired.class);
            assertThat(decide(first, YES)).isInstanceOf(DecisionResult.Expired.class);
            assertThat(decide(second, YES)).isInstanceOf(DecisionResult.Decided.class);
        }

        @Test
        void aQuestionForOtherClaimsOrForAnotherGrantIsAnotherOne() {
            ConsentRequest name = askedFor(claim("1", "given_name", null));
            ConsentRequest birthdate = askedFor(claim("1", "birthdate", null));
            ConsentRequest change = askedFor(claim("1", "birthdate", "merge one"));
            decide(name, YES);
            ConsentRequest another = askedFor(claim("1", "birthdate", "merge other"));

            assertThat(store.pending(PARTIES, now)).containsExactlyInAnyOrder(birthdate, change, another);
            assertThat(decide(birthdate, YES)).isInstanceOf(DecisionResult.Decided.class);
            ConsentRequest again = askedFor(claim("1", "birthdate", "merge other"));
            assertThat(store.pending(PARTIES, now)).containsExactlyInAnyOrder(change, again);
        }

        private ConsentRequest askedFor(Content content) {
            return ((AskResult.Asked) requests.ask(
                            PARTIES, new Journey(Journey.CIBA, UUID.randomUUID().toString()), content, TIME_TO_LIVE))
                    .request();
        }

        private static Content claim(String message, String claim, String grantChange) {
            return new Content(
                    BALANCES,
                    new RequestedPermissions(Set.of(BALANCES), Set.of(), false)
                            .limitedTo(new ClaimLimits(Map.of(BALANCES, new ClaimSet(Map.of(claim, Set.of()))))),
                    Details.NONE,
                    message,
                    List.of(),
                    grantChange);
        }

        @Test
        void whatIsAnsweredIsNotReplaced() {
            ConsentRequest first = asked("1");
            decide(first, YES);
            asked("1");

            assertThat(requests.standing("bank", "acme", first.journey())).isInstanceOf(Standing.Approved.class);
        }

        @Test
        void oneWhoRepeatsTheSameQuestionIsPausedLikeOneThatIsNotAnswered() {
            asked("1");
            asked("1");
            asked("1");

            assertThat(refused("1")).contains(Refusal.PAUSED);
        }

        @Test
        void afterTwoDenialsTheClientWaitsAMinuteAndTwiceAsLongEachTime() {
            decide(asked("1"), DENY);
            decide(asked("2"), DENY);

            for (int minutes : List.of(1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 1440, 1440)) {
                now = now.plus(Duration.ofMinutes(minutes)).minusMillis(1);
                assertThat(refused("a pause")).contains(Refusal.PAUSED);
                now = now.plusMillis(1);
                decide(asked("after " + minutes), DENY);
            }
        }

        @Test
        void anAnswerThatNeverCameCountsFromTheEndOfTheQuestion() {
            asked("1");
            ConsentRequest second = asked("2");
            now = second.expiresAt().plusSeconds(59);
            assertThat(refused("3")).contains(Refusal.PAUSED);

            now = now.plusSeconds(1);
            assertThat(refused("3")).isEmpty();
        }

        @Test
        void aYesEndsTheRow() {
            decide(asked("1"), DENY);
            now = now.plusSeconds(1);
            decide(asked("2"), YES);
            now = now.plusSeconds(1);
            decide(asked("3"), DENY);

            assertThat(refused("4")).isEmpty();
        }

        @Test
        void onlyTheClientThatWasDeniedWaits() {
            decide(asked("1"), DENY);
            decide(asked("2"), DENY);

            assertThat(ask(client("globe"), "1")).isInstanceOf(AskResult.Asked.class);
        }

        @Test
        void aClientAsksSoManyQuestionsInAMinute() {
            now = Instant.parse("2026-11-26T09:00:00Z");
            for (int customer = 0; customer < 300; customer++) {
                assertThat(ask(new Parties("bank", "acme", "customer-" + customer), "1"))
                        .isInstanceOf(AskResult.Asked.class);
            }

            assertThat(refused("1")).contains(Refusal.TOO_FAST);
            assertThat(ask(client("globe"), "1")).isInstanceOf(AskResult.Asked.class);
            now = now.plusSeconds(60);
            assertThat(refused("1")).isEmpty();
        }

        @Test
        void whoScansAgainAndAgainShutsNobodyOut() {
            now = Instant.parse("2026-11-26T09:00:00Z");
            for (int scan = 0; scan < 10; scan++) {
                assertThat(scan(PARTIES)).isInstanceOf(AskResult.Asked.class);
            }
            for (int scan = 0; scan < 300; scan++) {
                assertThat(scan(PARTIES)).isEqualTo(new AskResult.Refused(Refusal.TOO_FAST));
            }

            assertThat(scan(new Parties("bank", "acme", "bob"))).isInstanceOf(AskResult.Asked.class);
            assertThat(scan(client("globe"))).isInstanceOf(AskResult.Asked.class);
            assertThat(refused("1")).isEmpty();
            now = now.plusSeconds(60);
            assertThat(scan(PARTIES)).isInstanceOf(AskResult.Asked.class);
        }

        @Test
        void aScanCountsInTheClientsMinuteOnceItIsAsked() {
            now = Instant.parse("2026-11-26T09:00:00Z");
            store.blocked(true);
            for (int customer = 0; customer < 300; customer++) {
                assertThat(scan(new Parties("bank", "acme", "customer-" + customer)))
                        .isEqualTo(new AskResult.Refused(Refusal.BLOCKED));
            }
            store.blocked(false);
            for (int customer = 0; customer < 300; customer++) {
                assertThat(scan(new Parties("bank", "acme", "customer-" + customer)))
                        .isInstanceOf(AskResult.Asked.class);
            }

            assertThat(scan(PARTIES)).isEqualTo(new AskResult.Refused(Refusal.TOO_FAST));
            assertThat(refused("1")).contains(Refusal.TOO_FAST);
        }

        @Test
        void aPageCountsInNoMinute() {
            now = Instant.parse("2026-11-26T09:00:00Z");
            for (int page = 0; page < 300; page++) {
                assertThat(ask(PARTIES, null, Journey.REDIRECT)).isInstanceOf(AskResult.Asked.class);
            }

            assertThat(refused("1")).isEmpty();
            assertThat(scan(PARTIES)).isInstanceOf(AskResult.Asked.class);
        }

        @Test
        void whatIsBeingAskedAtThisMomentCounts() {
            for (String other : List.of("1", "2", "3")) {
                store.alsoAsking(
                        new Question(
                                PARTIES,
                                Journey.CIBA,
                                UUID.randomUUID().toString(),
                                BALANCES,
                                other,
                                "",
                                "",
                                "",
                                false),
                        now);
            }

            assertThat(refused("4")).contains(Refusal.TOO_MANY_PENDING);
            assertThat(refused("3")).contains(Refusal.SAME);
            // one whose transaction nobody ended is forgotten
            now = now.plus(Duration.ofMinutes(11));
            assertThat(refused("4")).isEmpty();
        }

        @Test
        void aBlockedClientAsksNothingByEitherWay() {
            store.blocked(true);

            assertThat(refused("1")).contains(Refusal.BLOCKED);
            assertThat(ask(PARTIES, null, Journey.REDIRECT)).isEqualTo(new AskResult.Refused(Refusal.BLOCKED));
        }

        @Test
        void eachReportLeavesTheClientLess() {
            store.reports(1);
            asked("1");
            asked("2");
            assertThat(refused("3")).contains(Refusal.TOO_MANY_PENDING);

            store.reports(9);
            for (int customer = 0; customer < 27; customer++) {
                assertThat(ask(new Parties("bank", "acme", "customer-" + customer), "1"))
                        .isInstanceOf(AskResult.Asked.class);
            }
            assertThat(ask(new Parties("bank", "acme", "bob"), "1")).isEqualTo(new AskResult.Refused(Refusal.TOO_FAST));
        }

        @Test
        void aNewPageTakesThePlaceOfTheOpenOneAndIsNeverPaused() {
            ConsentRequest last = null;
            for (int page = 0; page < 5; page++) {
                last = ((AskResult.Asked) ask(PARTIES, null, Journey.REDIRECT)).request();
                now = now.plusSeconds(1);
            }

            assertThat(store.pending(PARTIES, now)).containsExactly(last);
        }

        @Test
        void aPageLeavesTheAppsQuestionsAlone() {
            ConsentRequest inTheApp = asked("1");

            ask(PARTIES, null, Journey.REDIRECT);

            assertThat(store.pending(PARTIES, now)).contains(inTheApp).hasSize(2);
        }

        @Test
        void aQuestionIsToldWithTheNewestThatIsStillPending() {
            Instant before = now;
            ConsentRequest first = asked("1");
            now = now.plusSeconds(9);
            ConsentRequest second = ((AskResult.Asked) ask(client("globe"), "1")).request();
            decide(first, YES);
            decide(second, YES);
            ConsentRequest third = asked("2");

            assertThat(events).contains(new Asked(second, Optional.of(before)), new Asked(third, Optional.empty()));
        }

        @Test
        void whatAClientIsAskingRightNowIsToldWithItsOwnQuestionsAlone() {
            store.alsoAsking(
                    new Question(PARTIES, Journey.CIBA, UUID.randomUUID().toString(), BALANCES, "1", "", "", "", false),
                    now);
            ConsentRequest own = asked("2");
            decide(own, YES);
            ConsentRequest another = ((AskResult.Asked) ask(client("globe"), "1")).request();

            assertThat(events).contains(new Asked(own, Optional.of(now)), new Asked(another, Optional.empty()));
        }
    }

    @Nested
    @DisplayName("block and report")
    class BlockAndReport {

        private final Decision report = new Decision.Deny(true);

        @Test
        void aBlockDeniesWhatIsOpenAndTakesNothingBack() {
            ConsentRequest open = asked("1");
            events.clear();

            requests.block(PARTIES, PHONE);
            requests.block(PARTIES, PHONE);

            assertThat(requests.find(ALICE, open.id()).orElseThrow().status()).isEqualTo(ConsentRequestStatus.DENIED);
            assertThat(events).singleElement().isInstanceOf(Decided.class);
            assertThat(blockEvents).containsExactly(new BlockEvent.Blocked(PARTIES));
            assertThat(takenBack).isEmpty();
        }

        @Test
        void whoMayNotBlockChangesNothing() {
            ConsentRequest open = asked("1");
            events.clear();
            objectionToBlock = Optional.of(IMPERSONATED);

            assertThat(requests.block(PARTIES, PHONE)).contains(IMPERSONATED);

            assertThat(store.pending(PARTIES, now)).containsExactly(open);
            assertThat(events).isEmpty();
            assertThat(blockEvents).isEmpty();
        }

        @Test
        void whatNobodyMayAnswerIsNotDeniedByABlockEither() {
            ConsentRequest open = asked("1");
            objection = Optional.of(SHUT_OUT);

            assertThat(requests.block(PARTIES, PHONE)).isEmpty();

            assertThat(store.pending(PARTIES, now)).containsExactly(open);
            assertThat(blockEvents).containsExactly(new BlockEvent.Blocked(PARTIES));
        }

        @Test
        void whoMayNotBlockDoesNotReportWhatWasDeniedBefore() {
            ConsentRequest denied = asked("1");
            decide(denied, DENY);
            ConsentRequest open = asked("2");
            events.clear();
            objectionToBlock = Optional.of(IMPERSONATED);

            assertThat(decide(denied, report)).isEqualTo(new DecisionResult.Refused(IMPERSONATED));

            assertThat(requests.find(ALICE, denied.id())
                            .orElseThrow()
                            .decision()
                            .reported())
                    .isFalse();
            assertThat(store.pending(PARTIES, now)).containsExactly(open);
            assertThat(blockEvents).isEmpty();
            assertThat(events)
                    .singleElement()
                    .isEqualTo(new DecisionRefused(ALICE, denied.id(), "acme", PHONE, Reason.IMPERSONATED));
        }

        @Test
        void whatWasSaidBeforeIsAnsweredAsBeforeWhoeverSaysItAgain() {
            ConsentRequest request = asked("1");
            DecisionResult first = decide(request, report);
            objection = Optional.of(IMPERSONATED);
            objectionToBlock = Optional.of(IMPERSONATED);

            assertThat(decide(request, report)).isEqualTo(first);
            assertThat(decide(request, DENY)).isEqualTo(first);
        }

        @Test
        void aBlockLeavesTheQuestionsOfOthersAlone() {
            ConsentRequest other = ((AskResult.Asked) ask(client("globe"), "1")).request();

            requests.block(PARTIES, PHONE);

            assertThat(store.pending(client("globe"), now)).containsExactly(other);
        }

        @Test
        void aReportDeniesAndBlocksAndIsToldOnce() {
            ConsentRequest request = asked("1");
            ConsentRequest another = asked("2");
            events.clear();

            DecisionResult first = decide(request, report);
            DecisionResult again = decide(request, report);

            assertThat(first).isEqualTo(again);
            assertThat(((DecisionResult.Decided) first).request().decision().reported())
                    .isTrue();
            assertThat(events.stream().filter(Reported.class::isInstance)).hasSize(1);
            assertThat(blocks.list(ALICE, Optional.empty(), 10))
                    .singleElement()
                    .satisfies(block -> assertThat(block.reported()).isTrue());
            assertThat(requests.find(ALICE, another.id())
                            .orElseThrow()
                            .decision()
                            .reported())
                    .isFalse();
            assertThat(store.pending(PARTIES, now)).isEmpty();
        }

        @Test
        void aDenialIsReportedLaterToo() {
            ConsentRequest request = asked("1");
            decide(request, DENY);
            events.clear();

            ConsentRequest reported = ((DecisionResult.Decided) decide(request, report)).request();

            assertThat(reported.decision().reported()).isTrue();
            assertThat(events).hasSize(1).allMatch(Reported.class::isInstance);
        }

        @Test
        void aDenialAfterAReportChangesNothing() {
            ConsentRequest request = asked("1");
            decide(request, report);
            events.clear();

            ConsentRequest denied = ((DecisionResult.Decided) decide(request, DENY)).request();

            assertThat(denied.decision().reported()).isTrue();
            assertThat(events).isEmpty();
        }

        @Test
        void whatWasApprovedIsNotReported() {
            ConsentRequest request = asked("1");
            decide(request, YES);

            assertThat(decide(request, report)).isInstanceOf(DecisionResult.AlreadyDecided.class);
            assertThat(blockEvents).isEmpty();
        }
    }

    @Nested
    @DisplayName("open")
    class Open {

        @Test
        void theFirstReadIsKeptAndToldAndNoOther() {
            ConsentRequest request = ask();
            events.clear();

            assertThat(requests.open(ALICE, request.id(), () -> PHONE)).contains(request);
            now = now.plusSeconds(1);
            requests.open(ALICE, request.id(), () -> PHONE);

            assertThat(events).containsExactly(new Opened(request, PHONE));
            assertThat(requests.find(ALICE, request.id()).orElseThrow().openedAt())
                    .isEqualTo(now.minusSeconds(1));
        }

        @Test
        void oneOfTwoFirstReadsAtOnceIsTold() {
            ConsentRequest request = ask();
            events.clear();
            store.beforeNextUpdate(() -> requests.open(ALICE, request.id(), () -> PHONE));

            requests.open(ALICE, request.id(), () -> PHONE);

            assertThat(events).hasSize(1);
        }

        @Test
        void anotherCustomerOpensNothing() {
            ConsentRequest request = ask();
            events.clear();

            assertThat(requests.open(BOB, request.id(), () -> PHONE)).isEmpty();
            assertThat(events).isEmpty();
        }

        @Test
        void theClientThatAskedDoesNotOpen() {
            ConsentRequest request = ask();
            events.clear();

            assertThat(requests.open(ALICE, request.id(), () -> TPP)).isPresent();
            assertThat(events).isEmpty();
        }

        @Test
        void anAdminInTheCustomersPlaceDoesNotOpen() {
            ConsentRequest request = ask();
            events.clear();
            Circumstances impersonated =
                    new Circumstances(Presence.IMPERSONATED, null, null, null, question -> Optional.empty());
            Responder admin = new Responder("bank-app", "session", "device", impersonated);

            assertThat(requests.open(ALICE, request.id(), () -> admin)).contains(request);

            assertThat(events).isEmpty();
            assertThat(requests.find(ALICE, request.id()).orElseThrow().openedAt())
                    .isNull();
        }

        @Test
        void readingWhatIsAnsweredOrOverIsNotOpening() {
            ConsentRequest answered = ask();
            decide(answered, DENY);
            ConsentRequest over = ask();
            now = over.expiresAt();
            events.clear();

            requests.open(ALICE, answered.id(), () -> PHONE);
            requests.open(ALICE, over.id(), () -> PHONE);

            assertThat(events).isEmpty();
        }
    }

    @Nested
    @DisplayName("decide")
    class Decide {

        @Test
        void anApprovalOfEverythingGrantsAllThatWasAsked() {
            ConsentRequest request = ask();

            ConsentRequest decided = ((DecisionResult.Decided) decide(request, ALL)).request();

            assertThat(decided.status()).isEqualTo(ConsentRequestStatus.APPROVED);
            assertThat(decided.decision())
                    .isEqualTo(new RecordedDecision(
                            true,
                            Set.of(BALANCES, TRANSACTIONS),
                            now,
                            "device",
                            new Evidence("bank-app", "session", null, null, null, null, null, null)));
            assertThat(events).endsWith(new Decided(decided, PHONE));
        }

        @Test
        void anApprovalOfAPartGrantsThatPart() {
            ConsentRequest decided = ((DecisionResult.Decided) decide(ask(), only(BALANCES))).request();

            assertThat(decided.decision().granted()).containsExactly(BALANCES);
        }

        @Test
        void aDenialGrantsNothing() {
            ConsentRequest decided = ((DecisionResult.Decided) decide(ask(), DENY)).request();

            assertThat(decided.status()).isEqualTo(ConsentRequestStatus.DENIED);
            assertThat(decided.decision().granted()).isEmpty();
        }

        @Test
        void whatIsNotGrantedIsTakenBackOnceWithTheAnswer() {
            ConsentRequest part = ask();
            decide(part, only(BALANCES));
            decide(part, only(BALANCES));
            decide(ask(), DENY);
            decide(ask(), ALL);
            decide(ask(), only(PAYMENTS));

            assertThat(takenBack).containsExactly(Set.of(TRANSACTIONS), Set.of(BALANCES, TRANSACTIONS), Set.of());
        }

        @Test
        void whatCantBeSelectedIsRefusedAndChangesNothing() {
            ConsentRequest open = ask();
            assertThat(flaw(decide(open, only(PAYMENTS)))).isEqualTo(Flaw.NOT_ASKED_FOR);
            assertThat(flaw(decide(open, only()))).isEqualTo(Flaw.NOTHING_SELECTED);
            ConsentRequest required = ask(Set.of(TRANSACTIONS), true);
            assertThat(flaw(decide(required, only(BALANCES)))).isEqualTo(Flaw.REQUIRED_LEFT_OUT);
            ConsentRequest whole = ask(Set.of(), false);
            assertThat(flaw(decide(whole, only(BALANCES)))).isEqualTo(Flaw.NOT_SELECTABLE);

            assertThat(refusal()).isEqualTo(Reason.INVALID_SELECTION);
            assertThat(List.of(open, required, whole))
                    .allSatisfy(request ->
                            assertThat(requests.find(ALICE, request.id())).contains(request));
        }

        private Flaw flaw(DecisionResult result) {
            return ((DecisionResult.InvalidSelection) result).refusal().flaw();
        }

        @Test
        void theSameAnswerAgainIsAnsweredAsTheFirstTimeAndToldOnce() {
            ConsentRequest request = ask();
            DecisionResult first = decide(request, only(BALANCES));
            now = request.expiresAt().plusSeconds(1);

            assertThat(decide(request, only(BALANCES))).isEqualTo(first);
            assertThat(events).filteredOn(Decided.class::isInstance).hasSize(1);
            assertThat(events).noneMatch(DecisionRefused.class::isInstance);
        }

        @Test
        void aYesThatDoesNotSayToWhatIsRefusedWhereThereIsAChoice() {
            ConsentRequest request = ask();

            assertThat(flaw(decide(request, Decision.Approve.everything()))).isEqualTo(Flaw.NOT_SAID);
            assertThat(requests.find(ALICE, request.id())).contains(request);
        }

        @Test
        void everythingByNameIsTheSameAsEverything() {
            ConsentRequest request = ask(Set.of(), false);
            DecisionResult first = decide(request, Decision.Approve.everything());

            assertThat(decide(request, only(BALANCES, TRANSACTIONS))).isEqualTo(first);
        }

        @Test
        void theSameDenialAgainIsAnsweredAsTheFirstTime() {
            ConsentRequest request = ask();

            assertThat(decide(request, DENY)).isEqualTo(decide(request, DENY));
        }

        @Test
        void aDifferentAnswerIsRefusedAndTheFirstStands() {
            ConsentRequest approved = ask();
            decide(approved, only(BALANCES));
            ConsentRequest denied = ask();
            decide(denied, DENY);

            assertThat(decide(approved, DENY)).isInstanceOf(DecisionResult.AlreadyDecided.class);
            assertThat(decide(approved, ALL)).isInstanceOf(DecisionResult.AlreadyDecided.class);
            assertThat(decide(approved, only(PAYMENTS))).isInstanceOf(DecisionResult.AlreadyDecided.class);
            assertThat(decide(denied, ALL)).isInstanceOf(DecisionResult.AlreadyDecided.class);

            assertThat(refusal()).isEqualTo(Reason.CONTRADICTING);
            assertThat(requests.find(ALICE, approved.id())
                            .orElseThrow()
                            .decision()
                            .granted())
                    .containsExactly(BALANCES);
            assertThat(requests.find(ALICE, denied.id()).orElseThrow().status()).isEqualTo(ConsentRequestStatus.DENIED);
        }

        @Test
        void whoMayNotAnswerChangesNothingAndIsTold() {
            ConsentRequest request = ask();
            objection = Optional.of(new Objection.WeakLogin(List.of("gold"), Optional.empty()));

            assertThat(decide(request, ALL)).isEqualTo(new DecisionResult.Refused(objection.get()));
            assertThat(refusal()).isEqualTo(Reason.WEAK_LOGIN);
            objection = Optional.of(SHUT_OUT);
            assertThat(decide(request, DENY)).isEqualTo(new DecisionResult.Refused(SHUT_OUT));
            assertThat(refusal()).isEqualTo(Reason.CLIENT_DISABLED);
            assertThat(requests.find(ALICE, request.id())).contains(request);
            assertThat(takenBack).isEmpty();

            objection = Optional.empty();
            assertThat(decide(request, ALL)).isInstanceOf(DecisionResult.Decided.class);
        }

        @Test
        void whatWasAnsweredIsToldAsTheFirstTimeWhateverTheLoginIsNow() {
            ConsentRequest request = ask();
            DecisionResult first = decide(request, ALL);
            objection = Optional.of(new Objection.WeakLogin(List.of("gold"), Optional.empty()));

            assertThat(decide(request, ALL)).isEqualTo(first);
        }

        @Test
        void whatLapsedCantBeAnswered() {
            ConsentRequest request = ask();
            now = request.expiresAt();

            assertThat(decide(request, ALL)).isInstanceOf(DecisionResult.Expired.class);
            assertThat(refusal()).isEqualTo(Reason.LATE);
        }

        @Test
        void anotherCustomersRequestIsLikeOneThatNeverWas() {
            ConsentRequest request = ask();

            assertThat(requests.decide(BOB, request.id(), ALL, PHONE)).isInstanceOf(DecisionResult.NotFound.class);
            assertThat(events).endsWith(new DecisionRefused(BOB, request.id(), null, PHONE, Reason.FOREIGN));
        }

        @Test
        void theClientThatAskedNeverAnswersNotEvenTheSame() {
            ConsentRequest request = ask();

            assertThat(requests.decide(ALICE, request.id(), ALL, TPP)).isInstanceOf(DecisionResult.OwnClient.class);
            assertThat(refusal()).isEqualTo(Reason.OWN_CLIENT);
            decide(request, ALL);
            assertThat(requests.decide(ALICE, request.id(), ALL, TPP)).isInstanceOf(DecisionResult.OwnClient.class);
        }

        @Test
        void ofTwoAnswersAtOnceTheSecondIsComparedWithTheFirst() {
            ConsentRequest same = ask();
            store.beforeNextUpdate(() -> decide(same, DENY));
            assertThat(decide(same, DENY)).isInstanceOf(DecisionResult.Decided.class);

            ConsentRequest other = ask();
            store.beforeNextUpdate(() -> decide(other, DENY));
            assertThat(decide(other, ALL)).isInstanceOf(DecisionResult.AlreadyDecided.class);
            assertThat(events).filteredOn(Decided.class::isInstance).hasSize(2);
        }

        @Test
        void aRequestThatIsRemovedMeanwhileIsNotFound() {
            ConsentRequest request = ask();
            store.beforeNextUpdate(() -> store.removeAll("bank"));

            assertThat(decide(request, ALL)).isInstanceOf(DecisionResult.NotFound.class);
        }

        @Test
        void onePageOfTheServerAnswersWithoutClientOrDevice() {
            DecisionResult result =
                    requests.decide(ALICE, ask().id(), ALL, Responder.page("session", Circumstances.UNKNOWN));

            assertThat(((DecisionResult.Decided) result).request().decision().deviceId())
                    .isNull();
        }
    }

    @Nested
    @DisplayName("signed answers")
    class Signed {

        private static final DecisionSignature FIRST = new DecisionSignature.Jws("first");
        private static final SignatureVerdict BY_A_PHONE =
                new SignatureVerdict.Signed("phone", new KeptSignature.Jws("first", "{}"));
        private static final ShownContent SHOWN =
                ShownContent.of(new ShownText("{\"language\":\"en\"}"), List.of(), null);

        private Optional<ShownContent> shown = Optional.of(SHOWN);

        private DecisionResult answer(ConsentRequest request, Decision decision) {
            Circumstances circumstances = new Circumstances(Presence.CUSTOMER, null, null, null, question -> shown);
            return requests.decide(
                    ALICE, request.id(), decision, new Responder("bank-app", "session", "device", circumstances));
        }

        @Test
        void areOverWhatIsGrantedAndShown() {
            ConsentRequest request = ask();
            signed = BY_A_PHONE;

            answer(request, by(FIRST));

            assertThat(approvals)
                    .containsExactly(new Approval(
                            Act.APPROVE,
                            request.parties(),
                            request.id(),
                            request.challenge(),
                            request.createdAt(),
                            request.expiresAt(),
                            Set.of(BALANCES, TRANSACTIONS),
                            Details.NONE,
                            SHOWN,
                            now));
        }

        @Test
        void areNotAskedOfTheServerItself() {
            demand = SignatureDemand.KEY;
            signed = new SignatureVerdict.Missing(SignatureDemand.KEY, "why");

            assertThat(decide(ask(), ALL)).isInstanceOf(DecisionResult.Decided.class);
        }

        @Test
        void thatAreNeededAreOverNothingWhereNobodyKnowsWhatIsShown() {
            shown = Optional.empty();
            signed = BY_A_PHONE;

            assertThat(answer(ask(), by(FIRST))).isEqualTo(new DecisionResult.ContentChanged());
            assertThat(answer(ask(), ALL)).isInstanceOf(DecisionResult.Decided.class);
            demand = SignatureDemand.KEY;
            assertThat(answer(ask(), ALL)).isEqualTo(new DecisionResult.ContentChanged());
        }

        @Test
        void areKeptWithTheDeviceThatSigned() {
            signed = BY_A_PHONE;

            ConsentRequest decided = ((DecisionResult.Decided) answer(ask(), by(FIRST))).request();

            assertThat(decided.decision().deviceId()).isEqualTo("phone");
            assertThat(decided.decision().evidence().signature()).isEqualTo(new KeptSignature.Jws("first", "{}"));
        }

        @Test
        void byAPasskeyAreKeptWithTheDeviceOfTheSession() {
            signed = new SignatureVerdict.Signed(null, new KeptSignature.Jws("first", "{}"));

            ConsentRequest decided = ((DecisionResult.Decided) answer(ask(), by(FIRST))).request();

            assertThat(decided.decision().deviceId()).isEqualTo("device");
        }

        @Test
        void thatDoNotHoldChangeNothingAndAreTold() {
            ConsentRequest request = ask();
            signed = new SignatureVerdict.Missing(SignatureDemand.KEY, "why");
            assertThat(answer(request, ALL))
                    .isEqualTo(new DecisionResult.SignatureRequired(SignatureDemand.KEY, "why"));
            assertThat(refusal()).isEqualTo(Reason.UNSIGNED);
            signed = new SignatureVerdict.Invalid(SignatureFlaw.KEY, "why");
            assertThat(answer(request, by(FIRST)))
                    .isEqualTo(new DecisionResult.InvalidSignature(SignatureFlaw.KEY, "why"));
            assertThat(refusal()).isEqualTo(Reason.INVALID_SIGNATURE);
            signed = new SignatureVerdict.OtherContent();
            assertThat(answer(request, by(FIRST))).isEqualTo(new DecisionResult.ContentChanged());
            assertThat(refusal()).isEqualTo(Reason.CONTENT_CHANGED);

            assertThat(requests.find(ALICE, request.id())).contains(request);
        }

        @Test
        void areNotAskedOfANo() {
            signed = new SignatureVerdict.Missing(SignatureDemand.KEY, "why");

            assertThat(answer(ask(), DENY)).isInstanceOf(DecisionResult.Decided.class);
        }

        @Test
        void againAreAnsweredAsTheFirstTimeWhateverIsSoundByNow() {
            ConsentRequest request = ask();
            signed = BY_A_PHONE;
            DecisionResult first = answer(request, by(FIRST));
            signed = new SignatureVerdict.Invalid(SignatureFlaw.TIME, "late");

            assertThat(answer(request, by(FIRST))).isEqualTo(first);
        }

        @Test
        void byAnotherSignatureAreAnotherAnswer() {
            ConsentRequest request = ask();
            signed = BY_A_PHONE;
            answer(request, by(FIRST));

            assertThat(answer(request, by(new DecisionSignature.Jws("second"))))
                    .isInstanceOf(DecisionResult.AlreadyDecided.class);
        }

        @Test
        void afterOneThatWasNotSignedAreAnotherAnswer() {
            ConsentRequest request = ask();
            answer(request, ALL);

            assertThat(answer(request, by(FIRST))).isInstanceOf(DecisionResult.AlreadyDecided.class);
        }

        private Decision by(DecisionSignature signature) {
            return new Decision.Approve(
                    Optional.of(Set.of(BALANCES, TRANSACTIONS)), Optional.empty(), Optional.of(signature));
        }
    }

    @Nested
    @DisplayName("standing and redeem")
    class Redeem {

        private Redemption redeem(Set<String> inToken) {
            return requests.redeem((Standing.Approved) standing(), scope -> ids(inToken.toArray(String[]::new)));
        }

        @Test
        void anApprovedRequestIsRedeemedOnceForTheScopeThatIsLeft() {
            ConsentRequest request = ask();
            decide(request, only(BALANCES));

            Standing.Approved approved = (Standing.Approved) standing();
            assertThat(requests.redeem(approved, scope -> ids(BALANCES)))
                    .isEqualTo(new Redemption.Redeemed(approved.request(), "openid " + BALANCES));
            assertThat(events).endsWith(new Redeemed(approved.request()));
            assertThat(requests.redeem(approved, scope -> ids(BALANCES))).isEqualTo(new Redemption.Gone());
            assertThat(standing()).isEqualTo(new Standing.Unknown());
            assertThat(events).filteredOn(Redeemed.class::isInstance).hasSize(1);
        }

        @Test
        void aYesIsWorthNothingAsLongAsSomebodyIsShutOut() {
            decide(ask(), ALL);
            barred = true;
            assertThat(redeem(Set.of())).isEqualTo(new Redemption.Barred());

            barred = false;
            assertThat(redeem(Set.of())).isInstanceOf(Redemption.Redeemed.class);
        }

        @Test
        void aRedeemedRequestIsRedeemedAgainForWhatStillStandsWhileItsTimeRuns() {
            decide(ask(), ALL);
            redeem(Set.of());
            Duration within = Duration.ofSeconds(30);
            ConsentRequest request = requests.redeemed("bank", "acme", JOURNEY).orElseThrow();
            now = now.plusSeconds(29);

            assertThat(requests.redeemAgain(request, within, Set.of(BALANCES), scope -> ids(BALANCES)))
                    .isEqualTo(new Redemption.Redeemed(request, "openid " + BALANCES));
            assertThat(events).last().isEqualTo(new RedeemedAgain(request));
            assertThat(requests.redeemAgain(request, within, Set.of(BALANCES), scope -> ids(TRANSACTIONS)))
                    .isEqualTo(new Redemption.Widened(Set.of(TRANSACTIONS)));
            assertThat(requests.redeemAgain(request, within, Set.of(PAYMENTS), scope -> ids(PAYMENTS)))
                    .as("what was not part of the answer")
                    .isEqualTo(new Redemption.Widened(Set.of(PAYMENTS)));
            now = now.plusSeconds(1);
            assertThat(requests.redeemAgain(request, within, Set.of(BALANCES), scope -> ids()))
                    .as("counts from the first redemption")
                    .isEqualTo(new Redemption.Gone());
        }

        @Test
        void itIsRedeemedAgainByTheNamesThatItsPermissionsHaveNow() throws Exception {
            decide(ask(), only(BALANCES));
            redeem(Set.of());
            ConsentRequest request = requests.redeemed("bank", "acme", JOURNEY).orElseThrow();
            split(BALANCES, "now", "then");

            assertThat(requests.redeemAgain(
                            request, Duration.ofSeconds(30), Set.of("now", TRANSACTIONS), scope -> ids("now")))
                    .isEqualTo(new Redemption.Redeemed(request, "openid now"));
            for (String other : List.of("then", BALANCES, TRANSACTIONS)) {
                assertThat(requests.redeemAgain(
                                request, Duration.ofSeconds(30), Set.of("now", TRANSACTIONS), scope -> ids(other)))
                        .isEqualTo(new Redemption.Widened(Set.of(other)));
            }
        }

        @Test
        void aRequestWhoseOwnTimeIsOverIsNotRedeemedAgain() {
            decide(ask(), ALL);
            now = now.plusSeconds(119);
            redeem(Set.of());
            ConsentRequest request = requests.redeemed("bank", "acme", JOURNEY).orElseThrow();
            now = now.plusSeconds(1);

            assertThat(requests.redeemAgain(request, Duration.ofSeconds(60), Set.of(BALANCES), scope -> ids()))
                    .isEqualTo(new Redemption.Gone());
        }

        @Test
        void whatWasNotRedeemedIsNotRedeemedAgain() {
            assertThat(requests.redeemed("bank", "acme", JOURNEY)).isEmpty();
            decide(ask(), ALL);
            assertThat(requests.redeemed("bank", "acme", JOURNEY)).isEmpty();
            redeem(Set.of());
            assertThat(requests.redeemed("bank", "globe", JOURNEY)).isEmpty();
            assertThat(requests.redeemed("other", "acme", JOURNEY)).isEmpty();
        }

        @Test
        void theTokenIsComparedWithTheNarrowedScope() {
            decide(ask(), only(BALANCES));
            List<String> scopes = new ArrayList<>();

            requests.redeem((Standing.Approved) standing(), scope -> {
                scopes.add(scope);
                return ids();
            });

            assertThat(scopes).containsExactly("openid " + BALANCES);
        }

        @Test
        void aTokenThatWouldCarryMoreThanWasGrantedIsNotIssued() {
            decide(ask(), only(BALANCES));

            assertThat(redeem(Set.of(BALANCES, PAYMENTS))).isEqualTo(new Redemption.Widened(Set.of(PAYMENTS)));
            assertThat(redeem(Set.of(BALANCES))).isInstanceOf(Redemption.Redeemed.class);
        }

        @Test
        void aScopeThatIsAnotherOneByNowIsNotWhatWasGranted() {
            AskResult result = requests.ask(
                    PARTIES,
                    JOURNEY,
                    new Content(
                            "openid " + BALANCES,
                            new RequestedPermissions(Set.of(BALANCES), Set.of(), true, Map.of(BALANCES, "first")),
                            Details.NONE,
                            null,
                            List.of()),
                    TIME_TO_LIVE);
            ConsentRequest request = ((AskResult.Asked) result).request();
            decide(request, only(BALANCES));
            Standing.Approved approved = (Standing.Approved) standing();

            assertThat(requests.redeem(approved, scope -> Map.of(BALANCES, "second")))
                    .isEqualTo(new Redemption.Widened(Set.of(BALANCES)));
            assertThat(requests.redeem(approved, scope -> Map.of(BALANCES, "first")))
                    .isInstanceOf(Redemption.Redeemed.class);
        }

        @Test
        void aTokenThatCarriesLessIsIssued() {
            decide(ask(), ALL);

            assertThat(redeem(Set.of())).isInstanceOf(Redemption.Redeemed.class);
        }

        @Test
        void whatLapsedCantBeRedeemedNotEvenBetweenLookAndUpdate() {
            ConsentRequest request = ask();
            decide(request, ALL);
            Standing.Approved approved = (Standing.Approved) standing();
            now = request.expiresAt();

            assertThat(requests.redeem(approved, scope -> ids())).isEqualTo(new Redemption.Gone());
            assertThat(standing()).isEqualTo(new Standing.Expired());
        }

        @Test
        void theClientSeesWhetherItIsPendingDeniedOrOver() {
            ConsentRequest request = ask();
            assertThat(standing()).isEqualTo(new Standing.Pending(request.expiresAt()));

            decide(request, DENY);
            assertThat(standing()).isEqualTo(new Standing.Denied());

            now = request.expiresAt();
            assertThat(standing()).isEqualTo(new Standing.Expired());
        }

        @Test
        void anotherClientsRequestIsUnknown() {
            decide(ask(), ALL);

            assertThat(requests.standing("bank", "globe", JOURNEY)).isEqualTo(new Standing.Unknown());
            assertThat(requests.standing("other", "acme", JOURNEY)).isEqualTo(new Standing.Unknown());
        }
    }

    @Nested
    @DisplayName("expired requests, as housekeeping finds them")
    class Expired {

        @Test
        void theyComeInTheOrderInWhichTheyExpireAndGoOnWhereTheLastBatchEnded() {
            Instant start = now;
            ConsentRequest first = ask();
            ConsentRequest second = ask();
            decide(ask(), DENY);
            now = now.plusSeconds(1);
            ConsentRequest last = ask();
            now = last.expiresAt();

            List<ConsentRequest> batch = store.expired(Expiry.before(start), now, 1);
            List<ConsentRequest> rest = store.expired(Expiry.of(batch.get(0)), now, 10);

            assertThat(batch).hasSize(1).containsAnyOf(first, second);
            assertThat(rest).hasSize(2).doesNotContainAnyElementsOf(batch).endsWith(last);
        }

        @Test
        void aPlaceIsReadAsItWasWritten() {
            Expiry place = new Expiry(now, "6f1c7f0e-0000-0000-0000-000000000000");

            assertThat(Expiry.parse(place.toString())).isEqualTo(place);
            assertThat(Expiry.parse(Expiry.before(now).toString())).isEqualTo(Expiry.before(now));
        }
    }

    @Nested
    @DisplayName("take back what was not fetched yet")
    class TakeBack {

        private ConsentRequest approved(String reference, String... granted) {
            AskResult result = requests.ask(
                    PARTIES,
                    new Journey(Journey.CIBA, reference),
                    new Content(
                            "openid " + BALANCES + " " + TRANSACTIONS,
                            new RequestedPermissions(
                                    new LinkedHashSet<>(List.of(BALANCES, TRANSACTIONS)), Set.of(), true),
                            Details.NONE,
                            null,
                            List.of()),
                    TIME_TO_LIVE);
            ConsentRequest request = ((AskResult.Asked) result).request();
            decide(request, only(granted));
            return request;
        }

        private Standing standing(String reference) {
            return requests.standing("bank", "acme", new Journey(Journey.CIBA, reference));
        }

        private void withdraw(Set<String> permissions, Details details) {
            requests.withdraw(PARTIES, permissions, ClaimLimits.NONE, details);
        }

        @Test
        void aLaterNoCounts() {
            approved("first", BALANCES, TRANSACTIONS);
            approved("second", BALANCES);

            assertThat(standing("first")).isInstanceOf(Standing.Denied.class);
            assertThat(standing("second")).isInstanceOf(Standing.Approved.class);
            assertThat(events)
                    .filteredOn(ConsentRequestEvent.Withdrawn.class::isInstance)
                    .hasSize(1);
        }

        @Test
        void itIsNotRedeemedAnyMore() {
            approved("first", BALANCES);
            Standing.Approved before = (Standing.Approved) standing("first");

            requests.withdrawAll(PARTIES);

            assertThat(requests.redeem(before, scope -> ids(BALANCES))).isInstanceOf(Redemption.Gone.class);
        }

        @Test
        void itIsTakenBackOnceWhereItsClientIsSwitchedOff() {
            String id = approved("first", BALANCES).id();
            ConsentRequest request = requests.find("bank", id).orElseThrow();

            requests.withdraw(request);
            requests.withdraw(request);

            assertThat(standing("first")).isInstanceOf(Standing.Denied.class);
            assertThat(events)
                    .filteredOn(ConsentRequestEvent.Withdrawn.class::isInstance)
                    .hasSize(1);
        }

        @Test
        void itCanBeAskedForAnewOnceItIsReleasedAndStaysAsHistory() {
            String id = approved("first", BALANCES).id();
            requests.release(requests.find("bank", id).orElseThrow());
            assertThat(standing("first")).as("an answer that stands").isInstanceOf(Standing.Approved.class);
            requests.withdraw(requests.find("bank", id).orElseThrow());

            requests.release(requests.find("bank", id).orElseThrow());

            assertThat(standing("first")).isInstanceOf(Standing.Unknown.class);
            ConsentRequest history = requests.find("bank", id).orElseThrow();
            assertThat(history.status()).isEqualTo(ConsentRequestStatus.WITHDRAWN);
            assertThat(history.decision().granted()).containsExactly(BALANCES);
            assertThat(approved("first", BALANCES).id()).isNotEqualTo(id);
            assertThat(standing("first")).isInstanceOf(Standing.Approved.class);
        }

        @Test
        void whoGoesOnByItHoldsItAsItIsNow() {
            String id = approved("first", BALANCES).id();
            locked.clear();
            assertThat(requests.hold(PARTIES, id)).map(ConsentRequest::status).contains(ConsentRequestStatus.APPROVED);
            assertThat(locked).containsExactly(PARTIES);

            requests.withdrawAll(PARTIES);

            assertThat(requests.hold(PARTIES, id)).map(ConsentRequest::status).contains(ConsentRequestStatus.WITHDRAWN);
            assertThat(requests.hold(new Parties("bank", "globe", "alice"), id)).isEmpty();
        }

        @Test
        void whatGrantsNothingOfItGoesOn() {
            approved("first", BALANCES);

            withdraw(Set.of(TRANSACTIONS), Details.NONE);
            withdraw(Set.of(), Details.NONE);
            requests.withdrawAll(new Parties("bank", "globe", "alice"));

            assertThat(standing("first")).isInstanceOf(Standing.Approved.class);
        }

        @Test
        void whatGrantsTheSameDetailsIsTakenBackWithWhatCameOfThem() {
            Details taken = Details.parse("[{\"type\":\"account_information\"}]");
            Details others = Details.parse("[{\"type\":\"recurring_payment\"}]");
            choice = chosen -> new DetailSelection.Granted(taken);
            approved("same", BALANCES);
            choice = chosen -> new DetailSelection.Granted(others);
            approved("other", BALANCES);

            withdraw(Set.of(), Details.NONE);
            assertThat(standing("same")).isInstanceOf(Standing.Approved.class);
            withdraw(Set.of(), taken);

            assertThat(standing("same")).isInstanceOf(Standing.Denied.class);
            assertThat(standing("other")).isInstanceOf(Standing.Approved.class);
        }

        @Test
        void aNoCountsByWhateverNameItsPermissionGoesSince() throws Exception {
            split(BALANCES, "now", "then");
            approved("old", BALANCES);
            approved("other", TRANSACTIONS);

            withdraw(Set.of("now"), Details.NONE);

            assertThat(standing("old")).isInstanceOf(Standing.Denied.class);
            assertThat(standing("other")).isInstanceOf(Standing.Approved.class);
        }

        @Test
        void theAnswerThatWasGivenIsStillAnsweredAsTheFirstTime() {
            ConsentRequest request = approved("first", BALANCES);
            requests.withdrawAll(PARTIES);

            assertThat(decide(request, only(BALANCES))).isInstanceOf(DecisionResult.Decided.class);
            assertThat(decide(request, DENY)).isInstanceOf(DecisionResult.AlreadyDecided.class);
            assertThat(standing("first")).isInstanceOf(Standing.Denied.class);
        }
    }

    @Nested
    @DisplayName("a client that is switched off")
    class SwitchedOff {

        @Test
        void nothingThatItAskedIsOpenAnyMore() {
            ConsentRequest request = ask();

            requests.clientSwitchedOff("bank", "acme");

            assertThat(requests.find("bank", request.id()).orElseThrow().isPending(now))
                    .isFalse();
            assertThat(decide(request, YES)).isInstanceOf(DecisionResult.Expired.class);
        }

        @Test
        void whatOthersAskedGoesOn() {
            ConsentRequest request = ask();

            requests.clientSwitchedOff("bank", "globe");
            requests.clientSwitchedOff("shop", "acme");

            assertThat(requests.find("bank", request.id()).orElseThrow().isPending(now))
                    .isTrue();
        }
    }

    @Nested
    @DisplayName("authorization details")
    class WithDetails {

        private static final Details DETAILS = Details.parse("[{\"amount\":\"1\",\"type\":\"payment\"}]");
        private static final Details OTHERS = Details.parse("[{\"amount\":\"2\",\"type\":\"payment\"}]");

        private ConsentRequest ask(Details details) {
            Content content = new Content(
                    "openid " + BALANCES,
                    new RequestedPermissions(Set.of(BALANCES), Set.of(), false),
                    details,
                    "the same message",
                    List.of());
            return ((AskResult.Asked) requests.ask(
                            PARTIES, new Journey(Journey.CIBA, UUID.randomUUID().toString()), content, TIME_TO_LIVE))
                    .request();
        }

        private Decision yes(Details details) {
            return new Decision.Approve(Optional.empty(), Optional.of(details));
        }

        @Test
        void areKeptAsTheyAreGranted() {
            ConsentRequest request = ask(DETAILS);

            ConsentRequest decided = ((DecisionResult.Decided) decide(request, yes(DETAILS))).request();

            assertThat(decided.decision().details()).isEqualTo(DETAILS);
        }

        @Test
        void thatMayNotBeGrantedChangeNothing() {
            ConsentRequest request = ask(DETAILS);
            choice = chosen -> new DetailSelection.Refused("grantedDetails[0] is wider");

            assertThat(decide(request, yes(OTHERS)))
                    .isEqualTo(new DecisionResult.InvalidDetails("grantedDetails[0] is wider"));
            choice = chosen -> new DetailSelection.Unavailable();
            assertThat(decide(request, yes(DETAILS))).isEqualTo(new DecisionResult.AccountsUnavailable());
            assertThat(store.find("bank", request.id()).orElseThrow().status()).isEqualTo(ConsentRequestStatus.PENDING);
        }

        @Test
        void areNotLookedAtByANo() {
            ConsentRequest request = ask(DETAILS);
            choice = chosen -> new DetailSelection.Unavailable();

            ConsentRequest denied = ((DecisionResult.Decided) decide(request, DENY)).request();

            assertThat(denied.decision().details()).isEqualTo(Details.NONE);
        }

        @Test
        void grantedTwiceTheSameAreAnsweredAsTheFirstTime() {
            ConsentRequest request = ask(DETAILS);
            decide(request, yes(DETAILS));

            assertThat(decide(request, yes(DETAILS))).isInstanceOf(DecisionResult.Decided.class);
            assertThat(decide(request, Decision.Approve.everything())).isInstanceOf(DecisionResult.Decided.class);
            assertThat(decide(request, yes(OTHERS))).isInstanceOf(DecisionResult.AlreadyDecided.class);
        }

        @Test
        void makeAnotherQuestion() {
            ConsentRequest first = ask(DETAILS);

            ask(OTHERS);
            assertThat(store.find("bank", first.id()).orElseThrow().lapsed(now)).isFalse();
            ask(DETAILS);
            assertThat(store.find("bank", first.id()).orElseThrow().lapsed(now)).isTrue();
        }

        @Test
        void thatTheClientMayNotHaveAnyMoreAreNotRedeemed() {
            ConsentRequest request = ask(DETAILS);
            decide(request, yes(DETAILS));
            Standing.Approved approved = (Standing.Approved) requests.standing("bank", "acme", request.journey());

            lost = Set.of("payment");
            assertThat(requests.redeem(approved, scope -> Map.of()))
                    .isEqualTo(new Redemption.Widened(Set.of("payment")));
            lost = Set.of();
            assertThat(requests.redeem(approved, scope -> Map.of())).isInstanceOf(Redemption.Redeemed.class);
        }
    }
}
