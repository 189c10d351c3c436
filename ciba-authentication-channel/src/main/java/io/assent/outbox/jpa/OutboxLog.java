package io.assent.outbox.jpa;

import io.assent.outbox.jpa.OutboxRows.Promised;
import io.assent.server.OperatorLog;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/** What the outbox tells the operator: each trouble of each vendor or client at most once a minute. */
final class OutboxLog {

    private static final Logger LOG = Logger.getLogger(OutboxLog.class);

    private static final String SEPARATOR = ": ";
    private static final int MOST_NAMED = 10;

    private final OperatorLog operator = new OperatorLog(LOG);

    /** @param peer who did not take it now */
    void delayed(OutboxTask task, String peer, String reason, Duration delay) {
        operator.warn(
                "delayed " + peer,
                ("Could not deliver to %s: %s. The %s is retried in %d ms, like all that goes there, until it"
                                + " expires. Check that this server reaches it and that it works")
                        .formatted(peer, reason, task, delay.toMillis()));
        LOG.debugf("The %s is retried in %d ms: %s", task, delay.toMillis(), reason);
    }

    /** @param peer who will never take it */
    void refused(OutboxTask task, String peer, String reason) {
        operator.warn(
                "refused " + peer + ' ' + reason,
                ("The %s failed for good: %s: %s. It is not retried. If everything sent there fails, check its"
                                + " settings")
                        .formatted(task, peer, reason));
    }

    /** A row's last reason names at its head who did not take it, as {@link #reason} writes it. */
    void expired(OutboxTask task) {
        String trouble = "expired " + task.delivery().kind() + ' ';
        task.progress()
                .lastReason()
                .ifPresentOrElse(
                        reason -> operator.warn(
                                trouble + reason.split(SEPARATOR, 2)[0],
                                ("The %s expired undelivered after %d attempts. The last: %s."
                                                + " Check that this server reaches it and that it works")
                                        .formatted(task, task.attempts(), reason)),
                        () -> operator.warn(
                                trouble,
                                ("The %s expired undelivered, and no attempt finished: nodes were down, or all"
                                                + " threads were busy. If this goes on, set more threads"
                                                + " (--spi-consent-outbox--jpa--threads)")
                                        .formatted(task)));
    }

    /** Why an attempt did not deliver, as the row keeps it until the next. */
    static String reason(String peer, String reason) {
        return peer + SEPARATOR + reason;
    }

    void obsolete(OutboxTask task, String reason) {
        LOG.debugf("Closed the %s: %s", task, reason);
    }

    void noRoom(OutboxTask task) {
        LOG.debugf("No room for the %s: it waits for the poller", task);
    }

    void noRoom(Promised promised) {
        operator.warn(
                "no room",
                ("Requests come faster than their first deliveries can be looked up. The deliveries of %s, and of others,"
                                + " are made later. Check how fast the database answers. If it is fast, give the outbox"
                                + " more room (--spi-consent-outbox--jpa--capacity)")
                        .formatted(promised.promise().ownerId()));
    }

    void written(OutboxTask task) {
        LOG.debugf("Somebody else wrote the row of the %s, and goes on with it", task);
    }

    void notKept(List<Promised> promised, RuntimeException failed) {
        operator.warn(
                "not kept",
                ("Could not look up how to make the first deliveries of %d requests: %s. They are made later."
                                + " Check that this server reaches its database")
                        .formatted(promised.size(), failed.getClass().getSimpleName()));
        LOG.debugf(failed, "Could not look up how to make the first deliveries");
    }

    void unexpected(OutboxTask task, RuntimeException unexpected) {
        LOG.errorf(unexpected, "Failed to work on the %s", task);
    }

    void notGivenBack(OutboxTask task, RuntimeException databaseToo) {
        LOG.debugf(databaseToo, "Could not give the %s back: its lease will run out", task);
    }

    void notAcknowledged(List<OutboxTask> made, RuntimeException databaseGone) {
        operator.warn(
                "not acknowledged",
                ("%d deliveries were made but could not be marked as delivered, and are made again: %s."
                                + " Check that this server reaches its database. Among them: %s")
                        .formatted(
                                made.size(),
                                databaseGone.getClass().getSimpleName(),
                                made.stream()
                                        .limit(MOST_NAMED)
                                        .map(OutboxTask::toString)
                                        .collect(Collectors.joining("; "))));
    }

    void listenerFailed(OutboxTask task, Throwable failure) {
        operator.error(
                "listener",
                ("A listener of the outbox failed at the %s. The delivery is closed all the same. Correct or"
                                + " remove the provider")
                        .formatted(task),
                failure);
    }

    void listenerFailed(RuntimeException failure) {
        operator.error("listener", "A listener of the outbox failed. Correct or remove the provider", failure);
    }
}
