package io.assent.block;

import io.assent.server.Customer;
import io.assent.server.Parties;
import io.assent.server.Position;
import java.util.List;
import java.util.Optional;
import org.keycloak.provider.Provider;

/** Keeps blocks: rows, no rules. Every call is scoped to one customer, but for those that say otherwise. */
public interface BlockStore extends Provider {

    /**
     * Keeps a block, or adds the report to one that is there. For good, whatever becomes of the transaction: what a
     * customer wants is not lost with what else was to be done.
     *
     * @return whether the client was not blocked before
     */
    boolean add(Block block);

    /** Forgets a block. @return whether it was there */
    boolean remove(Parties parties);

    /** Whether there is a block of one client. */
    boolean contains(Parties parties);

    /**
     * The customer's blocks, newest first.
     *
     * @param after those after this place alone, if there is one
     */
    List<Block> list(Customer customer, Optional<Position> after, int max);

    /** Forgets all blocks of a realm. */
    void removeAll(String realmId);

    /** Forgets all blocks of a customer. */
    void removeAll(Customer customer);

    /** Forgets that anybody blocked a client that is removed. */
    void removeAll(String realmId, String clientId);
}
