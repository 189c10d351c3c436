package io.assent.outbox.jpa;

import io.assent.outbox.Delivery;
import io.assent.sql.SqlUpdate;
import io.assent.trace.TracePlace;
import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The rows of what was promised, written once something is known of it. None is written where what it belongs to is
 * gone. To look first whether somebody else wrote it would lock more than the row on some databases.
 */
final class PromisedRows {

    private static final String INSERT = """
            insert into {h-schema}CONSENT_OUTBOX (ID, KIND, REALM_ID, CLIENT_ID, USER_ID, REQUEST_ID, TARGET, STATUS,
             REASON, ATTEMPTS, NEXT_ATTEMPT_AT, LEASE, CREATED_AT, EXPIRES_AT, CLOSED_AT, TRACE_PARENT)
            select :id, :kind, :realm, :client, :user, r.ID, :target, :status,
             :reason, :attempts, :next, :lease, :created, :expires, nullif(:closed, 0), :trace
            from {h-schema}CONSENT_REQUEST r where r.ID = :owner""";

    private final EntityManager em;

    PromisedRows(EntityManager em) {
        this.em = em;
    }

    /**
     * Writes rows.
     *
     * @return how many were written
     * @throws org.hibernate.exception.ConstraintViolationException if somebody else wrote one of them
     */
    int write(List<Row> rows) {
        return SqlUpdate.runAll(rows.stream().map(this::insert).toList());
    }

    private SqlUpdate insert(Row row) {
        Delivery delivery = row.delivery;
        return SqlUpdate.of(em, INSERT)
                .set("id", OutboxTask.idOf(delivery))
                .set("kind", delivery.kind())
                .set("realm", delivery.parties().realmId())
                .set("client", delivery.parties().clientId())
                .set("user", delivery.parties().userId())
                .set("target", delivery.target())
                .set("status", row.status.name())
                .set("reason", row.reason)
                .set("attempts", row.attempts)
                .set("next", row.nextAttemptAt.toEpochMilli())
                .set("lease", row.lease)
                .set("created", row.promisedAt.toEpochMilli())
                .set("expires", delivery.expiresAt().toEpochMilli())
                .set("closed", row.closedAt().orElse(null))
                .set("trace", row.place.map(TracePlace::traceparent).orElse(null))
                .set("owner", delivery.ownerId());
    }

    /**
     * One row.
     *
     * @param nextAttemptAt when it is tried again, or was concluded
     */
    record Row(
            Delivery delivery,
            Instant promisedAt,
            Optional<TracePlace> place,
            OutboxStatus status,
            String reason,
            int attempts,
            Instant nextAttemptAt,
            String lease) {

        Row {
            reason = OutboxStore.shortened(reason);
        }

        /** Leased by who promised it. */
        static Row leased(OutboxTask task) {
            Lease lease = task.lease();
            return of(task, OutboxStatus.WAITING, null, 0, lease.until(), lease.id());
        }

        /** To be tried again after its first attempt. */
        static Row delayed(OutboxTask task, Instant nextAttemptAt, String reason) {
            return of(task, OutboxStatus.WAITING, reason, 1, nextAttemptAt, null);
        }

        static Row concluded(OutboxTask task, Conclusion conclusion, Instant now) {
            return of(task, conclusion.status(), conclusion.reason(), conclusion.newAttempts(), now, null);
        }

        /** For any node, now. */
        static Row due(Delivery delivery, Instant promisedAt, Instant now) {
            return new Row(delivery, promisedAt, Optional.empty(), OutboxStatus.WAITING, null, 0, now, null);
        }

        private static Row of(
                OutboxTask task, OutboxStatus status, String reason, int attempts, Instant next, String lease) {
            return new Row(
                    task.delivery(), task.progress().writtenAt(), task.place(), status, reason, attempts, next, lease);
        }

        Optional<Instant> closedAt() {
            return status == OutboxStatus.WAITING ? Optional.empty() : Optional.of(nextAttemptAt);
        }
    }
}
