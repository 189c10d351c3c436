package io.assent.outbox.jpa;

import io.assent.outbox.Delivery;
import io.assent.outbox.DeliveryHandler;
import io.assent.outbox.DeliveryHandler.Attempt;
import io.assent.outbox.DeliveryHandler.Preparation;
import io.assent.outbox.Promise;
import io.assent.outbox.PromiseHandler;
import io.assent.server.ServerTime;
import java.io.Serial;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.hibernate.exception.ConstraintViolationException;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.KeycloakSessionTaskWithResult;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.KeycloakModelUtils;

/** The rows in Keycloak's database. A listener that fails is left out of a conclusion, which is then made again. */
final class JpaOutboxRows implements OutboxRows {

    private final KeycloakSessionFactory sessions;
    private final Duration leaseLength;
    private final OutboxLog log;

    JpaOutboxRows(KeycloakSessionFactory sessions, Duration leaseLength, OutboxLog log) {
        this.sessions = sessions;
        this.leaseLength = leaseLength;
        this.log = log;
    }

    @Override
    public List<OutboxTask> prepare(String realmId, List<Promised> promised) {
        return inTransaction(session -> prepare(session, realmId, promised));
    }

    private List<OutboxTask> prepare(KeycloakSession session, String realmId, List<Promised> promised) {
        RealmModel realm = session.realms().getRealm(realmId);
        if (realm == null) {
            return List.of();
        }
        session.getContext().setRealm(realm);
        Map<String, Promised> byOwner = new HashMap<>();
        Map<String, List<Promise>> byKind = new LinkedHashMap<>();
        for (Promised one : promised) {
            byOwner.put(one.promise().ownerId(), one);
            byKind.computeIfAbsent(one.promise().kind(), any -> new ArrayList<>())
                    .add(one.promise());
        }
        return byKind.entrySet().stream()
                .flatMap(ofKind ->
                        PromiseHandler.of(session, ofKind.getKey()).prepare(realm, ofKind.getValue()).stream())
                .map(first -> {
                    Promised one = byOwner.get(first.delivery().ownerId());
                    return OutboxTask.promised(first, Lease.from(one.at(), leaseLength), one.at(), one.place());
                })
                .toList();
    }

    @Override
    public boolean write(OutboxTask task) {
        return unlessWritten(
                task, () -> inTransaction(session -> OutboxStore.of(session).write(task)));
    }

    /** Renews the lease, if the task has been waiting for its turn. */
    @Override
    public Optional<Preparation> prepare(OutboxTask task) {
        return inTransaction(session -> {
            Instant now = ServerTime.now();
            boolean fresh = now.plus(Attempt.MAX_DURATION).isBefore(task.lease().until());
            return fresh || OutboxStore.of(session).renew(task, now.plus(leaseLength))
                    ? Optional.of(prepare(session, task.delivery()))
                    : Optional.empty();
        });
    }

    /** The handler works in the delivery's realm, as a request to that realm would. */
    private static Preparation prepare(KeycloakSession session, Delivery delivery) {
        RealmModel realm = session.realms().getRealm(delivery.parties().realmId());
        if (realm == null) {
            return new Preparation.Obsolete("the realm is gone");
        }
        session.getContext().setRealm(realm);
        return session.getProvider(DeliveryHandler.class, delivery.kind()).prepare(realm, delivery);
    }

    @Override
    public void conclude(OutboxTask task, Conclusion conclusion, Optional<Consumer<KeycloakSession>> settlement) {
        unlessWritten(task, () -> {
            try {
                return inTransaction(session -> {
                    boolean concluded = concludeQuietly(session, task, conclusion, settlement);
                    if (concluded) {
                        tell(session, List.of(task), conclusion);
                    }
                    return concluded;
                });
            } catch (ListenerFailedException failed) {
                log.listenerFailed(task, failed.getCause());
                return inTransaction(session -> concludeQuietly(session, task, conclusion, settlement));
            }
        });
    }

    /** @return whether it was done; it is not where somebody else wrote the row of what was promised */
    private boolean unlessWritten(OutboxTask task, BooleanSupplier change) {
        try {
            return change.getAsBoolean();
        } catch (ConstraintViolationException written) {
            if (task.hasRow()) {
                throw written;
            }
            log.written(task);
            return false;
        }
    }

    private static boolean concludeQuietly(
            KeycloakSession session,
            OutboxTask task,
            Conclusion conclusion,
            Optional<Consumer<KeycloakSession>> settlement) {
        boolean concluded = OutboxStore.of(session).conclude(task, conclusion, ServerTime.now());
        if (concluded) {
            settlement.ifPresent(also -> also.accept(session));
        }
        return concluded;
    }

    @Override
    public void concludeAll(List<OutboxTask> tasks, Conclusion conclusion) {
        if (!concludeTogether(tasks, conclusion)) {
            tasks.forEach(task -> conclude(task, conclusion, Optional.empty()));
        }
    }

    /**
     * @return whether it was done; it is not where a lease is lost, a row was written by somebody else or a listener
     *     fails, since for which is not known
     */
    private boolean concludeTogether(List<OutboxTask> tasks, Conclusion conclusion) {
        try {
            return inTransaction(session -> {
                if (OutboxStore.of(session).concludeAll(tasks, conclusion, ServerTime.now()) < tasks.size()) {
                    session.getTransactionManager().setRollbackOnly();
                    return false;
                }
                tell(session, tasks, conclusion);
                return true;
            });
        } catch (ListenerFailedException | ConstraintViolationException failed) {
            return false;
        }
    }

    /** Whatever listeners leave to be written is written here, so that its failure is theirs and not the commit's. */
    private void tell(KeycloakSession session, List<OutboxTask> tasks, Conclusion conclusion) {
        Instant now = ServerTime.now();
        try {
            tasks.forEach(task -> sessions.publish(conclusion.event(session, task, now)));
            session.getProvider(JpaConnectionProvider.class).getEntityManager().flush();
        } catch (RuntimeException failed) {
            throw new ListenerFailedException(failed);
        }
    }

    @Override
    public boolean delay(OutboxTask task, Instant nextAttemptAt, String reason) {
        return unlessWritten(
                task, () -> inTransaction(session -> OutboxStore.of(session).retry(task, nextAttemptAt, reason)));
    }

    @Override
    public List<OutboxTask> claimExpired(int max) {
        return inTransaction(session -> {
            Instant now = ServerTime.now();
            return OutboxStore.of(session).claimExpired(now, Lease.from(now, leaseLength), max);
        });
    }

    private <T> T inTransaction(KeycloakSessionTaskWithResult<T> job) {
        return KeycloakModelUtils.runJobInTransactionWithResult(sessions, job);
    }

    private static final class ListenerFailedException extends RuntimeException {

        @Serial
        private static final long serialVersionUID = 1;

        private ListenerFailedException(RuntimeException cause) {
            super(cause);
        }
    }
}
