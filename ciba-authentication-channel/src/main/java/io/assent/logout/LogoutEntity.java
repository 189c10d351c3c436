package io.assent.logout;

import io.assent.token.TokensEnded.EndedSession;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;

/** The row of a logout token: what it says and nobody knows once the session is gone. Goes once the client was told. */
@Entity
@Table(name = "CONSENT_LOGOUT")
public class LogoutEntity {

    @Id
    @Column(name = "ID", length = 36)
    private String id;

    @Column(name = "CONSENT_ID", length = 36, nullable = false)
    private String consentId;

    @Column(name = "USER_SESSION_ID", length = 255, nullable = false)
    private String userSessionId;

    @Column(name = "ISSUER", columnDefinition = "TEXT", nullable = false)
    private String issuer;

    @Column(name = "EXPIRES_AT", nullable = false)
    private long expiresAt;

    protected LogoutEntity() {}

    LogoutEntity(String consentId, EndedSession session, Instant expiresAt) {
        id = UUID.randomUUID().toString();
        this.consentId = consentId;
        userSessionId = session.id();
        issuer = session.issuer();
        this.expiresAt = expiresAt.toEpochMilli();
    }

    /** The same in every attempt at the same delivery: it is the token's {@code jti}. */
    String id() {
        return id;
    }

    String consentId() {
        return consentId;
    }

    EndedSession session() {
        return new EndedSession(userSessionId, issuer);
    }
}
