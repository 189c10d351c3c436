package io.assent.securityevent;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/** What a client is still to be told. Goes once it was. */
@Entity
@Table(name = "CONSENT_SECURITY_EVENT")
public class SecurityEventEntity {

    @Id
    @Column(name = "ID", length = 36)
    private String id;

    @Column(name = "CONSENT_ID", length = 36, nullable = false)
    private String consentId;

    @Column(name = "CLAIMS", columnDefinition = "TEXT", nullable = false)
    private String claims;

    @Column(name = "EXPIRES_AT", nullable = false)
    private long expiresAt;

    protected SecurityEventEntity() {}

    SecurityEventEntity(SecurityEvent event, Instant expiresAt) {
        id = event.id();
        consentId = event.consentId();
        claims = event.claims();
        this.expiresAt = expiresAt.toEpochMilli();
    }

    SecurityEvent event() {
        return new SecurityEvent(id, consentId, claims);
    }
}
