package io.assent.consent;

import io.assent.claim.ClaimLimits;
import io.assent.claim.ClaimSet;
import io.assent.consent.Consent.Access;
import io.assent.consent.Consent.TokenSession;
import io.assent.consent.ConsentEvent.Changed;
import io.assent.consent.ConsentEvent.ConfirmationDue;
import io.assent.consent.ConsentEvent.Confirmed;
import io.assent.consent.ConsentEvent.Ended;
import io.assent.consent.ConsentEvent.Granted;
import io.assent.consent.ConsentEvent.Narrowed;
import io.assent.consent.ConsentEvent.Renewed;
import io.assent.consent.ConsentEvent.Suspended;
import io.assent.consent.ConsentStore.Filter;
import io.assent.detail.DetailTypes;
import io.assent.detail.Details;
import io.assent.evidence.SignedContent;
import io.assent.permission.change.Changes;
import io.assent.permission.change.Mapping;
import io.assent.permission.change.NamedScope;
import io.assent.permission.change.Outcome;
import io.assent.permission.change.Replacement;
import io.assent.rules.ConsentRules;
import io.assent.server.AssentEventListener;
import io.assent.server.Customer;
import io.assent.server.Parties;
import io.assent.server.Position;
import io.assent.server.ServerTime;
import io.assent.signature.SignatureVerdict;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.keycloak.models.KeycloakSession;

/**
 * The door to consents: grant, confirm, narrow, follow changes, end. Every rule about one is here, every change is a
 * line of its history, and is told to the {@link AssentEventListener}s. Belongs to the caller's transaction.
 */
public final class Consents {

    /** What the id of a customer begins with who was removed, in what is kept of the customer's consents. */
    public static final String PSEUDONYM_PREFIX = "removed:";

    /** How long a one-time consent waits for its token: longer than any code. */
    private static final Duration ONE_TIME_VALIDITY = Duration.ofMinutes(30);

    /** A confirmation that is repeated within this time is the same one. */
    private static final Duration SAME_CONFIRMATION = Duration.ofHours(1);

    private static final Duration USES_TOLD_APART = Duration.ofHours(1);

    private static final int BATCH = 1_000;

    private final ConsentStore store;
    private final Function<Parties, ConsentRules> rules;
    private final InstantSource clock;
    private final Consumer<ConsentEvent> events;
    private final DetailRules details;

    /** @param rules what the bank decided about the client */
    Consents(
            ConsentStore store,
            Function<Parties, ConsentRules> rules,
            DetailRules details,
            InstantSource clock,
            Consumer<ConsentEvent> events) {
        this.store = store;
        this.rules = rules;
        this.details = details;
        this.clock = clock;
        this.events = events;
    }

    public static Consents of(KeycloakSession session) {
        return new Consents(
                session.getProvider(ConsentStore.class),
                parties -> ConsentRules.of(session, parties.clientId()),
                new DetailRulesOfSession(session),
                ServerTime::now,
                event -> AssentEventListener.tell(session, event));
    }

    /**
     * A customer's yes stands from now on, with tokens and a session of its own, beside what stands already.
     *
     * @param access what was granted; something at the least
     */
    public Consent grantOwn(Parties parties, String requestId, Access access, String userSessionId) {
        return add(
                Consent.standing(
                        parties,
                        requestId,
                        access,
                        new TokenSession(userSessionId, true),
                        Term.from(clock.instant(), rules.apply(parties))
                                .noLongerThan(details.validUntil(access.details()))),
                Actor.CUSTOMER);
    }

    /**
     * A customer's yes is good for one token, which is to be fetched soon. One request gives rise to one such consent:
     * called again, this returns the same one, whatever became of it.
     *
     * @param access what was granted; something at the least
     * @param session where the token will be issued
     */
    public Consent grantOnce(Parties parties, String requestId, Access access, TokenSession session) {
        return store.ofRequest(parties, requestId).stream()
                .filter(Consent::isOneTime)
                .findFirst()
                .orElseGet(() -> add(
                        Consent.oneTime(
                                parties, requestId, access, session, Term.of(clock.instant(), ONE_TIME_VALIDITY)),
                        Actor.CUSTOMER));
    }

    /**
     * Uses a one-time consent up: its token is issued in this transaction.
     *
     * @return whether this call, and no other on any node, used it up
     */
    public boolean consume(Consent consent) {
        return consent.isOneTime()
                && consent.stands(clock.instant())
                && end(consent, ConsentStatus.CONSUMED, Actor.TPP).isPresent();
    }

    /**
     * A customer's yes in the browser stands from now on. A customer and a client have one such consent at the most,
     * which the newest answer changes: its tokens are all those of the client in the customer's logins.
     *
     * <p>What is carried over from other consents was granted by the answers that these came from: each has a line of
     * the history of its own.
     *
     * @param requestId the request that the customer answered; where nothing of it was granted, and nothing else says
     *     where what stands came from, the one that stands for it
     * @param access all that is granted from now on; something at the least
     * @param answered what of it the customer was asked for now; what is carried over from before makes nothing stand
     *     longer than before
     */
    public Consent grantShared(
            Parties parties, String requestId, Access access, Access answered, String userSessionId) {
        store.lock(parties);
        Instant now = clock.instant();
        List<Consent> live = store.live(parties);
        Term term = term(parties, access, answered, live, now);
        Actor by = answered.isNothing() ? Actor.SYSTEM : Actor.CUSTOMER;
        Consent before = shared(live).orElse(null);
        if (before == null) {
            TokenSession logins = new TokenSession(userSessionId, false);
            List<String> carried = answers(access.without(answered), live, now);
            String from = answered.isNothing() ? carried.stream().findFirst().orElse(requestId) : requestId;
            Consent granted = Consent.standing(parties, from, access, logins, term);
            String answer = answered.isNothing() && carried.isEmpty() ? null : from;
            add(granted, ConsentRecord.Type.GRANTED, by, granted.grantedAt(), answer);
            recordCarried(granted, carried, now);
            return granted;
        }
        // what nobody was asked for did not come of this request: the answer from before is what proves it
        String answeredIn = answered.isNothing() ? before.requestId() : requestId;
        Consent after = before.moved(answeredIn, access, term, before.session());
        if (!write(before, new Granted(after), ConsentRecord.Type.GRANTED, by, now)) {
            // changed at the same time: what is there now says what to do
            return grantShared(parties, requestId, access, answered, userSessionId);
        }
        recordCarried(after, answers(access.without(answered).without(before.access()), live, now), now);
        return after;
    }

    /**
     * The answers by which the customer granted what is carried over, as far as each proves something; newest first.
     */
    private static List<String> answers(Access carried, List<Consent> live, Instant now) {
        List<String> answers = new ArrayList<>();
        Access open = carried;
        for (int at = live.size() - 1; at >= 0; at--) {
            Consent consent = live.get(at);
            if (!consent.isOneTime() && consent.stands(now) && consent.access().overlaps(open)) {
                answers.add(consent.requestId());
                open = open.without(consent.access());
            }
        }
        return answers;
    }

    private void recordCarried(Consent consent, List<String> answers, Instant at) {
        answers.stream()
                .filter(answer -> !answer.equals(consent.requestId()))
                .forEach(answer -> store.add(line(consent, ConsentRecord.Type.GRANTED, Actor.SYSTEM, at)
                        .answering(answer)));
    }

    /** What a client wants to become of what it was granted before; of whom it asks is not known yet. */
    public GrantWish wish(String realmId, String clientId, GrantParameters sent) {
        return GrantWish.of(sent, id -> store.find(realmId, clientId, id)
                .filter(consent -> consent.stands(clock.instant()) && !consent.isOneTime()));
    }

    /** The same where it is known: what another customer granted is like what never was. */
    public GrantWish wish(Parties parties, GrantParameters sent) {
        GrantWish wish = wish(parties.realmId(), parties.clientId(), sent);
        return wish instanceof GrantWish.Change change
                        && !change.consent().parties().equals(parties)
                ? GrantWish.Refused.unknown()
                : wish;
    }

    /**
     * A customer's yes changes a consent, whose tokens hang on a session of its own from now on. Those from before end.
     * It stands as the rules say for a new one, where the customer was asked for all of it; else no longer than before.
     *
     * @param access what was granted
     */
    public GrantWish.Result change(GrantWish.Change wish, String requestId, Access access, String userSessionId) {
        Parties parties = wish.consent().parties();
        store.lock(parties);
        Consent before = store.find(parties.customer(), wish.consent().id()).orElse(null);
        Instant now = clock.instant();
        if (before == null || !before.stands(now)) {
            return new GrantWish.Result.Ended();
        }
        Access all = wish.action() == GrantWish.Action.MERGE ? before.access().and(access, details::merged) : access;
        if (all.isNothing()) {
            return new GrantWish.Result.Ended();
        }
        if (!access.details().isEmpty() && all.details().areTooManyToKeep()) {
            return new GrantWish.Result.TooManyDetails();
        }
        Consent after = before.moved(
                requestId,
                all,
                term(parties, all, access, List.of(before), now),
                new TokenSession(userSessionId, true));
        if (!write(before, new Granted(after), ConsentRecord.Type.GRANTED, Actor.CUSTOMER, now)) {
            // changed at the same time: what is there now says what to do
            return change(wish, requestId, access, userSessionId);
        }
        events.accept(new Renewed(after, before.session(), userSessionId));
        return new GrantWish.Result.Changed(after);
    }

    /**
     * A customer's yes to more, on top of what a consent grants: its tokens, its term and the request that it came from
     * stay as they are, and changes of the bank's permissions can be undone as before. One that waits to be confirmed
     * is worth as little as before.
     *
     * @param requestId by the answer to which request
     * @param more what was granted; something at the least
     * @return the consent as it goes on; empty where it is live no more
     */
    public Optional<Consent> widen(Consent consent, String requestId, List<GrantedPermission> more) {
        store.lock(consent.parties());
        Consent before = store.find(consent.parties().customer(), consent.id()).orElse(null);
        Instant now = clock.instant();
        if (before == null || !before.canBeWidened(now)) {
            return Optional.empty();
        }
        Consent after = before.granting(before.access().and(Access.to(more)).permissions());
        if (!store.change(before, after)) {
            // changed at the same time: what is there now says what to do
            return widen(consent, requestId, more);
        }
        store.add(line(after, ConsentRecord.Type.GRANTED, Actor.CUSTOMER, now)
                .replacing(replaced(before))
                .answering(requestId));
        events.accept(new Granted(after, requestId));
        return Optional.of(after);
    }

    /**
     * The consent that came of a request, if its client can have the tokens anew: it stands, and no later request
     * changed it. Not where a part of the answer was good for one token: that may have been used.
     */
    public Optional<Consent> reissuable(Parties parties, String requestId) {
        List<Consent> all = store.ofRequest(parties, requestId);
        return all.stream().anyMatch(Consent::isOneTime)
                ? Optional.empty()
                : all.stream()
                        .filter(consent -> consent.session().own() && consent.stands(clock.instant()))
                        .findFirst();
    }

    /**
     * The client gets the tokens anew that it was to get for a request: they hang on another session, and those from
     * before end. Nothing that is granted changes, so that this is no line of the history.
     *
     * @return the consent as it goes on; empty where it is not {@link #reissuable}
     */
    public Optional<Consent> reissue(Parties parties, String requestId, String userSessionId) {
        store.lock(parties);
        Consent before = reissuable(parties, requestId).orElse(null);
        if (before == null) {
            return Optional.empty();
        }
        Consent after = before.moved(requestId, before.access(), before.term(), new TokenSession(userSessionId, true));
        if (!store.change(before, after)) {
            // changed at the same time: what is there now says what to do
            return reissue(parties, requestId, userSessionId);
        }
        events.accept(new Renewed(after, before.session(), userSessionId));
        return Optional.of(after);
    }

    /**
     * The tokens that a consent of the browser has so far end, and it goes on.
     *
     * @param userSessionId the login that its next tokens will hang on
     */
    public void renew(Consent consent, String userSessionId) {
        events.accept(new Renewed(consent, consent.session(), userSessionId));
    }

    /** As the rules say from now on; but no longer than what is carried over without a question would have stood. */
    private Term term(Parties parties, Access access, Access answered, List<Consent> live, Instant now) {
        Access carried = access.without(answered);
        return live.stream()
                .filter(consent -> consent.stands(now) && consent.access().overlaps(carried))
                .map(Consent::term)
                .reduce(Term.from(now, rules.apply(parties)), Term::noLongerThan)
                .noLongerThan(details.validUntil(access.details()));
    }

    /** The live consent between a customer and a client that hangs on the customer's own logins. */
    public Optional<Consent> shared(Parties parties) {
        return shared(store.live(parties));
    }

    /** The same, of all that is {@link #live} between the two. */
    public static Optional<Consent> shared(List<Consent> live) {
        return live.stream()
                .filter(consent -> !consent.session().own() && !consent.isOneTime())
                .findFirst();
    }

    /**
     * What a customer granted before there were consents stands on as one that is shared, for as long as it would have.
     * Safe to repeat.
     *
     * @param permissions what was granted, one at the least
     * @param grantedAt when the customer said yes to them, or to the first of them
     * @return empty where its time is over, or there is or was a consent between the two: it says all that there is
     */
    public Optional<Consent> carryOver(
            Parties parties, String requestId, List<GrantedPermission> permissions, Instant grantedAt) {
        Instant now = clock.instant();
        Term term = Term.from(grantedAt.isBefore(now) ? grantedAt : now, rules.apply(parties));
        if (term.isOver(now) || store.isKnown(parties)) {
            return Optional.empty();
        }
        Consent old = Consent.standing(parties, requestId, Access.to(permissions), TokenSession.UNKNOWN, term);
        return Optional.of(add(old, ConsentRecord.Type.IMPORTED, Actor.SYSTEM, now, null));
    }

    private Consent add(Consent consent, Actor by) {
        return add(consent, ConsentRecord.Type.GRANTED, by, consent.grantedAt(), consent.requestId());
    }

    /** @param answer by the answer to which request, or {@code null} where that is not known */
    private Consent add(Consent consent, ConsentRecord.Type type, Actor by, Instant at, String answer) {
        if (consent.access().isNothing()) {
            throw new IllegalArgumentException("a consent grants something");
        }
        store.add(consent, line(consent, type, by, at).answering(answer));
        events.accept(new Granted(consent));
        return consent;
    }

    /** The consents that stand between a customer and a client, oldest first. */
    public List<Consent> standingConsents(Parties parties) {
        return standing(store.live(parties), clock.instant());
    }

    /** The same, of all that is {@link #live} between the two. */
    public static List<Consent> standing(List<Consent> live, Instant now) {
        return live.stream().filter(consent -> consent.stands(now)).toList();
    }

    /**
     * Makes whoever else changes something between the two wait until this transaction ends. It comes before any row is
     * changed, everywhere, so that no two wait for each other.
     */
    public void lock(Parties parties) {
        store.lock(parties);
    }

    /**
     * The ids of the client scopes that consents grant, for who keeps Keycloak's own record as their union: called with
     * the {@link #lock}, the second one of two changes at once sees what the first one left.
     */
    public SettledScopes settledScopes(Parties parties) {
        Instant now = clock.instant();
        ConsentStore.Settled settled = store.settled(parties);
        Set<String> granted = settled.grants().stream()
                .filter(grant -> Consent.stands(grant.status(), grant.term(), now))
                .flatMap(grant -> grant.scopeIds().stream())
                .collect(Collectors.toSet());
        return new SettledScopes(granted, settled.stored());
    }

    /**
     * What is live between a customer and a client, oldest first: also what is suspended, or over and not ended yet.
     */
    public List<Consent> live(Parties parties) {
        return store.live(parties);
    }

    /** The customer's own consent. */
    public Optional<Consent> find(Customer customer, String id) {
        return store.find(customer, id);
    }

    /**
     * Whether tokens that were issued for a consent are worth nothing any more, whatever sessions say; also where it is
     * unknown. The one token that used a consent up is good until its own end.
     *
     * @param userSessionId what the tokens hang on
     */
    public boolean isOver(String realmId, String id, String userSessionId) {
        return store.find(realmId, id)
                .map(consent -> !consent.hangsOn(userSessionId)
                        || (consent.status() != ConsentStatus.CONSUMED
                                && (!consent.status().isLive() || consent.isOver(clock.instant()))))
                .orElse(true);
    }

    /** The client's own consent. */
    public Optional<Consent> find(String realmId, String clientId, String id) {
        return store.find(realmId, clientId, id);
    }

    /** A consent of the realm, for its staff. */
    public Optional<Consent> find(String realmId, String id) {
        return store.find(realmId, id);
    }

    /**
     * The consents of a realm that a query asks for, newest first. For its staff.
     *
     * @param after those after this place alone, if there is one
     * @param max how many to return at the most, 1 or more
     */
    public List<Consent> search(ConsentQuery query, Optional<Position> after, int max) {
        return store.search(query, after, max);
    }

    /** What the client was called that it was granted to; empty for one that was granted before that was kept. */
    public Optional<ClientName> grantedTo(Consent consent) {
        return store.grantedTo(consent.id());
    }

    /** The client's own consent, unless it has ended or its time has come. */
    public Optional<Consent> findLive(String realmId, String clientId, String id) {
        return store.find(realmId, clientId, id)
                .filter(consent -> consent.status().isLive() && !consent.isOver(clock.instant()));
    }

    /**
     * The customer's own consents, newest first.
     *
     * @param after those after this place alone, if there is one
     * @param max how many to return at the most, 1 or more
     */
    public List<Consent> list(Customer customer, Filter filter, Optional<Position> after, int max) {
        return store.list(customer, filter, after, max);
    }

    /** Whether the answer to a request changed a consent, or made it. */
    public boolean isAnsweredBy(Consent consent, String requestId) {
        return store.isInHistory(consent.id(), requestId);
    }

    /** The ids of the requests by whose answers a consent came to grant what it does, the newest first. */
    public List<String> answers(Consent consent) {
        List<String> answers = store.history(consent.id()).stream()
                .flatMap(line -> line.findRequestId().stream())
                .collect(Collectors.toCollection(ArrayList::new));
        Collections.reverse(answers);
        return answers;
    }

    /** Whether a consent granted a permission of this name once, and does not any more. */
    public boolean hasLost(Consent consent, String name) {
        return !consent.names().contains(name)
                && store.history(consent.id()).stream()
                        .anyMatch(line -> line.permissions().contains(name));
    }

    /** What happened to a consent, oldest first. */
    public List<ConsentRecord> history(Consent consent) {
        return store.history(consent.id());
    }

    /**
     * The customer's newest answer about some permissions was no: every live consent of the client loses them, and one
     * that has nothing else ends.
     */
    public void takeBack(Parties parties, Set<String> permissions, Actor by) {
        takeBack(parties, permissions, ClaimLimits.NONE, by);
    }

    private void takeBack(Parties parties, Set<String> permissions, ClaimLimits claims, Actor by) {
        if (!permissions.isEmpty()) {
            takeBack(
                    parties,
                    granted -> permissions.contains(granted.name())
                            ? granted.afterNoTo(claims.of(granted.name()))
                            : Optional.of(granted),
                    by);
        }
    }

    /**
     * The same by the ids of client scopes: one that was made anew under the name of another stays. Called with what
     * was found under the {@link #lock}.
     */
    public void takeBackScopes(Parties parties, Set<String> scopeIds, Actor by) {
        if (!scopeIds.isEmpty()) {
            takeBack(parties, granted -> Optional.of(granted).filter(kept -> !scopeIds.contains(kept.scopeId())), by);
        }
    }

    /** @param left what stays of a permission that is granted */
    private void takeBack(Parties parties, Function<GrantedPermission, Optional<GrantedPermission>> left, Actor by) {
        store.lock(parties);
        boolean late;
        do {
            late = false;
            for (Consent consent : store.live(parties)) {
                List<GrantedPermission> rest = consent.permissions().stream()
                        .flatMap(granted -> left.apply(granted).stream())
                        .toList();
                // what is changed at the same time is looked at again: a no is not lost
                late |= !rest.equals(consent.permissions())
                        && leave(consent, rest, by).isEmpty();
            }
        } while (late);
    }

    /**
     * The same where the bank's permissions change: by whatever names the permissions went and go. The consents follow
     * the changes first, so that nothing that was refused comes of what they were asked by before.
     *
     * @param claims those of the permissions that were refused for some of their claims alone: a no to a claim is none
     *     to another that was granted before
     * @param available whether a token of the client can have a permission
     */
    public void takeBack(
            Parties parties,
            Set<String> permissions,
            ClaimLimits claims,
            Changes changes,
            Predicate<NamedScope> available,
            Actor by) {
        follow(parties, changes, available);
        takeBack(parties, changes.related(permissions), claims, by);
    }

    /** Lets all live consents of a customer and a client follow the changes of the bank's permissions. */
    public void follow(Parties parties, Changes changes, Predicate<NamedScope> available) {
        if (!changes.isEmpty()) {
            store.lock(parties);
            store.live(parties).forEach(consent -> follow(consent, changes, available));
        }
    }

    /**
     * Leaves a consent with a part of what it grants.
     *
     * @param names the names of the permissions that stay
     */
    public NarrowResult narrow(Customer customer, String id, Set<String> names, Actor by) {
        Consent consent = store.find(customer, id).orElse(null);
        if (consent == null) {
            return new NarrowResult.NotFound();
        }
        if (!consent.status().isLive() || consent.isOver(clock.instant())) {
            return new NarrowResult.Over(consent);
        }
        if (!consent.names().containsAll(names)) {
            return new NarrowResult.Wider();
        }
        if (names.isEmpty() && consent.details().isEmpty()) {
            return new NarrowResult.Nothing();
        }
        if (consent.names().equals(names)) {
            return new NarrowResult.Narrowed(consent);
        }
        List<GrantedPermission> rest = consent.permissions().stream()
                .filter(permission -> names.contains(permission.name()))
                .toList();
        return leave(consent, rest, by)
                .<NarrowResult>map(NarrowResult.Narrowed::new)
                // changed at the same time: what is there now says what to do
                .orElseGet(() -> narrow(customer, id, names, by));
    }

    private Optional<Consent> leave(Consent consent, List<GrantedPermission> rest, Actor by) {
        if (rest.isEmpty() && consent.details().isEmpty()) {
            return end(consent, ConsentStatus.REVOKED, by);
        }
        Consent narrowed = consent.granting(rest);
        Narrowed event = new Narrowed(narrowed, consent.access().without(narrowed.access()), by);
        store.lock(consent.parties());
        return write(consent, event, ConsentRecord.Type.NARROWED, by, clock.instant())
                ? Optional.of(narrowed)
                : Optional.empty();
    }

    /**
     * Lets a consent follow the changes of the bank's permissions: it grants the same or less by other names, as far as
     * its client was given those, and ends where nothing is left. Called again, this changes nothing.
     *
     * @param available whether a token of its client can have a permission
     * @return the consent as it is from now on
     */
    public Consent follow(Consent consent, Changes changes, Predicate<NamedScope> available) {
        Mapping mapping = mapping(consent, changes, available);
        if (mapping.done().isEmpty()) {
            return consent;
        }
        return follow(consent, mapping, changes)
                // changed at the same time: what is there now says what to do
                .or(() -> store.find(consent.parties().realmId(), consent.id())
                        .map(now -> follow(now, changes, available)))
                .orElse(consent);
    }

    /** What changes of the bank's permissions would make of a consent. */
    public Mapping mapping(Consent consent, Changes changes, Predicate<NamedScope> available) {
        List<NamedScope> granted = consent.scopes();
        return consent.isOneTime() || !consent.status().isLive() || consent.isOver(clock.instant())
                ? new Mapping(granted, List.of(), Outcome.UNCHANGED)
                : changes.apply(granted, changes.hasUndone() ? replaced(consent) : List.of(), available);
    }

    /** The same in one word. */
    public Outcome outcome(Consent consent, Changes changes, Predicate<NamedScope> available) {
        Mapping mapping = mapping(consent, changes, available);
        return !mapping.done().isEmpty() && endsWith(consent, mapping) ? Outcome.ENDS : mapping.outcome();
    }

    private static boolean endsWith(Consent consent, Mapping mapping) {
        return mapping.granted().isEmpty() && consent.details().isEmpty();
    }

    /** What the customer has said nothing about since. */
    private List<Replacement> replaced(Consent consent) {
        List<Replacement> replaced = new ArrayList<>();
        for (ConsentRecord line : store.history(consent.id())) {
            if (line.isAnAnswer()) {
                replaced.clear();
            }
            replaced.addAll(line.replaced());
        }
        return replaced;
    }

    private Optional<Consent> follow(Consent consent, Mapping mapping, Changes changes) {
        if (endsWith(consent, mapping)) {
            return end(consent, ConsentStatus.REVOKED, Actor.SYSTEM);
        }
        Map<String, Optional<ClaimSet>> claims = new HashMap<>();
        consent.permissions().forEach(permission -> claims.put(permission.scopeId(), permission.claims()));
        List<Replacement> undoable = mapping.done().stream()
                .map(done -> replace(claims, done, changes.inPlace(done)))
                .toList();
        Consent changed = consent.granting(mapping.granted().stream()
                .map(scope -> new GrantedPermission(scope.id(), scope.name(), claims.get(scope.id())))
                .toList());
        store.lock(consent.parties());
        if (!store.change(consent, changed)) {
            return Optional.empty();
        }
        store.add(line(changed, ConsentRecord.Type.CHANGED, Actor.SYSTEM, clock.instant())
                .replacing(undoable));
        events.accept(new Changed(changed, consent.names()));
        return Optional.of(changed);
    }

    /**
     * What comes in the place of others is for no claims but theirs; what was granted before as well, for those on top.
     *
     * @param claims for which of their claims the permissions are granted, by their ids; as it is from then on
     * @param inPlace what is granted in the place of what was taken
     * @return what of it can be undone
     */
    private static Replacement replace(
            Map<String, Optional<ClaimSet>> claims, Replacement done, List<NamedScope> inPlace) {
        List<Optional<ClaimSet>> taken =
                done.taken().stream().map(scope -> claims.get(scope.id())).toList();
        Optional<ClaimSet> theirs = ClaimLimits.inPlaceOf(taken);
        Map<String, Optional<ClaimSet>> onTop = new HashMap<>();
        if (!taken.isEmpty()) {
            inPlace.stream()
                    .map(NamedScope::id)
                    .filter(claims::containsKey)
                    .forEach(id -> onTop.put(id, ClaimLimits.both(claims.get(id), theirs)));
            onTop.entrySet().removeIf(more -> more.getValue().equals(claims.get(more.getKey())));
        }
        Replacement undoable = undoable(done, taken, !onTop.isEmpty());
        done.taken().forEach(scope -> claims.remove(scope.id()));
        done.given().forEach(scope -> claims.put(scope.id(), theirs));
        claims.putAll(onTop);
        return undoable;
    }

    /**
     * Where nothing came in its place, a permission that was for some of its claims is not given again: for which is
     * not kept. Where another one got its claims on top of its own, nothing is: that one keeps them, and who took the
     * first one back would not take them back.
     */
    private static Replacement undoable(Replacement done, List<Optional<ClaimSet>> taken, boolean onTop) {
        if (onTop) {
            return new Replacement(done.changeId(), List.of(), List.of(), done.undone());
        }
        if (!done.given().isEmpty()) {
            return done;
        }
        List<NamedScope> whole = new ArrayList<>();
        for (int at = 0; at < taken.size(); at++) {
            if (taken.get(at).isEmpty()) {
                whole.add(done.taken().get(at));
            }
        }
        return new Replacement(done.changeId(), whole, done.given(), done.undone());
    }

    /**
     * Ends a consent of the customer. Safe to repeat.
     *
     * @return the consent as it ended, now or before; empty where the customer has no such consent
     */
    public Optional<Consent> withdraw(Customer customer, String id, Actor by) {
        return revoke(() -> store.find(customer, id), by);
    }

    /** Ends all that is {@link #live} between a customer and a client. Safe to repeat. */
    public void withdrawAll(Parties parties, Actor by) {
        store.lock(parties);
        store.live(parties).forEach(consent -> withdraw(parties.customer(), consent.id(), by));
    }

    /**
     * Ends a consent of the client, at the client's own wish. Safe to repeat.
     *
     * @return the consent as it ended, now or before; empty where the client has no such consent
     */
    public Optional<Consent> giveBack(String realmId, String clientId, String id) {
        return revoke(() -> store.find(realmId, clientId, id), Actor.TPP);
    }

    private Optional<Consent> revoke(Supplier<Optional<Consent>> find, Actor by) {
        return find.get().map(consent -> {
            if (!consent.status().isLive()) {
                return consent;
            }
            return end(consent, ConsentStatus.REVOKED, by)
                    // changed at the same time: what is there now says what to do
                    .or(() -> revoke(find, by))
                    .orElse(consent);
        });
    }

    /**
     * The customer says yes again to a consent that is live: from now on it stands, unless its time is over, until it
     * is to be confirmed the next time. Its end does not move. Safe to repeat: soon after a confirmation, another one
     * changes nothing, whatever it is signed with.
     *
     * @param signing whether it is signed as it has to be; asked where it would change something
     */
    public ConfirmResult confirm(Customer customer, String id, Actor by, Signing signing) {
        Consent consent = store.find(customer, id).orElse(null);
        if (consent == null) {
            return new ConfirmResult.NotFound();
        }
        Instant now = clock.instant();
        if (!consent.status().isLive() || consent.isOver(now)) {
            return new ConfirmResult.Over(consent);
        }
        boolean repeated = consent.stands(now) && consent.term().confirmedAt().isAfter(now.minus(SAME_CONFIRMATION));
        if (repeated) {
            return new ConfirmResult.Confirmed(consent);
        }
        SignedYes yes = signing.of(consent, now);
        if (!yes.stands()) {
            return new ConfirmResult.Unsigned(yes.verdict());
        }
        Consent confirmed =
                consent.in(ConsentStatus.ACTIVE, consent.term().confirmed(now, rules.apply(consent.parties())));
        store.lock(consent.parties());
        if (!store.change(consent, confirmed)) {
            // changed at the same time: what is there now says what to do
            return confirm(customer, id, by, signing);
        }
        store.add(line(confirmed, ConsentRecord.Type.CONFIRMED, by, now)
                .signedWith(yes.signed().orElse(null)));
        events.accept(new Confirmed(confirmed, by));
        return new ConfirmResult.Confirmed(confirmed);
    }

    /** The consents of all realms whose customers are to be asked to confirm them; what is due first comes first. */
    public List<Consent> toRemind(int max) {
        return store.toRemind(clock.instant(), max);
    }

    /** Asks for the confirmation of a consent, once. */
    public void remind(Consent consent) {
        Consent reminded = consent.in(consent.status(), consent.term().reminded());
        store.lock(consent.parties());
        write(consent, new ConfirmationDue(reminded), ConsentRecord.Type.REMINDED, Actor.SYSTEM, clock.instant());
    }

    /** The consents of all realms that were not confirmed in time and are active by their rows. */
    public List<Consent> unconfirmed(int max) {
        return store.unconfirmed(clock.instant(), max);
    }

    /** Suspends a consent that was not confirmed in time, unless it was confirmed meanwhile. */
    public void suspend(Consent consent) {
        Instant now = clock.instant();
        Consent suspended = consent.in(ConsentStatus.SUSPENDED, consent.term());
        store.lock(consent.parties());
        if (consent.isSuspended(now)) {
            write(consent, new Suspended(suspended), ConsentRecord.Type.SUSPENDED, Actor.SYSTEM, now);
        }
    }

    /** Keeps that the client got a token for it; to the hour, so that most uses write nothing. */
    public void use(Consent consent) {
        Instant now = clock.instant();
        Instant before = now.minus(USES_TOLD_APART);
        if (consent.lastUsedAt() == null || consent.lastUsedAt().isBefore(before)) {
            store.touch(consent, now, before);
        }
    }

    /**
     * Ends a consent of the realm for its staff. Safe to repeat: the note of the first end stands.
     *
     * @param note who does it and why
     */
    public EndResult end(String realmId, String id, StaffNote note) {
        Consent consent = store.find(realmId, id).orElse(null);
        if (consent == null) {
            return new EndResult.NotFound();
        }
        if (!consent.status().isLive()) {
            return new EndResult.EndedBefore(consent);
        }
        return end(consent, ConsentStatus.REVOKED, Actor.STAFF, note)
                .<EndResult>map(EndResult.Ended::new)
                // changed at the same time: what is there now says what to do
                .orElseGet(() -> end(realmId, id, note));
    }

    /**
     * A client is removed: what is live with it ends. Its consents may be very many, and its sessions go with it, so
     * that each gets its line of history, and is not told one by one.
     */
    public void clientRemoved(String realmId, String clientId) {
        store.endAllOfClient(realmId, clientId, new Consent.End(Actor.SYSTEM, clock.instant()));
    }

    /**
     * A customer is removed: what is live ends, and the history names nobody any more. It is found by the consents' own
     * ids, and all of it has one pseudonym, which says nothing of whose it was.
     */
    public void customerRemoved(Customer customer) {
        List<Consent> live = store.list(customer, Filter.LIVE, Optional.empty(), BATCH);
        while (!live.isEmpty()) {
            live.forEach(consent -> end(consent, ConsentStatus.REVOKED, Actor.SYSTEM));
            live = store.list(customer, Filter.LIVE, Optional.empty(), BATCH);
        }
        store.rename(customer, PSEUDONYM_PREFIX + UUID.randomUUID());
    }

    /** What is over and not ended yet, in all realms; what ended first comes first. */
    public List<Consent> over(int max) {
        return store.over(clock.instant(), max);
    }

    /** Ends a consent that is over, unless it was granted anew meanwhile. */
    public void expire(Consent consent) {
        if (consent.isOver(clock.instant())) {
            end(consent, ConsentStatus.EXPIRED, Actor.SYSTEM);
        }
    }

    private Optional<Consent> end(Consent consent, ConsentStatus how, Actor by) {
        return end(consent, how, by, null);
    }

    private Optional<Consent> end(Consent consent, ConsentStatus how, Actor by, StaffNote note) {
        Consent.End end = new Consent.End(by, clock.instant());
        store.lock(consent.parties());
        if (!store.end(consent, how, end)) {
            return Optional.empty();
        }
        Consent ended = consent.ended(how, end);
        ConsentRecord.Type type = ConsentRecord.Type.valueOf(how.name());
        store.add(new ConsentRecord(ended.id(), type, by, end.at(), Set.of(), Details.NONE).notedBy(note));
        events.accept(new Ended(ended, by));
        return Optional.of(ended);
    }

    /**
     * Writes a change with its line of history, and tells of it; called with the lock.
     *
     * @return whether the consent still was as {@code before}; else nothing is written, and nobody is told
     */
    private boolean write(Consent before, ConsentEvent event, ConsentRecord.Type type, Actor by, Instant at) {
        if (!store.change(before, event.consent())) {
            return false;
        }
        record(event.consent(), type, by, at);
        events.accept(event);
        return true;
    }

    private void record(Consent consent, ConsentRecord.Type type, Actor by, Instant at) {
        boolean answered = type == ConsentRecord.Type.GRANTED && by == Actor.CUSTOMER;
        store.add(line(consent, type, by, at).answering(answered ? consent.requestId() : null));
    }

    /** What it grants from then on. */
    private static ConsentRecord line(Consent consent, ConsentRecord.Type type, Actor by, Instant at) {
        return new ConsentRecord(consent.id(), type, by, at, consent.names(), consent.details());
    }

    /**
     * What is settled between a customer and a client, by the ids of client scopes.
     *
     * @param granted what the consents that stand grant
     * @param stored what Keycloak's own record says; empty where the database has none
     */
    public record SettledScopes(Set<String> granted, Optional<Set<String>> stored) {}

    /** What the types of authorization details say of those that are granted. */
    @FunctionalInterface
    interface DetailRules {

        /** The first moment at which one of them allows nothing any more, if there is one. */
        Optional<Instant> validUntil(Details granted);

        /** What was granted before and what is granted on top. */
        default Details merged(Details before, Details more) {
            return before.and(more);
        }
    }

    /** Asks no type where there are no details. */
    private record DetailRulesOfSession(KeycloakSession session) implements DetailRules {

        @Override
        public Optional<Instant> validUntil(Details granted) {
            return granted.isEmpty()
                    ? Optional.empty()
                    : DetailTypes.of(session).validUntil(granted);
        }

        @Override
        public Details merged(Details before, Details more) {
            return more.isEmpty() ? before : DetailTypes.of(session).merged(before, more);
        }
    }

    /** Whether the customer signed a yes again, to this consent at this moment. */
    @FunctionalInterface
    public interface Signing {

        SignedYes of(Consent consent, Instant at);
    }

    /**
     * What a yes again came with.
     *
     * @param verdict what was found of it
     * @param signed what is kept, where it was signed
     */
    public record SignedYes(SignatureVerdict verdict, Optional<SignedContent> signed) {

        /** One that is not signed and need not be, or is refused. */
        public SignedYes(SignatureVerdict verdict) {
            this(verdict, Optional.empty());
        }

        private boolean stands() {
            return verdict instanceof SignatureVerdict.Unsigned || verdict instanceof SignatureVerdict.Signed;
        }
    }
}
