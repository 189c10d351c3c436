package io.assent.rest.browser;

import io.assent.link.Link.State;
import io.assent.link.LinkState;
import java.time.Instant;

/**
 * What is known of a link on this node.
 *
 * @param expiresAt until when it waits
 */
record Seen(State state, Instant expiresAt) {

    /** Of a link that is no more. */
    static final Seen OVER = new Seen(State.OVER, Instant.EPOCH);

    static Seen of(LinkState link) {
        return new Seen(link.state(), link.expiresAt());
    }
}
