package io.assent.block;

import io.assent.block.BlockEvent.Blocked;
import io.assent.block.BlockEvent.Unblocked;
import io.assent.server.AssentEventListener;
import io.assent.server.Customer;
import io.assent.server.Parties;
import io.assent.server.Position;
import io.assent.server.ServerTime;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.keycloak.models.KeycloakSession;

/**
 * The door to blocks. A client that is blocked can't ask; what was granted to it stands, and is ended by other ways.
 * Every call is safe to repeat.
 */
public final class Blocks {

    private final BlockStore store;
    private final InstantSource clock;
    private final Consumer<BlockEvent> events;

    public Blocks(BlockStore store, InstantSource clock, Consumer<BlockEvent> events) {
        this.store = store;
        this.clock = clock;
        this.events = events;
    }

    public static Blocks of(KeycloakSession session) {
        return new Blocks(
                session.getProvider(BlockStore.class),
                ServerTime::now,
                event -> AssentEventListener.tell(session, event));
    }

    /** The customer wants no question of the client. */
    public void add(Parties parties) {
        add(new Block(parties, clock.instant(), null));
    }

    /** The same, since the customer never wanted what the client asked: it counts against the client elsewhere, too. */
    public void report(Parties parties) {
        add(new Block(parties, clock.instant(), clock.instant()));
    }

    private void add(Block block) {
        if (store.add(block)) {
            events.accept(new Blocked(block.parties()));
        }
    }

    /** The client may ask again. A report that came with the block no longer counts. */
    public void remove(Parties parties) {
        if (store.remove(parties)) {
            events.accept(new Unblocked(parties));
        }
    }

    public boolean isBlocked(Parties parties) {
        return store.contains(parties);
    }

    /**
     * The customer's blocks, newest first.
     *
     * @param after those after this place alone, if there is one
     * @param max how many to return at the most, 1 or more
     */
    public List<Block> list(Customer customer, Optional<Position> after, int max) {
        return store.list(customer, after, max);
    }
}
