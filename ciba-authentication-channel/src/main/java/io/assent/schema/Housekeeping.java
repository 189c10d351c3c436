package io.assent.schema;

import io.assent.server.ServerTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jboss.logging.Logger;
import org.keycloak.cluster.ClusterProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.timer.ScheduledTask;

/**
 * Removes what is done with and tells what has expired, in batches that are a short transaction each, on one node of
 * the cluster at a time. Ends after {@link #LONGEST_RUN}, since it runs on the timer's one thread: what is left over
 * comes with the next run. A chore that fails keeps no other from its turn, and is tried again with the next run.
 */
final class Housekeeping implements ScheduledTask {

    /** In one transaction, and so locked together. */
    static final int BATCH = 1_000;

    private static final Duration LONGEST_RUN = Duration.ofSeconds(2);

    /** After that a node that died is not waited for. */
    private static final int LONGEST_TURN_SECONDS = 60;

    private static final Logger LOG = Logger.getLogger(Housekeeping.class);

    private final List<Chore> chores;

    Housekeeping(List<Chore> chores) {
        this.chores = List.copyOf(chores);
    }

    @Override
    public void run(KeycloakSession session) {
        session.getProvider(ClusterProvider.class).executeIfNotExecuted(getTaskName(), LONGEST_TURN_SECONDS, () -> {
            doInTurns(session.getKeycloakSessionFactory());
            return null;
        });
    }

    private void doInTurns(KeycloakSessionFactory sessions) {
        long end = System.nanoTime() + LONGEST_RUN.toNanos();
        new Turns(chore -> doSome(sessions, chore), () -> System.nanoTime() - end < 0).take(chores);
    }

    private static int doSome(KeycloakSessionFactory sessions, Chore chore) {
        int done = KeycloakModelUtils.runJobInTransactionWithResult(
                sessions, session -> chore.doSome(session, ServerTime.now(), chore.batch()));
        if (done > 0) {
            LOG.debugf("%s: %d", chore.name(), done);
        }
        return done;
    }

    /** Something that is done regularly, in batches. */
    interface Chore {

        /** For the log: what is done, to what. */
        String name();

        /** How many go into one transaction; fewer than {@link #BATCH} where each is told of. */
        default int batch() {
            return BATCH;
        }

        /**
         * Does the next ones, in the session's transaction.
         *
         * @param max how many at the most
         * @return how many; fewer than {@code max} when these were the last
         */
        int doSome(KeycloakSession session, Instant now, int max);
    }

    @Override
    public String getTaskName() {
        return "assent-housekeeping";
    }
}
