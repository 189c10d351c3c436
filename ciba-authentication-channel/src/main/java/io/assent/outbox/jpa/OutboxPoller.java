package io.assent.outbox.jpa;

import io.assent.server.AfterCommit;
import io.assent.server.ServerTime;
import java.time.Duration;
import java.time.Instant;
import org.keycloak.models.KeycloakSession;
import org.keycloak.timer.ScheduledTask;

/**
 * Claims the rows that are due: those whose retry has come, and those that a node left behind. Runs on every node at
 * short intervals; nodes that sweep at the same time claim different rows.
 */
final class OutboxPoller implements ScheduledTask {

    /** Small enough to be claimed in a moment; what is left over comes with the next sweep. */
    private static final int BATCH = 100;

    private final OutboxDispatcher dispatcher;
    private final Duration leaseLength;

    OutboxPoller(OutboxDispatcher dispatcher, Duration leaseLength) {
        this.dispatcher = dispatcher;
        this.leaseLength = leaseLength;
    }

    @Override
    public void run(KeycloakSession session) {
        OutboxStore store = OutboxStore.of(session);
        Instant now = ServerTime.now();
        store.closeExpired(now);
        Lease lease = Lease.from(now, leaseLength);
        for (String kind : dispatcher.kinds()) {
            int room = Math.min(dispatcher.room(kind), BATCH);
            if (room > 0) {
                new AfterCommit(session).run(store.claimDue(kind, now, lease, room), dispatcher::dispatch);
            }
        }
    }

    @Override
    public String getTaskName() {
        return "assent-outbox-sweep";
    }
}
