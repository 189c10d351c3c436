package io.assent.push;

import io.assent.push.DeliveryHandler.Attempt;
import io.assent.push.DeliveryHandler.Preparation;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.jboss.logging.Logger;
import org.keycloak.common.util.Time;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.KeycloakSessionTask;
import org.keycloak.models.utils.KeycloakModelUtils;

/**
 * Works on outbox rows that this node has claimed, each kind in its own {@link Lane}. Where the lane is full or
 * something unforeseen happens, the row's lease runs out and the {@link Sweep} claims it again.
 */
final class Dispatcher implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(Dispatcher.class);

    /** When to look again for a target that has enough to do. */
    private static final Duration TARGET_IS_BUSY = Duration.ofSeconds(1);

    private final KeycloakSessionFactory sessions;
    private final Backoff backoff;
    private final Map<String, Lane> lanes;

    /** @param lanes by kind of delivery */
    Dispatcher(KeycloakSessionFactory sessions, Backoff backoff, Map<String, Lane> lanes) {
        this.sessions = sessions;
        this.backoff = backoff;
        this.lanes = Map.copyOf(lanes);
    }

    Set<String> kinds() {
        return lanes.keySet();
    }

    /** How many more tasks of a kind there is room for. */
    int room(String kind) {
        return lanes.get(kind).room();
    }

    /** Never blocks. */
    void dispatch(OutboxTask task) {
        Lane lane = lanes.get(task.delivery().kind());
        if (!lane.execute(() -> work(lane, task))) {
            LOG.debugf("No room for the %s: its row waits for the sweep", task);
        }
    }

    private void work(Lane lane, OutboxTask task) {
        if (!now().isBefore(task.lease().until())) {
            // it waited too long for its turn, and is somebody else's by now
            return;
        }
        String target = task.delivery().target();
        boolean entered = lane.enter(target);
        try {
            if (entered) {
                attempt(task);
            } else {
                inTransaction(session -> store(session).postpone(task, now().plus(TARGET_IS_BUSY)));
            }
        } catch (RuntimeException unexpected) {
            LOG.errorf(unexpected, "Failed to work on the %s", task);
        } finally {
            if (entered) {
                lane.leave(target);
            }
        }
    }

    private void attempt(OutboxTask task) {
        Preparation preparation =
                KeycloakModelUtils.runJobInTransactionWithResult(sessions, session -> prepare(session, task));
        if (preparation instanceof Preparation.Ready ready) {
            SendResult result = ready.attempt().send();
            inTransaction(session -> conclude(session, task, ready.attempt(), result));
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

    private void conclude(KeycloakSession session, OutboxTask task, Attempt attempt, SendResult result) {
        OutboxStore store = store(session);
        if (result instanceof SendResult.RetryLater later) {
            Duration delay = later.after().orElseGet(() -> backoff.after(task.attempts() + 1));
            LOG.debugf("The %s is tried again in %d ms: %s", task, delay.toMillis(), later.reason());
            store.retry(task, now().plus(delay), later.reason());
            return;
        }
        if (result instanceof SendResult.Delivered) {
            store.conclude(task, OutboxStatus.DELIVERED, null, now());
        } else {
            String reason = result instanceof SendResult.DeadToken dead
                    ? dead.reason()
                    : ((SendResult.Permanent) result).reason();
            LOG.warnf("The %s failed for good: %s", task, reason);
            store.conclude(task, OutboxStatus.FAILED, reason, now());
        }
        attempt.settle(session, result);
    }

    private void inTransaction(KeycloakSessionTask job) {
        KeycloakModelUtils.runJobInTransaction(sessions, job);
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
        lanes.values().forEach(Lane::close);
    }
}
