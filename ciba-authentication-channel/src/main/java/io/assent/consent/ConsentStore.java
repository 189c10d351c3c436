package io.assent.consent;

import io.assent.server.Customer;
import io.assent.server.Parties;
import io.assent.server.Position;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.keycloak.provider.Provider;

/**
 * Keeps consents and their history: rows and conditional updates, no rules. Those are in {@link Consents}, which alone
 * calls what changes a row. Every call belongs to the caller's transaction and is scoped.
 */
public interface ConsentStore extends Provider {

    /**
     * Stores a new, active consent.
     *
     * @param first of its history
     * @throws org.keycloak.models.ModelDuplicateException if another transaction stored it, as one of the same request
     *     that is good for one token, or it has no session of its own, and another transaction stored such a consent of
     *     the same customer and client; the caller's transaction has to be rolled back then
     */
    void add(Consent consent, ConsentRecord first);

    /** The customer's own consent. */
    Optional<Consent> find(Customer customer, String id);

    /** The client's own consent, whoever granted it. */
    Optional<Consent> find(String realmId, String clientId, String id);

    /** A consent of the realm, whoever granted it to whom. */
    Optional<Consent> find(String realmId, String id);

    /** Whether there is or was a consent between a customer and a client. */
    boolean isKnown(Parties parties);

    /** What is live between a customer and a client, oldest first. */
    List<Consent> live(Parties parties);

    /** All that came of a request of a client to a customer, live or ended. */
    List<Consent> ofRequest(Parties parties, String requestId);

    /**
     * Waits for whoever changes anything between a customer and a client, and makes others wait until this transaction
     * ends: by what Keycloak itself stores of the two, where it stores something. Nothing happens where this
     * transaction has done so.
     */
    void lock(Parties parties);

    /**
     * What the live consents between a customer and a client grant, and what Keycloak's own record says of it, as
     * others left both: called with the lock.
     */
    Settled settled(Parties parties);

    /**
     * The customer's own consents, newest first.
     *
     * @param after those after this place alone, if there is one
     * @param max how many to return at the most, 1 or more
     */
    List<Consent> list(Customer customer, Filter filter, Optional<Position> after, int max);

    /**
     * The consents that a query asks for, newest first. Each query goes by an index, which reads no more than
     * {@code max} rows of each status, or those of one customer.
     *
     * @param after those after this place alone, if there is one
     * @param max how many to return at the most, 1 or more
     */
    List<Consent> search(ConsentQuery query, Optional<Position> after, int max);

    /** What the client was called that it was granted to; empty for one that was granted before that was kept. */
    Optional<ClientName> grantedTo(String consentId);

    /**
     * Ends a live consent. What is found after this call is read anew.
     *
     * @param how a status that is not live
     * @return whether this call, and no other on any node, ended it; not where it was changed meanwhile
     */
    boolean end(Consent consent, ConsentStatus how, Consent.End end);

    /**
     * Gives a live consent other permissions, another term or status. What is found after this call is read anew.
     *
     * @return whether it still was as {@code before}, and now is as {@code after}
     */
    boolean change(Consent before, Consent after);

    /** Consents of all realms whose time has come and that are live, those that ended first coming first. */
    List<Consent> over(Instant now, int max);

    /**
     * Consents of all realms whose customers are to be asked to confirm them by now, those that are due first first.
     */
    List<Consent> toRemind(Instant now, int max);

    /** Active consents of all realms that were to be confirmed by now, those that were due first coming first. */
    List<Consent> unconfirmed(Instant now, int max);

    /** Keeps when a consent was used last, where it was not used since {@code before}. */
    void touch(Consent consent, Instant now, Instant before);

    /** Adds to a consent's history. */
    void add(ConsentRecord event);

    /** Whether a line of a consent's history names a request. */
    boolean isInHistory(String consentId, String requestId);

    /** What happened to a consent, oldest first. */
    List<ConsentRecord> history(String consentId);

    /** Ends all that is live with a client that is removed, with a line in the history of each. */
    void endAllOfClient(String realmId, String clientId, Consent.End end);

    /** Puts another id in the place of a customer's own, in all of the customer's consents. */
    void rename(Customer customer, String pseudonym);

    /** Forgets everything of a realm. */
    void removeAll(String realmId);

    /** What one live consent grants, by the ids of client scopes. */
    record Grant(ConsentStatus status, Term term, Set<String> scopeIds) {
        public Grant {
            scopeIds = Set.copyOf(scopeIds);
        }
    }

    /**
     * What is settled between a customer and a client.
     *
     * @param stored the ids of the client scopes of Keycloak's own record; empty where the database has none
     */
    record Settled(List<Grant> grants, Optional<Set<String>> stored) {
        public Settled {
            grants = List.copyOf(grants);
            stored = stored.map(Set::copyOf);
        }
    }

    /** Which of a customer's consents to list. */
    enum Filter {
        ALL,
        LIVE,
        ENDED
    }
}
