package io.assent.rest.browser;

import java.time.Instant;

/**
 * What a page is told of its link.
 *
 * @param state as the API spells it
 * @param expiresAt until when the link can be used
 */
record Seen(String state, Instant expiresAt) {

    /** Of a link that is no more. */
    static final Seen OVER = new Seen("over", Instant.EPOCH);
}
