package io.assent.handoff;

import io.assent.limit.Refusal;
import io.assent.link.ClaimAttempt;
import io.assent.link.EnterResult;
import io.assent.link.Link;
import io.assent.link.Links;
import io.assent.request.AskResult;
import io.assent.request.ConsentRequest;
import io.assent.request.ConsentRequest.Content;
import io.assent.request.ConsentRequest.Journey;
import io.assent.request.ConsentRequestStatus;
import io.assent.request.ConsentRequests;
import io.assent.request.Responder;
import io.assent.server.Customer;
import io.assent.server.Parties;
import io.assent.server.ServerTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import org.keycloak.models.KeycloakSession;

/**
 * The door between a login that waits in a browser and the customer's app: ask for it, claim it, hear how it stands.
 * Belongs to the caller's transaction.
 */
public final class Handoff {

    private final Links links;
    private final ConsentRequests requests;
    private final BiFunction<Link, Customer, Optional<Content>> open;
    private final Predicate<Approval> code;
    private final InstantSource clock;

    /**
     * @param open what is open of a login's wish for a customer; empty where its client or the customer is gone
     * @param code whether the browser has to show that it is the one that the customer sees
     */
    Handoff(
            Links links,
            ConsentRequests requests,
            BiFunction<Link, Customer, Optional<Content>> open,
            Predicate<Approval> code,
            InstantSource clock) {
        this.links = links;
        this.requests = requests;
        this.open = open;
        this.code = code;
        this.clock = clock;
    }

    public static Handoff of(KeycloakSession session) {
        return new Handoff(
                Links.of(session),
                ConsentRequests.of(session),
                new OpenWish(session)::of,
                new CodeDemand(session)::of,
                ServerTime::now);
    }

    /**
     * Asks a customer whom the browser knows, in the app. The same again is the question that is there, also where it
     * was answered; another one takes its place.
     *
     * @param link a live one
     */
    public AskResult ask(Link link, Parties parties, Content content) {
        // what is asked no more comes first, as where it is answered: so neither waits for the other
        request(link).filter(request -> !isThere(request, content)).ifPresent(this::dropPending);
        Link held = links.hold(link);
        Optional<ConsentRequest> before = request(held, parties.customer());
        Optional<ConsentRequest> same = before.filter(request -> isThere(request, content));
        if (same.isPresent()) {
            return new AskResult.Asked(same.get());
        }
        before.ifPresent(this::dropPending);
        AskResult result = requests.ask(parties, journey(held), content, timeLeft(held));
        if (result instanceof AskResult.Asked asked
                && !links.ask(held, asked.request().id(), parties.userId())) {
            requests.drop(asked.request());
            return new AskResult.Refused(Refusal.SAME);
        }
        return result;
    }

    private boolean isThere(ConsentRequest request, Content content) {
        return request.content().equals(content) && !request.expired(clock.instant());
    }

    /**
     * Gives a link to the phone that scanned it, or opened it, and asks its customer what is open. The same again in
     * the same session is answered as the first time, also after the answer.
     *
     * @param claimer the session that claims, and from where
     * @param secret as the phone read it
     */
    public ClaimResult claim(Customer customer, Responder claimer, String secret) {
        ClaimAttempt attempt = links.claim(
                customer, claimer.sessionId(), claimer.circumstances().address(), secret);
        if (attempt instanceof ClaimAttempt.Won won) {
            return request(won.link(), customer)
                    .<ClaimResult>map(ClaimResult.Claimed::new)
                    .orElseGet(() -> ask(won.link(), customer));
        }
        if (attempt instanceof ClaimAttempt.Used) {
            return new ClaimResult.Used();
        }
        return attempt instanceof ClaimAttempt.OtherCustomer
                ? new ClaimResult.OtherCustomer()
                : new ClaimResult.NotFound();
    }

    private ClaimResult ask(Link link, Customer customer) {
        Optional<Content> content = open.apply(link, customer);
        if (content.isEmpty()) {
            return new ClaimResult.NotFound();
        }
        AskResult result = requests.askWhoScanned(
                new Parties(link.realmId(), link.clientId(), customer.userId()),
                journey(link),
                content.get(),
                timeLeft(link));
        if (result instanceof AskResult.Refused refused) {
            return new ClaimResult.Refused(refused.reason());
        }
        ConsentRequest asked = ((AskResult.Asked) result).request();
        if (!links.ask(link, asked.id(), customer.userId())) {
            requests.drop(asked);
            return new ClaimResult.Used();
        }
        return new ClaimResult.Claimed(asked);
    }

    /** How a link stands for its login: what a page was told before is never believed. */
    public Answer answer(Link link) {
        Optional<ConsentRequest> request = request(link);
        return switch (link.state(clock.instant())) {
            case OPEN, CLAIMED -> waiting(link, request);
            case APPROVED -> approved(link, request, true);
            case CODE -> approved(link, request, false);
            case DENIED -> new Answer.Denied();
            case OVER -> new Answer.Over();
        };
    }

    private Answer waiting(Link link, Optional<ConsentRequest> request) {
        if (request.filter(asked -> asked.expired(clock.instant())).isPresent()) {
            return new Answer.Over();
        }
        return link.findClaim().isPresent() ? new Answer.Claimed() : new Answer.Open();
    }

    private static Answer approved(Link link, Optional<ConsentRequest> request, boolean goesOn) {
        return request.filter(answered -> answered.status() == ConsentRequestStatus.APPROVED)
                .<Answer>map(answered ->
                        new Answer.Approved(answered, goesOn, link.proof().codeDemanded()))
                .orElseGet(Answer.Denied::new);
    }

    /** The login goes on by what was approved. @return whether this call does; it is done once */
    public boolean use(Link link) {
        lock(link);
        return links.use(link);
    }

    /** Somebody typed digits into the page. */
    public EnterResult enter(Link link, String digits) {
        // who is not known yet can't go on by digits either
        if (link.userId() != null) {
            lock(link);
        }
        return links.enter(link, digits);
    }

    /** Before the link is changed, as where it is taken back: so neither waits for the other. */
    private void lock(Link link) {
        requests.lock(new Parties(link.realmId(), link.clientId(), link.userId()));
    }

    /** The login ends, or goes on by another way: nobody is asked any more. Safe to repeat. */
    public void leave(Link link) {
        // the request comes first, as where it is answered: so neither waits for the other
        request(link).ifPresent(this::dropPending);
        links.leave(link);
        links.find(link.realmId(), link.id()).flatMap(this::request).ifPresent(this::dropPending);
    }

    private void dropPending(ConsentRequest request) {
        if (request.isPending(clock.instant())) {
            requests.drop(request);
        }
    }

    /** A request was answered that was asked for a link. */
    void answered(ConsentRequest request) {
        link(request).ifPresent(link -> {
            if (request.decision().approved()) {
                // for as long as what was approved can be taken back, and no longer
                links.prove(link, code.test(new Approval(request, link)), request.expiresAt());
            } else {
                links.deny(link);
            }
        });
    }

    /** What was approved does not stand any more. */
    void withdrawn(ConsentRequest request) {
        link(request).ifPresent(links::deny);
    }

    /** Nobody answered in time. */
    void expired(ConsentRequest request) {
        link(request).ifPresent(links::leave);
    }

    /** Somebody guessed: nothing is to come of what was approved. */
    void suspected(String realmId, String requestId) {
        requests.find(realmId, requestId).ifPresent(requests::withdraw);
    }

    /** The link that still waits for this very request. */
    private Optional<Link> link(ConsentRequest request) {
        return links.find(request.parties().realmId(), request.journey().reference())
                .filter(link -> request.id().equals(link.requestId()));
    }

    private Optional<ConsentRequest> request(Link link) {
        return link.findRequestId().flatMap(id -> requests.find(link.realmId(), id));
    }

    /** The same of a link that was read as it is now: its request may have been asked since this transaction began. */
    private Optional<ConsentRequest> request(Link link, Customer customer) {
        return request(link).or(() -> link.findRequestId().flatMap(id -> requests.current(customer, id)));
    }

    private static Journey journey(Link link) {
        return new Journey(Journey.APP_LINK, link.id());
    }

    private Duration timeLeft(Link link) {
        Instant now = clock.instant();
        return link.expiresAt().isAfter(now) ? Duration.between(now, link.expiresAt()) : Duration.ZERO;
    }

    /** A yes, and the link that waits for it. */
    record Approval(ConsentRequest request, Link link) {}
}
