package io.assent.link;

import io.assent.link.Link.Claim;
import io.assent.server.Customer;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.keycloak.provider.Provider;

/**
 * Keeps links: rows and conditional updates, no rules. Those are in {@link Links}, which alone calls what changes a
 * row. Belongs to the caller's transaction, but for what says otherwise. Secrets come as their hashes. What is found
 * after a call that changes a row is read anew.
 */
public interface LinkStore extends Provider {

    void add(Link link, String secretHash, String watchHash);

    Optional<Link> find(String realmId, String id);

    /**
     * The newest of a login in a browser that was not used, and whose time is not over.
     *
     * @param userId whose it is; empty for one that was opened while nobody knew the customer
     */
    Optional<Link> newest(Login login, String browserHash, Optional<String> userId, Instant now);

    List<Link> all(String realmId, Collection<String> ids);

    /** By its secret, or the one before. */
    Optional<Link> bySecret(String realmId, String hash);

    /** As it is committed: for pages, which ask again and again. */
    Optional<Link> byWatch(String realmId, String hash);

    Optional<Link> byReturn(String realmId, String hash);

    /** How links stand, whatever their realm, in one statement, as they are committed. */
    List<LinkState> states(Collection<String> ids, Instant now);

    /**
     * Gives it a new secret where no phone has it, and the one it has is the one that is known.
     *
     * @param good since when the one that it has must be there to be kept as the one before
     * @return whether this call, and no other on any node, did
     */
    boolean renew(Link link, String salt, String secretHash, Instant now, Instant good);

    /** Keeps where its page is now. @return whether it is there */
    boolean turn(Link link, String page);

    /** Lets one that no phone has wait longer. @return whether there was time left */
    boolean prolong(Link link, Instant until, Instant now);

    /**
     * Gives it to a phone, where none has it and the customer is the one that it is for.
     *
     * @param hash of the secret
     * @param good since when the secret that it has must be there
     * @param replaced since when the one before must be replaced
     * @return whether this call, and no other on any node, did
     */
    boolean claim(Link link, String hash, String userId, Claim claim, Instant good, Instant replaced);

    /** As it is now, which nobody else changes until this transaction ends. Empty where it is gone. */
    Optional<Link> hold(Link link);

    /** Ties a request to it, where it has none or the one that is known. @return whether this call did */
    boolean ask(Link link, String requestId, String userId);

    /**
     * Keeps what the browser needs to go on, once.
     *
     * @param returnHash of the secret by which the app comes back
     * @param until its end from then on, where it ends sooner
     * @return whether this call did
     */
    boolean prove(
            Link link,
            boolean codeDemanded,
            String digits,
            String returnSecret,
            String returnHash,
            Instant until,
            Instant now);

    /** @return whether this call, and no other on any node, was the first */
    boolean deny(Link link, Instant now);

    /**
     * Counts one more number, of a most. For good, whatever becomes of the transaction.
     *
     * @return which one it is, from 1; empty where it is one too many
     */
    OptionalInt tryNumber(Link link, int most);

    /** The same for the digits. */
    OptionalInt tryDigits(Link link, int most);

    /** Gives one try of the number back, which was right. For good, too. */
    void giveBackNumber(Link link);

    /** The same for the digits. */
    void giveBackDigits(Link link);

    /** Keeps that the digits were typed. @return whether it is one that waits for them */
    boolean enter(Link link, Instant now);

    /** Keeps that the app came back to the browser. @return whether this call was the first */
    boolean comeBack(Link link, Instant now);

    /** Forgets the secret by which the app comes back, and nothing else. @return whether it is there */
    boolean forgetReturn(Link link);

    /** @return whether this call, and no other on any node, was the first */
    boolean suspect(Link link, Instant now);

    /**
     * Marks one by which the login can go on as used, and forgets what was for that alone.
     *
     * @return whether this call, and no other on any node, did
     */
    boolean use(Link link, Instant now);

    /** Marks one as used, however it stands. @return whether this call, and no other on any node, was the first */
    boolean leave(Link link, Instant now);

    void removeAll(String realmId);

    void removeAll(String realmId, String clientId);

    void removeAll(Customer customer);
}
