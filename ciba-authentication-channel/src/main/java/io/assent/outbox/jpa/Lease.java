package io.assent.outbox.jpa;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/**
 * The right to work on an outbox row, for a while.
 *
 * @param id random, so that whoever comes late can't conclude what another has taken over
 * @param until when it runs out by itself
 */
record Lease(String id, Instant until) {

    static Lease from(Instant now, Duration length) {
        return new Lease(UUID.randomUUID().toString(), now.plus(length));
    }
}
