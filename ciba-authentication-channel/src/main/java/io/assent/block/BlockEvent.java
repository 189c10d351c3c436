package io.assent.block;

import io.assent.server.AssentEvent;
import io.assent.server.Parties;

/** What happens to a block, told within the transaction in which it happens. */
public sealed interface BlockEvent extends AssentEvent {

    Parties parties();

    /** The customer blocked the client, which was not blocked. */
    record Blocked(Parties parties) implements BlockEvent {}

    /** The customer took the block back. */
    record Unblocked(Parties parties) implements BlockEvent {}
}
