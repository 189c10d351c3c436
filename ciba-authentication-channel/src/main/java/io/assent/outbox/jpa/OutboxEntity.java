package io.assent.outbox.jpa;

import io.assent.outbox.Delivery;
import io.assent.outbox.jpa.OutboxTask.Progress;
import io.assent.server.Parties;
import io.assent.trace.TracePlace;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Optional;

/** The row of a {@link Delivery}. Written once; after that only conditional updates touch it. */
@Entity
@Table(name = "CONSENT_OUTBOX")
public class OutboxEntity {

    @Id
    @Column(name = "ID", length = 36)
    private String id;

    @Column(name = "KIND", length = 20, nullable = false)
    private String kind;

    @Column(name = "REALM_ID", length = 36, nullable = false)
    private String realmId;

    @Column(name = "CLIENT_ID", length = 36, nullable = false)
    private String clientId;

    @Column(name = "USER_ID", length = 255, nullable = false)
    private String userId;

    @Column(name = "REQUEST_ID", length = 36)
    private String ownerId;

    @Column(name = "TARGET", length = 36, nullable = false)
    private String target;

    @Enumerated(EnumType.STRING)
    @Column(name = "STATUS", length = 10, nullable = false)
    private OutboxStatus status;

    @Column(name = "REASON", length = 255)
    private String reason;

    @Column(name = "ATTEMPTS", nullable = false)
    private int attempts;

    /** While a lease is held: when it runs out. */
    @Column(name = "NEXT_ATTEMPT_AT", nullable = false)
    private long nextAttemptAt;

    @Column(name = "LEASE", length = 36)
    private String lease;

    @Column(name = "CREATED_AT", nullable = false)
    private long createdAt;

    @Column(name = "EXPIRES_AT", nullable = false)
    private long expiresAt;

    @Column(name = "CLOSED_AT")
    private Long closedAt;

    @Column(name = "TRACE_PARENT", length = 55)
    private String traceParent;

    protected OutboxEntity() {}

    /** Born leased: the node that writes the row is the first to attempt it. */
    OutboxEntity(String id, Delivery delivery, Lease lease, Instant now) {
        this(id, delivery, lease.until(), now);
        this.lease = lease.id();
    }

    /** For any node, once it is due. */
    OutboxEntity(String id, Delivery delivery, Instant due, Instant now) {
        this.id = id;
        kind = delivery.kind();
        realmId = delivery.parties().realmId();
        clientId = delivery.parties().clientId();
        userId = delivery.parties().userId();
        ownerId = delivery.ownerId();
        target = delivery.target();
        status = OutboxStatus.WAITING;
        nextAttemptAt = due.toEpochMilli();
        createdAt = now.toEpochMilli();
        expiresAt = delivery.expiresAt().toEpochMilli();
        traceParent = TracePlace.current().map(TracePlace::traceparent).orElse(null);
    }

    private Delivery delivery() {
        return new Delivery(
                kind, new Parties(realmId, clientId, userId), ownerId, target, Instant.ofEpochMilli(expiresAt));
    }

    String id() {
        return id;
    }

    String clientId() {
        return clientId;
    }

    OutboxTask task(Lease claimed) {
        return new OutboxTask(
                id,
                delivery(),
                claimed,
                new Progress(Instant.ofEpochMilli(createdAt), attempts, Optional.ofNullable(reason)),
                TracePlace.parse(traceParent),
                Optional.empty());
    }
}
