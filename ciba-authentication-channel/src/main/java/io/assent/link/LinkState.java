package io.assent.link;

import io.assent.link.Link.State;
import java.time.Instant;
import java.util.Objects;

/**
 * What a page that waits has to know.
 *
 * @param renewedAt when its secret was renewed last
 * @param expiresAt when its time is over
 */
public record LinkState(String id, State state, Instant renewedAt, Instant expiresAt) {
    public LinkState {
        Objects.requireNonNull(id);
        Objects.requireNonNull(state);
        Objects.requireNonNull(renewedAt);
        Objects.requireNonNull(expiresAt);
    }

    static LinkState of(Link link, Instant now) {
        return new LinkState(link.id(), link.state(now), link.renewedAt(), link.expiresAt());
    }

    /** When its secret is due to be renewed, as long as no phone has it. */
    public Instant renewalDue() {
        return renewedAt.plus(Links.RENEWED_AFTER);
    }
}
