package io.assent.outbox.jpa;

import io.assent.outbox.DeliveryHandler;
import io.assent.outbox.PromiseHandler;
import io.assent.outbox.PromiseHandler.Forgotten;
import io.assent.server.ServerTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.keycloak.cluster.ClusterProvider;
import org.keycloak.cluster.ExecutionResult;
import org.keycloak.models.KeycloakSession;
import org.keycloak.timer.ScheduledTask;

/**
 * Writes rows for what was promised and is in no outbox once a lease is over, within which the node that promised it
 * would have made it: that node died, or had no room. The {@link OutboxPoller} does the rest. Runs on one node of the
 * cluster at a time.
 */
final class ForgottenPromises implements ScheduledTask {

    static final Duration INTERVAL = Duration.ofSeconds(5);

    /** At a node's start: longer than there is use in anything that is promised. */
    private static final Duration AT_START = Duration.ofHours(1);

    /** So late a transaction may be committed, and a node that looks may die. */
    private static final Duration OVERLAP = Duration.ofSeconds(30);

    private static final int MOST = 500;
    private static final int LONGEST_TURN_SECONDS = 60;

    private final List<String> kinds;
    private final Duration lease;
    private Instant lookedUntil = Instant.MIN;

    /** @param kinds of which there are promises */
    ForgottenPromises(List<String> kinds, Duration lease) {
        this.kinds = kinds;
        this.lease = lease;
    }

    @Override
    public void run(KeycloakSession session) {
        Instant to = ServerTime.now().minus(lease);
        Instant from = lookedUntil.equals(Instant.MIN) ? to.minus(AT_START) : lookedUntil.minus(OVERLAP);
        ExecutionResult<Boolean> all = session.getProvider(ClusterProvider.class)
                .executeIfNotExecuted(getTaskName(), LONGEST_TURN_SECONDS, () -> write(session, from, to));
        // where another node looks, it looks as far
        if (!all.isExecuted() || all.getResult()) {
            lookedUntil = to;
        }
    }

    /** @return whether these were all */
    private boolean write(KeycloakSession session, Instant from, Instant to) {
        boolean all = true;
        for (String kind : kinds) {
            PromiseHandler handler = (PromiseHandler) session.getProvider(DeliveryHandler.class, kind);
            List<Forgotten> forgotten = handler.forgotten(from, to, MOST);
            OutboxStore.of(session).write(forgotten, ServerTime.now());
            all &= forgotten.size() < MOST;
        }
        return all;
    }

    @Override
    public String getTaskName() {
        return "assent-forgotten-promises";
    }
}
