package io.assent.schema;

import io.assent.server.ServerTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jboss.logging.Logger;
import org.keycloak.cluster.ClusterProvider;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.timer.ScheduledTask;

/**
 * Removes what is done with, in batches that are a short transaction each, on one node of the cluster at a time. Ends
 * after {@link #LONGEST_RUN}, since it runs on the timer's one thread: what is left over comes with the next run.
 */
final class Housekeeping implements ScheduledTask {

    /** In one transaction, and so locked together. */
    static final int BATCH = 1_000;

    private static final Duration LONGEST_RUN = Duration.ofSeconds(2);

    /** After that a node that died is not waited for. */
    private static final int LONGEST_TURN_SECONDS = 60;

    private static final Logger LOG = Logger.getLogger(Housekeeping.class);

    private final List<Purge> purges;

    Housekeeping(List<Purge> purges) {
        this.purges = List.copyOf(purges);
    }

    @Override
    public void run(KeycloakSession session) {
        session.getProvider(ClusterProvider.class).executeIfNotExecuted(getTaskName(), LONGEST_TURN_SECONDS, () -> {
            removeInTurns(session.getKeycloakSessionFactory());
            return null;
        });
    }

    /** A batch of each, again and again: a backlog of one kind does not hold up the others. */
    private void removeInTurns(KeycloakSessionFactory sessions) {
        long end = System.nanoTime() + LONGEST_RUN.toNanos();
        List<Purge> left = new ArrayList<>(purges);
        while (!left.isEmpty() && System.nanoTime() - end < 0) {
            left.removeIf(purge -> removeBatch(sessions, purge) < BATCH);
        }
    }

    private static int removeBatch(KeycloakSessionFactory sessions, Purge purge) {
        int removed = KeycloakModelUtils.runJobInTransactionWithResult(
                sessions,
                session -> purge.removeSome(
                        session.getProvider(JpaConnectionProvider.class).getEntityManager(), ServerTime.now(), BATCH));
        if (removed > 0) {
            LOG.debugf("Removed %d %s", removed, purge.name());
        }
        return removed;
    }

    @Override
    public String getTaskName() {
        return "assent-housekeeping";
    }
}
