package io.assent.request;

import io.assent.account.Accounts;
import io.assent.authority.Authority;
import io.assent.authority.Objection;
import io.assent.block.Blocks;
import io.assent.claim.ClaimLimits;
import io.assent.consent.Actor;
import io.assent.consent.ClientName;
import io.assent.consent.Consents;
import io.assent.detail.DetailSelection;
import io.assent.detail.DetailTypes;
import io.assent.detail.Details;
import io.assent.evidence.ShownText;
import io.assent.limit.AskingLimits;
import io.assent.limit.EarlierQuestion;
import io.assent.limit.Question;
import io.assent.limit.RecentQuestions;
import io.assent.limit.Refusal;
import io.assent.link.Links;
import io.assent.link.NumberResult;
import io.assent.permission.RequestedPermissions;
import io.assent.permission.Scopes;
import io.assent.permission.change.ChangedPermissions;
import io.assent.permission.change.Changes;
import io.assent.request.ConsentRequest.Content;
import io.assent.request.ConsentRequest.Journey;
import io.assent.request.ConsentRequestEvent.AskRefused;
import io.assent.request.ConsentRequestEvent.Asked;
import io.assent.request.ConsentRequestEvent.Opened;
import io.assent.request.ConsentRequestEvent.Redeemed;
import io.assent.request.ConsentRequestEvent.RedeemedAgain;
import io.assent.request.ConsentRequestStore.Filter;
import io.assent.rules.ConsentRules;
import io.assent.rules.ConsentRules.Asking;
import io.assent.rules.SignatureDemand;
import io.assent.server.AssentEventListener;
import io.assent.server.Customer;
import io.assent.server.Parties;
import io.assent.server.Position;
import io.assent.server.ServerTime;
import io.assent.signature.Signing;
import io.assent.trace.Step;
import io.assent.trace.TracePlace;
import io.assent.trace.Traces;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/**
 * The door to consent requests: ask, open, decide, redeem. Every rule about a request is here, whatever journey it came
 * by, and every change is told to the {@link AssentEventListener}s. Belongs to the caller's transaction.
 */
public final class ConsentRequests {

    private final ConsentRequestStore store;
    private final Function<Parties, Asking> rules;
    private final InstantSource clock;
    private final Gate gate;
    private final Choice details;
    private final Signing signing;
    private final Grants grants;
    private final Consumer<ConsentRequestEvent> events;
    private final Traces traces;
    private final Answers answers;

    /**
     * @param rules what the bank decided about how the client may ask
     * @param gate says who may answer
     * @param details says which authorization details may be granted, and whether they still may
     * @param signing says what an approval has to be signed with, and whether it is
     * @param sight says whether who approves has the page in sight by which the question came
     * @param lock makes whoever changes a consent between the two wait: before a row is changed, as there
     * @param grants what customers granted before
     * @param traces does each step as a span
     */
    ConsentRequests(
            ConsentRequestStore store,
            Function<Parties, Asking> rules,
            Blocks blocks,
            InstantSource clock,
            Gate gate,
            Choice details,
            Signing signing,
            Sight sight,
            Consumer<Parties> lock,
            Grants grants,
            Consumer<ConsentRequestEvent> events,
            Traces traces) {
        this.store = store;
        this.rules = rules;
        this.clock = clock;
        this.gate = gate;
        this.details = details;
        this.signing = signing;
        this.grants = grants;
        this.events = events;
        this.traces = traces;
        answers = new Answers(store, blocks, clock, gate, details, signing, sight, lock, grants, events);
    }

    public static ConsentRequests of(KeycloakSession session) {
        return new ConsentRequests(
                session.getProvider(ConsentRequestStore.class),
                parties -> ConsentRules.of(session, parties.clientId()).asking(),
                Blocks.of(session),
                ServerTime::now,
                new Gatekeeper(Authority.of(session)),
                new ChoiceOfSession(session),
                Signing.of(session),
                new SightOfSession(session),
                parties -> Consents.of(session).lock(parties),
                new GrantsOfSession(session),
                event -> AssentEventListener.tell(session, event),
                Traces.of(session));
    }

    /**
     * Puts a question to a customer, if the client may ask now. One that asks an open question again, or opens another
     * page, ends the one before, which nobody answered.
     *
     * <p>To the app no more are let through than the client's rules say. A page is what the customer came for, and an
     * amendment is not the client's question, so that only a block keeps these from being asked.
     *
     * @param timeToLive how long it can be answered and redeemed
     */
    public AskResult ask(Parties parties, Journey journey, Content content, Duration timeToLive) {
        return ask(parties, journey, content, timeToLive, AskingLimits::refusal);
    }

    /**
     * The same of a question that the customer fetched into the app, by scanning a link or opening it: what was left
     * unanswered before makes no pause.
     */
    public AskResult askWhoScanned(Parties parties, Journey journey, Content content, Duration timeToLive) {
        return ask(parties, journey, content, timeToLive, AskingLimits::refusalOfScanned);
    }

    private AskResult ask(Parties parties, Journey journey, Content content, Duration timeToLive, Limits limits) {
        return traces.step(
                "consent ask",
                step -> ask(
                        parties,
                        journey,
                        content,
                        timeToLive,
                        limits,
                        step.of(parties).journey(journey.name())));
    }

    private AskResult ask(
            Parties parties, Journey journey, Content content, Duration timeToLive, Limits limits, Step step) {
        Instant now = clock.instant();
        boolean onAPage = journey.is(Journey.REDIRECT);
        boolean byTheBank = journey.is(Journey.AMENDMENT);
        Question question = new Question(
                parties,
                journey.name(),
                journey.reference(),
                content.scope(),
                Optional.ofNullable(content.bindingMessage()).orElse(""),
                content.details().findJson().orElse(""),
                content.permissions().claims().findJson().orElse(""),
                Optional.ofNullable(content.grantChange()).orElse(""),
                onAPage || byTheBank || journey.is(Journey.APP_LINK));
        boolean blockedAlone = onAPage || byTheBank;
        AskingLimits ofClient = new AskingLimits(rules.apply(parties));
        RecentQuestions recent = store.recent(question, blockedAlone ? 0 : ofClient.mostEnded(question), now);
        Optional<Refusal> refusal = blockedAlone
                ? Optional.of(Refusal.BLOCKED).filter(blocked -> recent.blocked())
                : refusal(ofClient, question, recent, now, limits);
        if (refusal.isPresent()) {
            step.result(refusal.get().name());
            events.accept(new AskRefused(parties, journey, refusal.get()));
            return new AskResult.Refused(refusal.get());
        }
        recent.pendingOf(parties.clientId())
                .filter(earlier -> onAPage || earlier.same() && !byTheBank)
                .map(EarlierQuestion::id)
                .forEach(earlier -> store.end(parties.realmId(), earlier, now));
        ConsentRequest request = ConsentRequest.pending(parties, journey, content, now, now.plus(timeToLive));
        step.request(request.id()).result("Asked");
        store.add(request);
        events.accept(new Asked(request, recent.lastAsked(parties.clientId())));
        return new AskResult.Asked(request);
    }

    /** Of what a customer began, no more than is asked counts in the minute of the client, which others share. */
    private Optional<Refusal> refusal(
            AskingLimits ofClient, Question question, RecentQuestions recent, Instant now, Limits limits) {
        Optional<Refusal> refusal = limits.refusal(ofClient, question, recent, now);
        return refusal.isPresent() || !question.begunByCustomer()
                ? refusal
                : ofClient.refusalOfBegun(recent, store.countAsked(question, now));
    }

    /** The customer's own request, by the id that the app sees. Reading it so leaves no trace. */
    public Optional<ConsentRequest> find(Customer customer, String id) {
        return store.find(customer, id);
    }

    /**
     * Makes whoever else changes a consent between the two wait until this transaction ends, and so whoever takes back
     * what the customer granted: before a row is changed, as there.
     */
    public void lock(Parties parties) {
        answers.lock(parties);
    }

    /**
     * A request of the client to the customer, as it is now and stays until this transaction ends: whoever takes it
     * back has done so, or waits. Called before a row is changed.
     */
    public Optional<ConsentRequest> hold(Parties parties, String id) {
        return answers.hold(parties, id);
    }

    /**
     * The customer's own request, as it is now and stays until this transaction ends. For one that {@link #find} does
     * not find: where a transaction goes on seeing what it saw first (MariaDB), what was asked since.
     */
    public Optional<ConsentRequest> current(Customer customer, String id) {
        return store.hold(customer, id);
    }

    /** A request of the realm, for its staff. */
    public Optional<ConsentRequest> find(String realmId, String id) {
        return store.find(realmId, id);
    }

    /** The client's own request, by what its journey calls it. */
    public Optional<ConsentRequest> find(String realmId, String clientId, Journey journey) {
        return store.find(realmId, clientId, journey);
    }

    /** What the client was called that asked; empty for a request from before that was kept. */
    public Optional<ClientName> askedBy(ConsentRequest request) {
        return store.askedBy(request.id());
    }

    /** The words that the customer was shown before answering; empty where they were not kept. */
    public Optional<ShownText> shownText(ConsentRequest request) {
        return request.findDecision()
                .map(decision -> decision.evidence().textHash())
                .flatMap(store::shownText);
    }

    /** A client is removed: what it asked and nobody answered goes, and the answers stay as history. */
    public void clientRemoved(String realmId, String clientId) {
        store.removeUnanswered(realmId, clientId);
    }

    /**
     * A client is switched off: what it asked and nobody answered is over, as if its time had run out. What was granted
     * and not fetched is taken back later, see {@link #ofSwitchedOff}. What was fetched before stands, and is worth
     * nothing as long as the client is off. Safe to repeat.
     */
    public void clientSwitchedOff(String realmId, String clientId) {
        Instant now = clock.instant();
        store.endAll(realmId, clientId, now.minus(ConsentRequest.LONGEST_AMENDMENT), now);
    }

    /** What clients asked that are off, and nobody answered, is over: also what came later than the switch. */
    public void endOfSwitchedOff() {
        store.endAllOfSwitchedOff(clock.instant());
    }

    /**
     * What customers granted to clients that are off, on any node and in any realm, and nobody has fetched or taken
     * back yet. It is redeemed by nobody, also after its client is on again.
     *
     * @param max how many at the most
     */
    public List<ConsentRequest> ofSwitchedOff(int max) {
        return store.approvedOfSwitchedOff(clock.instant(), max);
    }

    /** A customer is removed: what nobody answered goes, and the answers stay and name nobody any more. */
    public void customerRemoved(Customer customer) {
        store.removeUnanswered(customer, Consents.PSEUDONYM_PREFIX + UUID.randomUUID());
    }

    /**
     * The customer's own requests, newest first.
     *
     * @param after those after this place alone, if there is one
     * @param max how many to return at the most, 1 or more
     */
    public List<ConsentRequest> list(Customer customer, Filter filter, Optional<Position> after, int max) {
        return store.list(customer, filter, after, max);
    }

    /**
     * Shows a request to its customer. The first time that one is read while it can be answered is kept; what an admin
     * reads in the customer's place the customer has not read.
     *
     * @param reader who reads; only asked where it matters
     */
    public Optional<ConsentRequest> open(Customer customer, String id, Supplier<Responder> reader) {
        Optional<ConsentRequest> found = store.find(customer, id);
        found.filter(this::canBeOpened).ifPresent(request -> open(request, reader.get()));
        return found;
    }

    private boolean canBeOpened(ConsentRequest request) {
        return request.openedAt() == null && request.isPending(clock.instant());
    }

    private void open(ConsentRequest request, Responder reader) {
        if (!Answers.isOwn(request, reader)
                && Authority.toTakingBack(reader.circumstances()).isEmpty()
                && store.open(request, clock.instant())) {
            events.accept(new Opened(request, reader));
        }
    }

    /**
     * Takes the customer's answer. Safe to repeat: the answer that was taken first stands, and giving it again is
     * answered as the first time. Of two different answers at once exactly one is taken. The client that asked never
     * answers, and nobody who may not answer for the customer does. What the answer does not grant, of what was asked,
     * is taken back where it was granted before.
     *
     * <p>A denial can report the question at once or later; the report stands. The client that is reported is blocked,
     * so that a later report takes who may block it.
     */
    public DecisionResult decide(Customer customer, String id, Decision decision, Responder decider) {
        return traces.step("consent decide", step -> {
            DecisionResult result = answers.decide(customer, id, decision, decider, request -> describe(request, step));
            step.result(word(decision, result));
            return result;
        });
    }

    private static String word(Decision decision, DecisionResult result) {
        if (result instanceof DecisionResult.Decided) {
            return decision instanceof Decision.Deny ? "Denied" : "Approved";
        }
        return result.getClass().getSimpleName();
    }

    /** Most clients and customers call in traces of their own, so that the question's is linked. */
    private void describe(ConsentRequest request, Step step) {
        step.request(request.id())
                .of(request.parties())
                .journey(request.journey().name())
                .begunAt(() -> askedAt(request));
    }

    /** Where in whose trace the question was asked; empty where nobody traced it. */
    public Optional<TracePlace> askedAt(ConsentRequest request) {
        return store.askedAt(request.id());
    }

    /** What a yes to a pending request has to be signed with. A no is never signed. */
    public SignatureDemand signature(ConsentRequest request) {
        return signing.demand(request.parties(), request.permissions().asked(), request.details());
    }

    /** Whether a no to the request is taken, or was taken before. Leaves no trace. */
    public boolean takesDenial(Customer customer, String id) {
        return answers.takesDenial(customer, id);
    }

    /** A customer sends more answers than the server takes: told for who watches, and nothing else. */
    public void refuseOverTheLimit(Customer customer, String id, Responder decider) {
        answers.refuseOverTheLimit(customer, id, decider);
    }

    /**
     * The customer wants no question of the client any more. What is open is denied, and what was granted before
     * stands.
     *
     * @return what speaks against it: then nothing changed
     */
    public Optional<Objection> block(Parties parties, Responder decider) {
        return answers.block(parties, decider);
    }

    /**
     * Takes back what the customer granted to a client before and the client has not fetched yet, where it grants
     * something of these permissions or details: as a whole, so that the client asks again.
     *
     * @param claims those of the permissions that are meant by some of their claims alone
     * @param details that are meant, and what is more or less of the same. A no to details says nothing of others
     *     alike; an end of what came of a yes does.
     */
    public void withdraw(Parties parties, Set<String> permissions, ClaimLimits claims, Details details) {
        answers.withdraw(parties, permissions, claims, details);
    }

    /** Takes back all that the customer granted to a client before and the client has not fetched yet. */
    public void withdrawAll(Parties parties) {
        answers.withdrawAll(parties);
    }

    /**
     * Takes one approval back by which nothing is to come: somebody else may have got it, or its client is off. Safe to
     * repeat.
     */
    public void withdraw(ConsentRequest approved) {
        if (approved.status() == ConsentRequestStatus.APPROVED) {
            answers.withdraw(approved);
        }
    }

    /** Ends the time of a request that nobody answered, and that nobody needs to. Safe to repeat. */
    public void drop(ConsentRequest request) {
        expire(request);
    }

    /** The same. @return whether this call, and no other on any node, ended it */
    public boolean expire(ConsentRequest request) {
        return store.end(request, clock.instant());
    }

    /**
     * Gives free by what a question's journey calls it, so that it can be asked anew. Only of one that is over and was
     * not answered, or whose yes was taken back; it stays as history. Safe to repeat.
     */
    public void release(ConsentRequest request) {
        store.release(request, clock.instant());
    }

    /** How the client's own request stands now. What was redeemed once is unknown ever after. */
    public Standing standing(String realmId, String clientId, Journey journey) {
        ConsentRequest request = store.find(realmId, clientId, journey).orElse(null);
        if (request == null || request.status() == ConsentRequestStatus.REDEEMED) {
            return new Standing.Unknown();
        }
        if (request.lapsed(clock.instant())) {
            return new Standing.Expired();
        }
        return switch (request.status()) {
            case PENDING -> new Standing.Pending(request.expiresAt());
            case DENIED, WITHDRAWN -> new Standing.Denied();
            case APPROVED -> new Standing.Approved(request);
            case REDEEMED -> throw new IllegalStateException("answered above");
        };
    }

    /**
     * Redeems an approved request for the scope that is left of what was asked for. At most once, on any node. A yes is
     * worth nothing as long as the customer is disabled, or a client by which it was asked for or given.
     *
     * @param permissionsInToken the permissions that a token for a {@code scope} would carry as the realm stands now:
     *     the ids of their client scopes by their names. Nothing is redeemed where one of them was not granted, or is
     *     another one by now.
     */
    public Redemption redeem(Standing.Approved approved, Function<String, Map<String, String>> permissionsInToken) {
        ConsentRequest request = approved.request();
        return redeem(
                request,
                request.decision().granted(),
                permissionsInToken,
                () -> store.redeem(request, clock.instant()),
                new Redeemed(request));
    }

    /** The client's own request that was redeemed, for who may redeem it again. */
    public Optional<ConsentRequest> redeemed(String realmId, String clientId, Journey journey) {
        return store.find(realmId, clientId, journey)
                .filter(request -> request.status() == ConsentRequestStatus.REDEEMED);
    }

    /**
     * Redeems a request again whose client did not get its answer. Of two at once the second one waits for the first
     * one's commit.
     *
     * @param request one that was redeemed
     * @param within how long after the first redemption; it also ends with the request's own time
     * @param stands the names of the permissions that what came of the request grants now: of these, those that were
     *     granted in the request, and what they became since
     * @param permissionsInToken as in {@link #redeem}
     */
    public Redemption redeemAgain(
            ConsentRequest request,
            Duration within,
            Set<String> stands,
            Function<String, Map<String, String>> permissionsInToken) {
        Instant now = clock.instant();
        Set<String> granted =
                grants.changes(request.parties()).related(request.decision().granted());
        granted.retainAll(stands);
        return redeem(
                request,
                granted,
                permissionsInToken,
                () -> store.redeemAgain(request, now.minus(within), now),
                new RedeemedAgain(request));
    }

    private Redemption redeem(
            ConsentRequest request,
            Set<String> granted,
            Function<String, Map<String, String>> permissionsInToken,
            BooleanSupplier mark,
            ConsentRequestEvent event) {
        return traces.step("consent redeem", step -> {
            describe(request, step);
            Redemption redemption = redeemNow(request, granted, permissionsInToken, mark, event);
            step.result(redemption.getClass().getSimpleName());
            return redemption;
        });
    }

    private Redemption redeemNow(
            ConsentRequest request,
            Set<String> granted,
            Function<String, Map<String, String>> permissionsInToken,
            BooleanSupplier mark,
            ConsentRequestEvent event) {
        if (gate.toRedeem(request).isPresent()) {
            return new Redemption.Barred();
        }
        String scope = scope(request, granted);
        Set<String> notGranted = new HashSet<>();
        permissionsInToken.apply(scope).forEach((name, scopeId) -> {
            if (!granted.contains(name) || !request.permissions().isSame(name, scopeId)) {
                notGranted.add(name);
            }
        });
        notGranted.addAll(details.lost(request));
        if (!notGranted.isEmpty()) {
            return new Redemption.Widened(notGranted);
        }
        if (!mark.getAsBoolean()) {
            return new Redemption.Gone();
        }
        events.accept(event);
        return new Redemption.Redeemed(request, scope);
    }

    /** With the names that were not those of the question. */
    private static String scope(ConsentRequest request, Set<String> granted) {
        Set<String> scope = Scopes.split(request.permissions().narrow(request.scope(), granted));
        granted.stream()
                .filter(name -> !request.permissions().asked().contains(name))
                .sorted()
                .forEach(scope::add);
        return Scopes.join(scope);
    }

    /** Says who may answer, and whose answer is worth tokens. */
    interface Gate {

        /** What speaks against this answer to a request that is open. */
        Optional<Objection> toAnswer(ConsentRequest request, Decision decision, Responder decider);

        /** What speaks against a block of a client, and a report, which brings one. */
        Optional<Objection> toBlock(Responder decider);

        /** What speaks against tokens for a request that was approved. */
        Optional<Objection> toRedeem(ConsentRequest request);
    }

    /** Says which authorization details may be granted. */
    interface Choice {

        /**
         * What an approval grants of those that the request asks for.
         *
         * @param chosen or empty for all
         */
        DetailSelection select(ConsentRequest request, Optional<Details> chosen);

        /** The types of what was approved that the client may not have any more. */
        Set<String> lost(ConsentRequest request);

        /** Whether some details grant what one of the others does, or more or less of it. */
        boolean overlap(Details some, Details others);
    }

    /** Says whether who approves has the page in sight by which the question came. */
    interface Sight {

        /** @param number that the page shows, as it came with the answer */
        NumberResult check(ConsentRequest request, Optional<String> number, Responder decider);
    }

    /** As {@link AskingLimits#refusal}, or another of its kind. */
    @FunctionalInterface
    private interface Limits {
        Optional<Refusal> refusal(AskingLimits limits, Question question, RecentQuestions recent, Instant now);
    }

    /** A link that is gone shows nothing: then nobody approves. */
    private record SightOfSession(KeycloakSession session) implements Sight {

        @Override
        public NumberResult check(ConsentRequest request, Optional<String> number, Responder decider) {
            if (!request.journey().is(Journey.APP_LINK)) {
                return new NumberResult.Right();
            }
            Links links = Links.of(session);
            return links.find(request.parties().realmId(), request.journey().reference())
                    .map(link -> links.checkNumber(link, request.parties().userId(), decider.sessionId(), number))
                    .orElseGet(NumberResult.Missing::new);
        }
    }

    private record ChoiceOfSession(KeycloakSession session) implements Choice {

        @Override
        public DetailSelection select(ConsentRequest request, Optional<Details> chosen) {
            RealmModel realm = session.getContext().getRealm();
            return DetailTypes.of(session)
                    .select(request.details(), chosen, request.permissions().selectable(), () -> Accounts.of(session)
                            .of(
                                    realm,
                                    session.users()
                                            .getUserById(
                                                    realm, request.parties().userId())));
        }

        @Override
        public Set<String> lost(ConsentRequest request) {
            if (request.decision().details().isEmpty()) {
                return Set.of();
            }
            ClientModel client = session.clients()
                    .getClientById(
                            session.getContext().getRealm(), request.parties().clientId());
            return DetailTypes.of(session).lost(client, request.decision().details(), request.details());
        }

        @Override
        public boolean overlap(Details some, Details others) {
            return !some.isEmpty()
                    && !others.isEmpty()
                    && DetailTypes.of(session).overlap(some, others);
        }
    }

    private record Gatekeeper(Authority authority) implements Gate {

        @Override
        public Optional<Objection> toAnswer(ConsentRequest request, Decision decision, Responder decider) {
            Optional<Objection> objection = decision instanceof Decision.Deny
                    ? authority.toDenial(request.parties(), decider.clientId(), decider.circumstances())
                    : authority.toApproval(
                            request.parties(), decider.clientId(), decider.circumstances(), request.acrValues());
            return objection.or(() -> authority.toQuestion(request.parties(), request.createdAt()));
        }

        @Override
        public Optional<Objection> toBlock(Responder decider) {
            return Authority.toSettings(decider.circumstances());
        }

        @Override
        public Optional<Objection> toRedeem(ConsentRequest request) {
            return authority
                    .toRedemption(
                            request.parties(), request.decision().evidence().clientId())
                    .or(() -> authority.toQuestion(request.parties(), request.createdAt()));
        }
    }

    /** What customers granted before, by whatever names that goes since. */
    interface Grants {

        /** Takes what a customer's newest answer did not grant, of what it was asked about, from what stands. */
        void takeBack(Parties parties, RequestedPermissions refused);

        /** How the names of permissions in requests may have changed since. */
        Changes changes(Parties parties);
    }

    private record GrantsOfSession(KeycloakSession session) implements Grants {

        @Override
        public void takeBack(Parties parties, RequestedPermissions refused) {
            if (refused.asked().isEmpty()) {
                return;
            }
            Optional<ClientModel> client = realm(parties).map(realm -> realm.getClientById(parties.clientId()));
            Consents.of(session)
                    .takeBack(
                            parties,
                            refused.asked(),
                            refused.claims(),
                            changes(parties),
                            client.map(ChangedPermissions::availableTo).orElse(scope -> false),
                            Actor.CUSTOMER);
        }

        @Override
        public Changes changes(Parties parties) {
            return realm(parties)
                    .map(realm -> ChangedPermissions.of(realm).current())
                    .orElse(Changes.NONE);
        }

        private Optional<RealmModel> realm(Parties parties) {
            return Optional.ofNullable(session.realms().getRealm(parties.realmId()));
        }
    }
}
