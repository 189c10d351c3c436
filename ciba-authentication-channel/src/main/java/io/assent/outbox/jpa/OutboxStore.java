package io.assent.outbox.jpa;

import io.assent.outbox.Delivery;
import io.assent.outbox.DeliveryHandler.Attempt;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.Timeouts;
import org.hibernate.jpa.SpecHints;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;

/** The outbox's rows. Whoever changes one holds its lease. */
final class OutboxStore {

    /** What fits into the column. */
    private static final int MAX_REASON = 255;

    private final EntityManager em;

    private OutboxStore(EntityManager em) {
        this.em = em;
    }

    /** In the session's transaction. */
    static OutboxStore of(KeycloakSession session) {
        return new OutboxStore(session.getProvider(JpaConnectionProvider.class).getEntityManager());
    }

    /** Writes a row that the caller has already claimed. */
    OutboxTask add(Delivery delivery, Optional<Attempt> prepared, Lease lease, Instant now) {
        String id = UUID.randomUUID().toString();
        em.persist(new OutboxEntity(id, delivery, lease, now));
        return new OutboxTask(id, delivery, lease, 0, prepared);
    }

    /** Claims rows that are due and that nobody else holds or is claiming, the longest waiting first. */
    List<OutboxTask> claimDue(String kind, Instant now, Lease lease, int max) {
        List<OutboxEntity> due = em.createQuery(
                        "select o from OutboxEntity o where o.status = WAITING and o.nextAttemptAt <= :now"
                                + " and o.kind = :kind order by o.nextAttemptAt",
                        OutboxEntity.class)
                .setParameter("now", now.toEpochMilli())
                .setParameter("kind", kind)
                .setMaxResults(max)
                .setLockMode(LockModeType.PESSIMISTIC_WRITE)
                .setHint(SpecHints.HINT_SPEC_LOCK_TIMEOUT, Timeouts.SKIP_LOCKED_MILLI)
                .getResultList();
        if (due.isEmpty()) {
            return List.of();
        }
        // conditional as well, for databases that do not lock what they select
        int claimed = em.createQuery("update OutboxEntity o set o.lease = :lease, o.nextAttemptAt = :until"
                        + " where o.id in :ids and o.status = WAITING and o.nextAttemptAt <= :now")
                .setParameter("lease", lease.id())
                .setParameter("until", lease.until().toEpochMilli())
                .setParameter("ids", due.stream().map(OutboxEntity::id).toList())
                .setParameter("now", now.toEpochMilli())
                .executeUpdate();
        if (claimed < due.size()) {
            // whose the others are is not known: all of these wait until the lease runs out, which loses nothing
            return List.of();
        }
        return due.stream()
                .map(row -> new OutboxTask(row.id(), row.delivery(), lease, row.attempts(), Optional.empty()))
                .toList();
    }

    /** Closes rows that are due and whose time is over. */
    int closeExpired(Instant now) {
        return em.createQuery("update OutboxEntity o set o.status = CLOSED, o.reason = 'expired', o.lease = null,"
                        + " o.closedAt = :now where o.status = WAITING and o.nextAttemptAt <= :now"
                        + " and o.expiresAt <= :now")
                .setParameter("now", now.toEpochMilli())
                .executeUpdate();
    }

    /**
     * Concludes a row. One that is about no request would never go, and goes at once.
     *
     * @return whether the task's lease was still held, so that the row has been concluded
     */
    boolean conclude(OutboxTask task, OutboxStatus status, String reason, Instant now) {
        if (!task.delivery().isKept()) {
            return em.createQuery("delete from OutboxEntity o where o.id = :id and o.lease = :lease")
                            .setParameter("id", task.id())
                            .setParameter("lease", task.lease().id())
                            .executeUpdate()
                    == 1;
        }
        return em.createQuery("update OutboxEntity o set o.status = :status, o.reason = :reason, o.lease = null,"
                                + " o.closedAt = :now, o.attempts = :attempts where o.id = :id and o.lease = :lease")
                        .setParameter("status", status)
                        .setParameter("reason", reason == null ? null : shortened(reason))
                        .setParameter("now", now.toEpochMilli())
                        .setParameter("attempts", attempts(task, status))
                        .setParameter("id", task.id())
                        .setParameter("lease", task.lease().id())
                        .executeUpdate()
                == 1;
    }

    /** Concludes rows that were delivered, those of them whose lease was still held. */
    void delivered(List<OutboxTask> tasks, Instant now) {
        em.createQuery("update OutboxEntity o set o.status = DELIVERED, o.reason = null, o.lease = null,"
                        + " o.closedAt = :now, o.attempts = o.attempts + 1 where o.id in :ids and o.lease in :leases")
                .setParameter("now", now.toEpochMilli())
                .setParameter("ids", tasks.stream().map(OutboxTask::id).toList())
                .setParameter(
                        "leases", tasks.stream().map(task -> task.lease().id()).toList())
                .executeUpdate();
    }

    /** Gives the row back, to be attempted again. */
    void retry(OutboxTask task, Instant nextAttemptAt, String reason) {
        em.createQuery("update OutboxEntity o set o.nextAttemptAt = :next, o.reason = :reason, o.lease = null,"
                        + " o.attempts = :attempts where o.id = :id and o.lease = :lease")
                .setParameter("next", nextAttemptAt.toEpochMilli())
                .setParameter("reason", shortened(reason))
                .setParameter("attempts", task.attempts() + 1)
                .setParameter("id", task.id())
                .setParameter("lease", task.lease().id())
                .executeUpdate();
    }

    /**
     * Asks by the lease alone, which no concluded row has: a condition on the status could make a planner look for the
     * row among all that wait.
     *
     * @return whether the row is still to be sent, and by this task; if so, others keep away until then
     */
    boolean renew(OutboxTask task, Instant until) {
        return em.createQuery("update OutboxEntity o set o.nextAttemptAt = :until"
                                + " where o.id = :id and o.lease = :lease")
                        .setParameter("until", until.toEpochMilli())
                        .setParameter("id", task.id())
                        .setParameter("lease", task.lease().id())
                        .executeUpdate()
                == 1;
    }

    private static int attempts(OutboxTask task, OutboxStatus status) {
        return status == OutboxStatus.CLOSED ? task.attempts() : task.attempts() + 1;
    }

    private static String shortened(String reason) {
        return reason.substring(0, Math.min(reason.length(), MAX_REASON));
    }
}
