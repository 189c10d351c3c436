package io.assent.request;

import io.assent.consent.ClientName;
import io.assent.evidence.ShownText;
import io.assent.limit.Question;
import io.assent.limit.RecentQuestions;
import io.assent.request.ConsentRequest.Journey;
import io.assent.server.Customer;
import io.assent.server.Parties;
import io.assent.server.Position;
import io.assent.trace.TracePlace;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.keycloak.provider.Provider;

/**
 * Keeps consent requests: rows and conditional updates, no rules. Those are in {@link ConsentRequests}, which alone
 * calls what changes a row.
 *
 * <p>Every call belongs to the caller's transaction and is scoped: a request is found by the customer it was put to, or
 * by the client that asked, and an id of anybody else's is like one that never was.
 */
public interface ConsentRequestStore extends Provider {

    /**
     * What a client and a customer had to do with each other of late, and what is being asked on this node right now.
     * From here until the end of the transaction the question counts among that. One statement.
     *
     * @param mostEnded how many of the client's ended questions it has at the most: the newest
     */
    RecentQuestions recent(Question question, int mostEnded, Instant now);

    /**
     * Counts a question that the customer began among those of its client.
     *
     * @return how many the client asked on this node in this minute, this one included
     */
    int countAsked(Question question, Instant now);

    /** Stores a new, pending request. */
    void add(ConsentRequest request);

    /** The customer's own request, by the id that the app sees. */
    Optional<ConsentRequest> find(Customer customer, String id);

    /** The same as it is now, which nobody else changes until this transaction ends. */
    Optional<ConsentRequest> hold(Customer customer, String id);

    /** A request of the realm, whoever it was put to. */
    Optional<ConsentRequest> find(String realmId, String id);

    /**
     * The client's own request, by what its journey calls it, as this transaction wrote it, or else as it is committed:
     * for those who ask again and again.
     */
    Optional<ConsentRequest> find(String realmId, String clientId, Journey journey);

    /**
     * The customer's own requests, newest first.
     *
     * @param filter which of them
     * @param after those after this place alone, if there is one
     * @param max how many to return at the most, 1 or more
     */
    List<ConsentRequest> list(Customer customer, Filter filter, Optional<Position> after, int max);

    /** Keeps when a request was read first. @return whether this call, and no other on any node, was the first */
    boolean open(ConsentRequest request, Instant now);

    /**
     * Keeps the answer of a request that is pending and whose time is not over when the answer was given. What is found
     * after this call is read anew.
     *
     * @return whether this call, and no other on any node, answered it
     */
    boolean decide(ConsentRequest request, RecordedDecision answer);

    /**
     * Marks an approved request as redeemed, if its time is not over. A rollback takes the mark back. Whoever changes
     * what was granted between the two waits from before the mark until this transaction ends, as by
     * {@link io.assent.consent.ConsentStore#lock}.
     *
     * @param now when the client's call came, whom a wait for the lock does not make late
     * @return whether this call, and no other on any node, redeemed it
     */
    boolean redeem(ConsentRequest request, Instant now);

    /**
     * Makes whoever else redeems a redeemed request again wait until this transaction ends, if its time is not over.
     * With the lock, as {@link #redeem}.
     *
     * @param since the earliest moment at which it may have been redeemed
     * @return whether it was redeemed since then
     */
    boolean redeemAgain(ConsentRequest request, Instant since, Instant now);

    /**
     * Ends the time of a request that is pending. What is found after this call is read anew.
     *
     * @return whether this call, and no other on any node, ended it
     */
    boolean end(String realmId, String id, Instant now);

    /**
     * The same for a request whose time ends as it was read.
     *
     * @return whether this call ended it: of several at once one, however far their clocks are apart
     */
    boolean end(ConsentRequest read, Instant now);

    /**
     * Makes a request be found by its journey no more that nobody answered and is over, or whose yes was taken back.
     */
    void release(ConsentRequest request, Instant now);

    /**
     * Ends the time of all that was asked for a client since a moment and nobody answered, in one statement. What this
     * session has read before does not know of it.
     */
    void endAll(String realmId, String clientId, Instant since, Instant now);

    /** The same of all that clients asked that are marked as off, in any realm; not of the bank's own questions. */
    void endAllOfSwitchedOff(Instant now);

    /** What customers granted to clients that are marked as off and that is not fetched yet, client by client. */
    List<ConsentRequest> approvedOfSwitchedOff(Instant now, int max);

    /** Keeps that a denied request was reported. @return whether this call, and no other on any node, was the first */
    boolean report(ConsentRequest request);

    /** What a client asks a customer, and nobody has answered. */
    List<ConsentRequest> pending(Parties parties, Instant now);

    /** Keeps the words that were shown, once; for good, whatever becomes of the transaction. */
    void keep(ShownText text);

    /** Words that were kept. */
    Optional<ShownText> shownText(String hash);

    /** What a customer granted to a client and the client has not fetched yet. */
    List<ConsentRequest> approved(Parties parties, Instant now);

    /**
     * Takes an approval back that was not redeemed yet. What is found after this call is read anew.
     *
     * @return whether this call, and no other on any node, took it back
     */
    boolean withdraw(ConsentRequest request, Instant now);

    /**
     * The requests of all realms that nobody answered in time, those that expired first coming first.
     *
     * @param after where to go on
     * @param until the latest end
     * @param max how many to return at the most, 1 or more
     */
    List<ConsentRequest> expired(Expiry after, Instant until, int max);

    /** Forgets all requests of a realm. */
    void removeAll(String realmId);

    /** Forgets the requests of a client that is removed, but for those that were answered. */
    void removeUnanswered(String realmId, String clientId);

    /**
     * Forgets the requests to a customer who is removed, but for those that were answered: these stay under another id,
     * without the address, session and device of the answer.
     */
    void removeUnanswered(Customer customer, String pseudonym);

    /** What the client was called that asked; empty for a request from before that was kept. */
    Optional<ClientName> askedBy(String requestId);

    /** Where in whose trace it was stored; empty where nobody traced that. */
    Optional<TracePlace> askedAt(String requestId);

    /** Which of a customer's requests to list. */
    enum Filter {
        ALL,
        /** Waiting for an answer that can still be given. */
        PENDING,
        /** Granted, redeemed or not. */
        APPROVED,
        DENIED,
        /** Never answered in time. */
        EXPIRED
    }
}
