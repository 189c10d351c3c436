package io.assent.outbox.jpa;

import io.assent.server.AfterCommit;
import io.assent.server.ServerTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.keycloak.models.KeycloakSession;
import org.keycloak.timer.ScheduledTask;

/**
 * Claims the rows that are due: those whose retry has come, and those that a node left behind. Runs on every node at
 * short intervals; nodes that sweep at the same time claim different rows.
 */
final class OutboxPoller implements ScheduledTask {

    /** Small enough to be claimed in a moment; what is left over comes with the next sweep. */
    private static final int BATCH = 100;

    private static final int MAX_EXPIRED = 500;

    private final OutboxDispatcher dispatcher;
    private final OutboxRows rows;
    private final OutboxLog log;
    private final Duration leaseLength;

    OutboxPoller(OutboxDispatcher dispatcher, OutboxRows rows, OutboxLog log, Duration leaseLength) {
        this.dispatcher = dispatcher;
        this.rows = rows;
        this.log = log;
        this.leaseLength = leaseLength;
    }

    @Override
    public void run(KeycloakSession session) {
        closeExpired();
        OutboxStore store = OutboxStore.of(session);
        Instant now = ServerTime.now();
        Lease lease = Lease.from(now, leaseLength);
        for (String kind : dispatcher.kinds()) {
            int room = Math.min(dispatcher.room(kind), BATCH);
            if (room > 0) {
                new AfterCommit(session).run(store.claimDue(kind, now, lease, room), dispatcher::dispatch);
            }
        }
    }

    /** In transactions of its own, so that a listener that fails there keeps no row from being claimed. */
    private void closeExpired() {
        List<OutboxTask> expired = rows.claimExpired(MAX_EXPIRED);
        if (!expired.isEmpty()) {
            rows.concludeAll(expired, Conclusion.expired());
            expired.forEach(log::expired);
        }
    }

    @Override
    public String getTaskName() {
        return "assent-outbox-sweep";
    }
}
