package io.assent.partner;

import io.assent.partner.PartnerAccess.End;
import io.assent.server.Customer;
import io.assent.server.Parties;
import io.assent.server.Position;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.keycloak.provider.Provider;

/** Keeps each {@link PartnerAccess}, in the session's transaction. Holds no rule. */
public interface PartnerStore extends Provider {

    void add(PartnerAccess access);

    Optional<PartnerAccess> find(String realmId, String id);

    /** Finds it and has whoever else does so wait until this transaction ends. */
    Optional<PartnerAccess> lock(String realmId, String id);

    /** The wish between the two, if there is one. */
    Optional<PartnerAccess> wanted(Parties parties);

    /** What is connected of a customer. */
    List<PartnerAccess> connected(Customer customer);

    /**
     * Ends at once what is connected of all customers by way of a client; nobody is told of it yet.
     *
     * @return how many ended
     */
    int endAllOf(String realmId, String clientId, End end);

    /** The same by an identity provider, or by its alias where a row does not say which one had it. */
    int endAllBy(String realmId, String providerId, String alias, End end);

    /** An identity provider is gone: what is wanted by it goes, and what was not told of knows it no more. */
    void forgetProvider(String realmId, String providerId);

    /** What ended and was not told of, of all realms, oldest first. */
    List<PartnerAccess> untold(int max);

    /**
     * Has whoever else would tell of it, or remove its link, wait until this transaction ends.
     *
     * @return whether it was not told of, and nobody else holds it
     */
    boolean holdUntold(PartnerAccess access);

    /** It is one that was not told of since a moment, where it was not told of at all. */
    void putOff(PartnerAccess access, Instant since);

    /** The same of a customer. */
    List<PartnerAccess> untold(Customer customer);

    /** @return whether it was not told of until now */
    boolean told(PartnerAccess access);

    /**
     * All that a customer has, but for what is only wanted; newest first.
     *
     * @param after those after this place alone, if there is one
     * @param max how many to return at the most, 1 or more
     */
    List<PartnerAccess> list(Customer customer, Optional<Position> after, int max);

    /** @return whether it was in the state of {@code before}, and is in that of {@code after} now */
    boolean change(PartnerAccess before, PartnerAccess after);

    /** @return whether it was connected until now */
    boolean end(PartnerAccess access, End end);

    /**
     * Notes that somebody fetches the token of what is connected anew.
     *
     * @param until when that is over at the latest
     * @return whether nobody else did at {@code now}
     */
    boolean lease(PartnerAccess access, Instant now, Instant until);

    /** Nobody does any more, unless it is somebody else by now. */
    void release(PartnerAccess access, Instant until);

    void remove(PartnerAccess access);

    void removeAll(String realmId);

    void removeAll(Customer customer);

    @Override
    default void close() {}
}
