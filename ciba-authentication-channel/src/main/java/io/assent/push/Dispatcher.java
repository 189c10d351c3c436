package io.assent.push;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.keycloak.common.util.Time;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.utils.KeycloakModelUtils;

/** Makes deliveries on threads of its own, and tries again until they succeed, can't succeed, or expire. */
final class Dispatcher implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(Dispatcher.class);

    private final KeycloakSessionFactory sessions;
    private final Backoff backoff;
    private final int capacity;
    private final ScheduledThreadPoolExecutor executor;

    /**
     * @param threads how many deliveries are made at once
     * @param capacity how many may wait, for their turn or for another attempt
     */
    Dispatcher(KeycloakSessionFactory sessions, Backoff backoff, int threads, int capacity) {
        this.sessions = sessions;
        this.backoff = backoff;
        this.capacity = capacity;
        AtomicInteger number = new AtomicInteger();
        this.executor = new ScheduledThreadPoolExecutor(threads, work -> {
            Thread thread = new Thread(work, "assent-delivery-" + number.incrementAndGet());
            thread.setDaemon(true);
            thread.setContextClassLoader(Dispatcher.class.getClassLoader());
            return thread;
        });
        executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    /** Never blocks. */
    void dispatch(Delivery delivery) {
        schedule(delivery, 1, Duration.ZERO);
    }

    private void schedule(Delivery delivery, int attempt, Duration delay) {
        if (executor.getQueue().size() >= capacity) {
            LOG.warnf("The outbox is full: gave up the %s for request %s", delivery.kind(), delivery.requestId());
            return;
        }
        try {
            executor.schedule(() -> work(delivery, attempt), delay.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException shutDown) {
            LOG.debugf("Shutting down: gave up the %s for request %s", delivery.kind(), delivery.requestId());
        }
    }

    private void work(Delivery delivery, int attempt) {
        SendResult result;
        try {
            Optional<Supplier<SendResult>> prepared = prepare(delivery);
            if (prepared.isEmpty()) {
                return;
            }
            result = prepared.get().get();
        } catch (RuntimeException unexpected) {
            LOG.errorf(unexpected, "Failed to make the %s for request %s", delivery.kind(), delivery.requestId());
            result = SendResult.RetryLater.because("unexpected failure");
        }
        conclude(delivery, attempt, result);
    }

    private void conclude(Delivery delivery, int attempt, SendResult result) {
        if (result instanceof SendResult.RetryLater later) {
            Duration delay = later.after().orElseGet(() -> backoff.before(attempt + 1));
            if (now().plus(delay).isBefore(delivery.expiresAt())) {
                LOG.debugf(
                        "The %s for request %s is tried again in %d ms: %s",
                        delivery.kind(), delivery.requestId(), delay.toMillis(), later.reason());
                schedule(delivery, attempt + 1, delay);
                return;
            }
            LOG.warnf(
                    "Gave up the %s for request %s after %d attempts: %s",
                    delivery.kind(), delivery.requestId(), attempt, later.reason());
        } else if (result instanceof SendResult.Permanent permanent) {
            LOG.warnf("The %s for request %s failed: %s", delivery.kind(), delivery.requestId(), permanent.reason());
        }
        try {
            inTransaction(session -> handler(session, delivery).settle(delivery, result));
        } catch (RuntimeException unexpected) {
            LOG.errorf(unexpected, "Failed to settle the %s for request %s", delivery.kind(), delivery.requestId());
        }
    }

    private Optional<Supplier<SendResult>> prepare(Delivery delivery) {
        if (!now().isBefore(delivery.expiresAt())) {
            return Optional.empty();
        }
        return KeycloakModelUtils.runJobInTransactionWithResult(
                sessions, session -> handler(session, delivery).prepare(delivery));
    }

    private void inTransaction(Consumer<KeycloakSession> job) {
        KeycloakModelUtils.runJobInTransaction(sessions, job::accept);
    }

    private static DeliveryHandler handler(KeycloakSession session, Delivery delivery) {
        return session.getProvider(DeliveryHandler.class, delivery.kind());
    }

    private static Instant now() {
        return Instant.ofEpochMilli(Time.currentTimeMillis());
    }

    @Override
    public void close() {
        executor.shutdown();
    }
}
