package io.assent.request;

import io.assent.consent.Actor;
import io.assent.consent.ClientName;
import io.assent.consent.Consents;
import io.assent.evidence.Circumstances;
import io.assent.evidence.Evidence;
import io.assent.evidence.ShownText;
import io.assent.permission.RequestedPermissions;
import io.assent.permission.RequestedPermissions.Selection;
import io.assent.request.ConsentRequest.Journey;
import io.assent.request.ConsentRequestEvent.Asked;
import io.assent.request.ConsentRequestEvent.Decided;
import io.assent.request.ConsentRequestEvent.DecisionRefused;
import io.assent.request.ConsentRequestEvent.Opened;
import io.assent.request.ConsentRequestEvent.Reason;
import io.assent.request.ConsentRequestEvent.Redeemed;
import io.assent.request.ConsentRequestEvent.RedeemedAgain;
import io.assent.request.ConsentRequestEvent.Withdrawn;
import io.assent.request.ConsentRequestStore.Filter;
import io.assent.server.AssentEventListener;
import io.assent.server.Customer;
import io.assent.server.Parties;
import io.assent.server.Position;
import io.assent.server.ServerTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.keycloak.models.KeycloakSession;

/**
 * The door to consent requests: ask, open, decide, redeem. Every rule about a request is here, whatever journey it came
 * by, and every change is told to the {@link AssentEventListener}s. Belongs to the caller's transaction.
 */
public final class ConsentRequests {

    private final ConsentRequestStore store;
    private final InstantSource clock;
    private final Consumer<Parties> lock;
    private final BiConsumer<Parties, Set<String>> refusals;
    private final Consumer<ConsentRequestEvent> events;

    /**
     * @param lock makes whoever changes a consent between the two wait: before a row is changed, as there
     * @param refusals takes what a customer's newest answer did not grant, of what it was asked about
     */
    ConsentRequests(
            ConsentRequestStore store,
            InstantSource clock,
            Consumer<Parties> lock,
            BiConsumer<Parties, Set<String>> refusals,
            Consumer<ConsentRequestEvent> events) {
        this.store = store;
        this.clock = clock;
        this.lock = lock;
        this.refusals = refusals;
        this.events = events;
    }

    public static ConsentRequests of(KeycloakSession session) {
        return new ConsentRequests(
                session.getProvider(ConsentRequestStore.class),
                ServerTime::now,
                parties -> Consents.of(session).lock(parties),
                (parties, permissions) -> Consents.of(session).takeBack(parties, permissions, Actor.CUSTOMER),
                event -> AssentEventListener.tell(session, event));
    }

    /**
     * Puts a question to a customer.
     *
     * @param scope the whole OAuth {@code scope} that is asked for, space separated
     * @param bindingMessage shown on both devices (CIBA Core 1.0, section 7.1), or {@code null}
     * @param timeToLive how long it can be answered and redeemed
     */
    public ConsentRequest ask(
            Parties parties,
            Journey journey,
            String scope,
            RequestedPermissions permissions,
            String bindingMessage,
            Duration timeToLive) {
        Instant now = clock.instant();
        ConsentRequest request =
                ConsentRequest.pending(parties, journey, scope, permissions, bindingMessage, now, now.plus(timeToLive));
        store.add(request);
        events.accept(new Asked(request));
        return request;
    }

    /** The customer's own request, by the id that the app sees. Reading it so leaves no trace. */
    public Optional<ConsentRequest> find(Customer customer, String id) {
        return store.find(customer, id);
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
     * Shows a request to its customer. The first time that one is read while it can be answered is kept.
     *
     * @param reader who reads; only asked where it matters
     */
    public Optional<ConsentRequest> open(Customer customer, String id, Supplier<Responder> reader) {
        Optional<ConsentRequest> found = store.find(customer, id);
        found.filter(this::canBeOpened).ifPresent(request -> open(request, reader.get()));
        return found;
    }

    private boolean canBeOpened(ConsentRequest request) {
        return request.openedAt() == null
                && request.status() == ConsentRequestStatus.PENDING
                && !request.lapsed(clock.instant());
    }

    private void open(ConsentRequest request, Responder reader) {
        if (!isOwn(request, reader) && store.open(request, clock.instant())) {
            events.accept(new Opened(request, reader));
        }
    }

    /**
     * Takes the customer's answer. Safe to repeat: the answer that was taken first stands, and giving it again is
     * answered as the first time. Of two different answers at once exactly one is taken. The client that asked never
     * answers. What the answer does not grant, of what was asked, is taken back where it was granted before.
     */
    public DecisionResult decide(Customer customer, String id, Decision decision, Responder decider) {
        ConsentRequest request = store.find(customer, id).orElse(null);
        DecisionResult result =
                request == null ? new DecisionResult.NotFound() : decide(customer, request, decision, decider);
        refusal(result)
                .ifPresent(reason -> events.accept(new DecisionRefused(
                        customer, id, request == null ? null : request.parties().clientId(), decider, reason)));
        return result;
    }

    /** A customer sends more answers than the server takes: told for who watches, and nothing else. */
    public void refuseOverTheLimit(Customer customer, String id, Responder decider) {
        events.accept(new DecisionRefused(customer, id, null, decider, Reason.OVER_THE_LIMIT));
    }

    private DecisionResult decide(Customer customer, ConsentRequest request, Decision decision, Responder decider) {
        if (isOwn(request, decider)) {
            return new DecisionResult.OwnClient();
        }
        if (request.status() != ConsentRequestStatus.PENDING) {
            return compare(request, decision);
        }
        Instant now = clock.instant();
        if (request.lapsed(now)) {
            return new DecisionResult.Expired();
        }
        Selection selection = selection(request, decision);
        if (selection instanceof Selection.Refused refused) {
            return new DecisionResult.InvalidSelection(refused);
        }
        RecordedDecision answer = new RecordedDecision(
                decision instanceof Decision.Approve,
                ((Selection.Granted) selection).permissions(),
                now,
                decider.deviceId(),
                evidence(request, decider));
        Set<String> refused = request.permissions().without(answer.granted()).asked();
        if (!refused.isEmpty()) {
            lock.accept(request.parties());
        }
        if (store.decide(request, answer)) {
            ConsentRequest decided = request.decided(answer);
            withdraw(request.parties(), refused);
            refusals.accept(request.parties(), refused);
            events.accept(new Decided(decided, decider));
            return new DecisionResult.Decided(decided);
        }
        // somebody was faster, time ran out between the look and the update, or the request was removed
        return store.find(customer, request.id())
                .map(current -> current.status() == ConsentRequestStatus.PENDING
                        ? new DecisionResult.Expired()
                        : compare(current, decision))
                .orElseGet(DecisionResult.NotFound::new);
    }

    private Evidence evidence(ConsentRequest request, Responder decider) {
        Circumstances circumstances = decider.circumstances();
        Optional<ShownText> text = circumstances.display().of(request.parties().clientId(), request.permissions());
        text.ifPresent(store::keep);
        return new Evidence(
                decider.clientId(),
                decider.sessionId(),
                circumstances.acr(),
                circumstances.authTime(),
                circumstances.address(),
                text.map(ShownText::hash).orElse(null));
    }

    /**
     * Takes back what the customer granted to a client before and the client has not fetched yet, where it grants one
     * of these permissions: as a whole, so that the client asks again.
     */
    public void withdraw(Parties parties, Set<String> permissions) {
        if (!permissions.isEmpty()) {
            withdraw(
                    parties, request -> !Collections.disjoint(request.decision().granted(), permissions));
        }
    }

    /** Takes back all that the customer granted to a client before and the client has not fetched yet. */
    public void withdrawAll(Parties parties) {
        withdraw(parties, request -> true);
    }

    private void withdraw(Parties parties, Predicate<ConsentRequest> which) {
        Instant now = clock.instant();
        store.approved(parties, now).stream().filter(which).forEach(request -> {
            if (store.withdraw(request, now)) {
                events.accept(new Withdrawn(request));
            }
        });
    }

    private static boolean isOwn(ConsentRequest request, Responder responder) {
        return request.parties().clientId().equals(responder.clientId());
    }

    private static DecisionResult compare(ConsentRequest request, Decision decision) {
        return saysTheSame(request, decision)
                ? new DecisionResult.Decided(request)
                : new DecisionResult.AlreadyDecided(request);
    }

    private static boolean saysTheSame(ConsentRequest request, Decision decision) {
        boolean approved = request.decision().approved();
        if (decision instanceof Decision.Deny) {
            return !approved;
        }
        return approved
                && selection(request, decision) instanceof Selection.Granted same
                && same.permissions().equals(request.decision().granted());
    }

    private static Selection selection(ConsentRequest request, Decision decision) {
        return decision instanceof Decision.Approve approve
                ? request.permissions().select(approve.selection())
                : new Selection.Granted(Set.of());
    }

    private static Optional<Reason> refusal(DecisionResult result) {
        if (result instanceof DecisionResult.NotFound) {
            return Optional.of(Reason.FOREIGN);
        }
        if (result instanceof DecisionResult.OwnClient) {
            return Optional.of(Reason.OWN_CLIENT);
        }
        if (result instanceof DecisionResult.Expired) {
            return Optional.of(Reason.LATE);
        }
        if (result instanceof DecisionResult.AlreadyDecided) {
            return Optional.of(Reason.CONTRADICTING);
        }
        return result instanceof DecisionResult.InvalidSelection
                ? Optional.of(Reason.INVALID_SELECTION)
                : Optional.empty();
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
            case PENDING -> new Standing.Pending(request);
            case DENIED, WITHDRAWN -> new Standing.Denied();
            case APPROVED -> new Standing.Approved(request);
            case REDEEMED -> throw new IllegalStateException("answered above");
        };
    }

    /**
     * Redeems an approved request for the scope that is left of what was asked for. At most once, on any node.
     *
     * @param permissionsInToken the names of the permissions that a token for a {@code scope} would carry as the realm
     *     stands now; nothing is redeemed where one of them was not granted
     */
    public Redemption redeem(Standing.Approved approved, Function<String, Set<String>> permissionsInToken) {
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
     * @param stands the names of the permissions that what came of the request still grants
     * @param permissionsInToken as in {@link #redeem}
     */
    public Redemption redeemAgain(
            ConsentRequest request,
            Duration within,
            Set<String> stands,
            Function<String, Set<String>> permissionsInToken) {
        Instant now = clock.instant();
        Set<String> granted = new HashSet<>(request.decision().granted());
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
            Function<String, Set<String>> permissionsInToken,
            BooleanSupplier mark,
            ConsentRequestEvent event) {
        String scope = request.permissions().narrow(request.scope(), granted);
        Set<String> notGranted = new HashSet<>(permissionsInToken.apply(scope));
        notGranted.removeAll(granted);
        if (!notGranted.isEmpty()) {
            return new Redemption.Widened(notGranted);
        }
        lock.accept(request.parties());
        if (!mark.getAsBoolean()) {
            return new Redemption.Gone();
        }
        events.accept(event);
        return new Redemption.Redeemed(request, scope);
    }
}
