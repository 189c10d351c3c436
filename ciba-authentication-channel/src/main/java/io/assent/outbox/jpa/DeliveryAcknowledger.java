package io.assent.outbox.jpa;

import io.assent.outbox.lane.PackThreads;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.keycloak.common.util.Retry;

/**
 * Marks rows as delivered, those of a moment together: many pushes share one transaction, and one wait for the disk. A
 * row that is not marked because the node dies is sent again once its lease has run out.
 */
final class DeliveryAcknowledger implements AutoCloseable {

    private static final Duration MOMENT = Duration.ofMillis(100);
    private static final int MOST_AT_ONCE = 100;
    private static final int ATTEMPTS = 3;
    private static final int BACKOFF_MILLIS = 50;
    private static final int LAST_MARKS_SECONDS = 5;

    private final OutboxRows rows;
    private final OutboxLog log;
    private final Duration moment;
    private final ScheduledThreadPoolExecutor executor;
    private List<OutboxTask> waiting = new ArrayList<>();

    DeliveryAcknowledger(OutboxRows rows, OutboxLog log) {
        this(rows, log, MOMENT);
    }

    /** @param moment how long rows wait for others */
    DeliveryAcknowledger(OutboxRows rows, OutboxLog log, Duration moment) {
        this.rows = rows;
        this.log = log;
        this.moment = moment;
        executor = new ScheduledThreadPoolExecutor(1, new PackThreads("delivered"));
    }

    /** Never blocks. */
    synchronized void add(OutboxTask task) {
        waiting.add(task);
        if (waiting.size() == 1 && !executor.isShutdown()) {
            executor.schedule(this::markAll, moment.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private synchronized List<OutboxTask> take() {
        List<OutboxTask> taken = waiting;
        waiting = new ArrayList<>();
        return taken;
    }

    private void markAll() {
        List<OutboxTask> all = take();
        for (int from = 0; from < all.size(); from += MOST_AT_ONCE) {
            mark(all.subList(from, Math.min(from + MOST_AT_ONCE, all.size())));
        }
    }

    private void mark(List<OutboxTask> tasks) {
        try {
            Retry.executeWithBackoff(
                    attempt -> rows.concludeAll(tasks, Conclusion.delivered()), ATTEMPTS, BACKOFF_MILLIS);
        } catch (RuntimeException databaseGone) {
            log.notAcknowledged(tasks, databaseGone);
        }
    }

    /** Returns when what waited is marked, its moment being over. */
    @Override
    public void close() {
        executor.shutdown();
        try {
            executor.awaitTermination(LAST_MARKS_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
