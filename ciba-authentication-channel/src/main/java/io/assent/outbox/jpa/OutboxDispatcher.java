package io.assent.outbox.jpa;

import io.assent.outbox.Delivery;
import io.assent.outbox.DeliveryHandler;
import io.assent.outbox.DeliveryHandler.Attempt;
import io.assent.outbox.DeliveryHandler.Preparation;
import io.assent.push.SendResult;
import io.assent.server.ServerTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.KeycloakSessionTask;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.KeycloakModelUtils;

/**
 * Works on outbox rows that this node has claimed, each kind in its own {@link Bulkhead}. Where the lane is full or
 * something unforeseen happens, the row's lease runs out and the {@link OutboxPoller} claims it again.
 */
final class OutboxDispatcher implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(OutboxDispatcher.class);

    /** How long nobody has to look again whether a push is still wanted. */
    private static final Duration PREPARED_ATTEMPT_TTL = Duration.ofSeconds(1);

    private final KeycloakSessionFactory sessions;
    private final Backoff backoff;
    private final Duration leaseLength;
    private final Map<String, Bulkhead> lanes;
    private final DeliveryAcknowledger delivered;

    /** @param lanes by kind of delivery */
    OutboxDispatcher(
            KeycloakSessionFactory sessions, Backoff backoff, Duration leaseLength, Map<String, Bulkhead> lanes) {
        this.sessions = sessions;
        this.backoff = backoff;
        this.leaseLength = leaseLength;
        this.lanes = Map.copyOf(lanes);
        this.delivered = new DeliveryAcknowledger(sessions);
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
        Bulkhead lane = lanes.get(task.delivery().kind());
        if (!lane.execute(task.delivery().target(), () -> work(task))) {
            LOG.debugf("No room for the %s: its row waits for the sweep", task);
        }
    }

    private void work(OutboxTask task) {
        try {
            Preparation preparation = prepare(task);
            if (preparation instanceof Preparation.Ready ready) {
                conclude(task, ready.attempt(), ready.attempt().send());
            }
        } catch (RuntimeException unexpected) {
            LOG.errorf(unexpected, "Failed to work on the %s", task);
            giveBack(task, unexpected);
        }
    }

    /** What was prepared with the row serves, unless it has been waiting. */
    private Preparation prepare(OutboxTask task) {
        Instant written = task.lease().until().minus(leaseLength);
        return task.prepared()
                .filter(attempt -> ServerTime.now().isBefore(written.plus(PREPARED_ATTEMPT_TTL)))
                .<Preparation>map(Preparation.Ready::new)
                .orElseGet(() ->
                        KeycloakModelUtils.runJobInTransactionWithResult(sessions, session -> prepare(session, task)));
    }

    /** Renews the lease, if the task has been waiting for its turn, and closes the row if there is no use in it. */
    private Preparation prepare(KeycloakSession session, OutboxTask task) {
        OutboxStore store = OutboxStore.of(session);
        Instant now = ServerTime.now();
        boolean fresh = now.plus(Attempt.MAX_DURATION).isBefore(task.lease().until());
        if (!fresh && !store.renew(task, now.plus(leaseLength))) {
            return new Preparation.Obsolete("taken over");
        }
        Preparation preparation = prepare(session, task.delivery());
        if (preparation instanceof Preparation.Obsolete obsolete) {
            store.conclude(task, OutboxStatus.CLOSED, obsolete.reason(), ServerTime.now());
            LOG.debugf("Closed the %s: %s", task, obsolete.reason());
        }
        return preparation;
    }

    /** The handler works in the delivery's realm, as a request to that realm would. */
    private static Preparation prepare(KeycloakSession session, Delivery delivery) {
        if (!ServerTime.now().isBefore(delivery.expiresAt())) {
            return new Preparation.Obsolete("expired");
        }
        RealmModel realm = session.realms().getRealm(delivery.parties().realmId());
        if (realm == null) {
            return new Preparation.Obsolete("the realm is gone");
        }
        session.getContext().setRealm(realm);
        return session.getProvider(DeliveryHandler.class, delivery.kind()).prepare(realm, delivery);
    }

    private void conclude(OutboxTask task, Attempt attempt, SendResult result) {
        if (result instanceof SendResult.RetryLater later) {
            inTransaction(session -> retry(OutboxStore.of(session), task, later));
            return;
        }
        Optional<Consumer<KeycloakSession>> settlement = attempt.settlement(result);
        if (result instanceof SendResult.Delivered
                && settlement.isEmpty()
                && task.delivery().isKept()) {
            delivered.add(task);
        } else {
            inTransaction(session -> conclude(session, task, result, settlement));
        }
    }

    private void conclude(
            KeycloakSession session,
            OutboxTask task,
            SendResult result,
            Optional<Consumer<KeycloakSession>> settlement) {
        OutboxStatus status = result instanceof SendResult.Delivered ? OutboxStatus.DELIVERED : OutboxStatus.FAILED;
        String reason = reason(result);
        if (status == OutboxStatus.FAILED) {
            LOG.warnf("The %s failed for good: %s", task, reason);
        }
        if (OutboxStore.of(session).conclude(task, status, reason, ServerTime.now())) {
            settlement.ifPresent(also -> also.accept(session));
        }
    }

    /** When the other side said, else after a backoff; but no later than there is use in it. */
    private void retry(OutboxStore store, OutboxTask task, SendResult.RetryLater later) {
        Duration delay = later.after().map(backoff::spread).orElseGet(() -> backoff.after(task.attempts() + 1));
        Instant next = ServerTime.now().plus(delay);
        Instant end = task.delivery().expiresAt();
        LOG.debugf("The %s is tried again in %d ms: %s", task, delay.toMillis(), later.reason());
        store.retry(task, next.isBefore(end) ? next : end, later.reason());
    }

    private void giveBack(OutboxTask task, RuntimeException unexpected) {
        try {
            inTransaction(session -> retry(
                    OutboxStore.of(session),
                    task,
                    SendResult.RetryLater.because(unexpected.getClass().getSimpleName())));
        } catch (RuntimeException databaseToo) {
            LOG.debugf(databaseToo, "Could not give the %s back: its lease will run out", task);
        }
    }

    private static String reason(SendResult result) {
        if (result instanceof SendResult.DeadToken dead) {
            return dead.reason();
        }
        return result instanceof SendResult.Permanent permanent ? permanent.reason() : null;
    }

    private void inTransaction(KeycloakSessionTask job) {
        KeycloakModelUtils.runJobInTransaction(sessions, job);
    }

    @Override
    public void close() {
        lanes.values().forEach(Bulkhead::close);
        delivered.close();
    }
}
