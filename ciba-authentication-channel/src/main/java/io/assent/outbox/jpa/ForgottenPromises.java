package io.assent.outbox.jpa;

import io.assent.outbox.PromiseHandler;
import io.assent.outbox.PromiseHandler.Forgotten;
import io.assent.server.ServerTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.keycloak.cluster.ClusterProvider;
import org.keycloak.cluster.ExecutionResult;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.timer.ScheduledTask;

/**
 * Writes rows for what was promised and is in no outbox some time after, within which the node that promised it would
 * have made it: that node died, or had no room. The {@link OutboxPoller} does the rest. Runs on one node of the cluster
 * at a time, and ends after {@link #LONGEST_RUN}, since it runs on the timer's one thread.
 */
final class ForgottenPromises implements ScheduledTask {

    static final Duration INTERVAL = Duration.ofSeconds(5);

    /** Nothing that is promised waits longer for its answer. Looked at when a node starts. */
    private static final Duration LONGEST = Duration.ofDays(1);

    /** So late a transaction may be committed. */
    private static final Duration OVERLAP = Duration.ofSeconds(30);

    /** What a node needs beside the longest attempt, and by how much the clocks of nodes may differ. */
    private static final Duration MARGIN = Duration.ofSeconds(5);

    private static final Duration LONGEST_RUN = Duration.ofSeconds(2);
    private static final int BATCH = 500;

    /** After that a node that died is not waited for. */
    private static final int LONGEST_TURN_SECONDS = 60;

    private final List<String> kinds;
    private final Duration age;
    private Instant lookedUntil = Instant.EPOCH;

    /** @param kinds of which there are promises */
    ForgottenPromises(List<String> kinds, Duration lease) {
        this.kinds = kinds;
        age = lease.plus(MARGIN);
    }

    @Override
    public void run(KeycloakSession session) {
        KeycloakSessionFactory sessions = session.getKeycloakSessionFactory();
        Instant to = ServerTime.now().minus(age);
        Instant from = from(to);
        ExecutionResult<Boolean> all = session.getProvider(ClusterProvider.class)
                .executeIfNotExecuted(getTaskName(), LONGEST_TURN_SECONDS, () -> writeAll(sessions, from, to));
        // what another node looks at may be lost with it
        if (all.isExecuted() && all.getResult()) {
            lookedUntil = to;
        }
    }

    private Instant from(Instant to) {
        Instant longest = to.minus(LONGEST);
        return lookedUntil.minus(OVERLAP).isAfter(longest) ? lookedUntil.minus(OVERLAP) : longest;
    }

    /** @return whether these were all */
    private boolean writeAll(KeycloakSessionFactory sessions, Instant from, Instant to) {
        long end = System.nanoTime() + LONGEST_RUN.toNanos();
        for (String kind : kinds) {
            int found = BATCH;
            while (found == BATCH) {
                if (System.nanoTime() - end > 0) {
                    return false;
                }
                found = KeycloakModelUtils.runJobInTransactionWithResult(
                        sessions, session -> write(session, kind, from, to));
            }
        }
        return true;
    }

    private static int write(KeycloakSession session, String kind, Instant from, Instant to) {
        List<Forgotten> forgotten = PromiseHandler.of(session, kind).forgotten(from, to, BATCH);
        OutboxStore.of(session).write(forgotten, ServerTime.now());
        return forgotten.size();
    }

    @Override
    public String getTaskName() {
        return "assent-forgotten-promises";
    }
}
