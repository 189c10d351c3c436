package io.assent.cloudevent;

import io.assent.destination.CloudEvent;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** An event that one destination has not taken yet. Written once; after that only conditional updates touch it. */
@Entity
@Table(name = "CONSENT_CLOUD_EVENT")
public class KeptEventEntity {

    @Id
    @Column(name = "ID", length = 36)
    private String id;

    @Column(name = "REALM_ID", length = 36, nullable = false)
    private String realmId;

    @Column(name = "DESTINATION_ID", length = 36, nullable = false)
    private String destinationId;

    @Column(name = "SUBJECT", length = 60, nullable = false)
    private String subject;

    @Column(name = "SEQUENCE_NUMBER", nullable = false)
    private int sequence;

    @Column(name = "CONTENT", columnDefinition = "TEXT", nullable = false)
    private String content;

    @Enumerated(EnumType.STRING)
    @Column(name = "STATE", length = 10, nullable = false)
    private EventState state;

    @Column(name = "REASON", length = 255)
    private String reason;

    @Column(name = "CREATED_AT", nullable = false)
    private long createdAt;

    @Column(name = "EXPIRES_AT", nullable = false)
    private long expiresAt;

    @Column(name = "KEPT_UNTIL", nullable = false)
    private long keptUntil;

    @Column(name = "DIED_AT")
    private Long diedAt;

    protected KeptEventEntity() {}

    KeptEventEntity(String realmId, String destinationId, CloudEvent event, Instant now, EventTimes times) {
        id = UUID.randomUUID().toString();
        this.realmId = realmId;
        this.destinationId = destinationId;
        subject = event.subject();
        sequence = Integer.parseInt(event.sequence());
        content = event.json();
        state = EventState.WAITING;
        createdAt = now.toEpochMilli();
        expiresAt = now.plus(times.timeToLive()).toEpochMilli();
        keptUntil = now.plus(times.timeToLive()).plus(times.deadFor()).toEpochMilli();
    }

    String id() {
        return id;
    }

    String realmId() {
        return realmId;
    }

    String destinationId() {
        return destinationId;
    }

    Subject subject() {
        return Subject.parse(subject);
    }

    CloudEvent event() {
        return CloudEvent.parse(content);
    }

    EventState state() {
        return state;
    }

    Optional<String> reason() {
        return Optional.ofNullable(reason);
    }

    Instant createdAt() {
        return Instant.ofEpochMilli(createdAt);
    }

    Instant expiresAt() {
        return Instant.ofEpochMilli(expiresAt);
    }

    Optional<Instant> diedAt() {
        return Optional.ofNullable(diedAt).map(Instant::ofEpochMilli);
    }

    /** What it was written with. */
    EventTimes times() {
        return new EventTimes(Duration.ofMillis(expiresAt - createdAt), Duration.ofMillis(keptUntil - expiresAt));
    }
}
