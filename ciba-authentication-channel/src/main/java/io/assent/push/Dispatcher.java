package io.assent.push;

import io.assent.push.DeliveryHandler.Attempt;
import io.assent.push.DeliveryHandler.Preparation;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.logging.Logger;
import org.keycloak.common.util.Time;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.utils.KeycloakModelUtils;

/**
 * Works on outbox rows that this node has claimed, on bounded threads with a bounded queue. Where the queue is full or
 * something unforeseen happens, the row's lease runs out and the {@link Sweep} claims it again.
 */
final class Dispatcher implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(Dispatcher.class);

    private final KeycloakSessionFactory sessions;
    private final Backoff backoff;
    private final ThreadPoolExecutor executor;

    /**
     * @param threads how many deliveries are made at once
     * @param capacity how many may wait for their turn
     */
    Dispatcher(KeycloakSessionFactory sessions, Backoff backoff, int threads, int capacity) {
        this.sessions = sessions;
        this.backoff = backoff;
        AtomicInteger number = new AtomicInteger();
        this.executor = new ThreadPoolExecutor(
                threads, threads, 1, TimeUnit.MINUTES, new ArrayBlockingQueue<>(capacity), work -> {
                    Thread thread = new Thread(work, "assent-delivery-" + number.incrementAndGet());
                    thread.setDaemon(true);
                    thread.setContextClassLoader(Dispatcher.class.getClassLoader());
                    return thread;
                });
        executor.allowCoreThreadTimeOut(true);
    }

    /** Never blocks. */
    void dispatch(OutboxTask task) {
        try {
            executor.execute(() -> work(task));
        } catch (RejectedExecutionException fullOrShutDown) {
            LOG.debugf("No room for the %s: its row waits for the sweep", task);
        }
    }

    /** How many more tasks there is room for. */
    int room() {
        return executor.getQueue().remainingCapacity();
    }

    private void work(OutboxTask task) {
        try {
            if (!now().isBefore(task.lease().until())) {
                // it waited too long for its turn, and is somebody else's by now
                return;
            }
            Preparation preparation =
                    KeycloakModelUtils.runJobInTransactionWithResult(sessions, session -> prepare(session, task));
            if (preparation instanceof Preparation.Ready ready) {
                conclude(task, ready.attempt(), ready.attempt().send());
            }
        } catch (RuntimeException unexpected) {
            LOG.errorf(unexpected, "Failed to work on the %s", task);
        }
    }

    /** Closes the row at once where there is nothing to send. */
    private static Preparation prepare(KeycloakSession session, OutboxTask task) {
        OutboxStore store = store(session);
        if (!store.holds(task)) {
            return new Preparation.Obsolete("taken over");
        }
        Delivery delivery = task.delivery();
        Preparation preparation = now().isBefore(delivery.expiresAt())
                ? session.getProvider(DeliveryHandler.class, delivery.kind()).prepare(delivery)
                : new Preparation.Obsolete("expired");
        if (preparation instanceof Preparation.Obsolete obsolete) {
            store.conclude(task, OutboxStatus.CLOSED, obsolete.reason(), now());
            LOG.debugf("Closed the %s: %s", task, obsolete.reason());
        }
        return preparation;
    }

    private void conclude(OutboxTask task, Attempt attempt, SendResult result) {
        KeycloakModelUtils.runJobInTransaction(sessions, session -> {
            OutboxStore store = store(session);
            if (result instanceof SendResult.RetryLater later) {
                retry(store, task, later);
            } else if (result instanceof SendResult.Delivered) {
                store.conclude(task, OutboxStatus.DELIVERED, null, now());
                attempt.settle(session, result);
            } else {
                String reason = reason(result);
                LOG.warnf("The %s failed for good: %s", task, reason);
                store.conclude(task, OutboxStatus.FAILED, reason, now());
                attempt.settle(session, result);
            }
        });
    }

    private void retry(OutboxStore store, OutboxTask task, SendResult.RetryLater later) {
        Duration delay = later.after().orElseGet(() -> backoff.after(task.attempts() + 1));
        LOG.debugf("The %s is tried again in %d ms: %s", task, delay.toMillis(), later.reason());
        store.retry(task, now().plus(delay), later.reason());
    }

    private static String reason(SendResult result) {
        if (result instanceof SendResult.DeadToken dead) {
            return dead.reason();
        }
        return result instanceof SendResult.Permanent permanent ? permanent.reason() : null;
    }

    private static OutboxStore store(KeycloakSession session) {
        return new OutboxStore(session.getProvider(JpaConnectionProvider.class).getEntityManager());
    }

    private static Instant now() {
        return Instant.ofEpochMilli(Time.currentTimeMillis());
    }

    /** What is running may end; what waits is left to the sweep of another node, or of this one's next start. */
    @Override
    public void close() {
        executor.shutdownNow();
    }
}
