package io.assent.ciba.repeat;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/** What a client was answered under an {@code Idempotency-Key}, until the request's time is over. */
@Entity
@Table(name = "CIBA_ANSWER")
public class AnswerEntity {

    @Id
    @Column(name = "ID", length = 64)
    private String id;

    @Column(name = "CONTENT_HASH", length = 64, nullable = false)
    private String contentHash;

    @Column(name = "ANSWER", columnDefinition = "TEXT", nullable = false)
    private String answer;

    @Column(name = "EXPIRES_AT", nullable = false)
    private long expiresAt;

    protected AnswerEntity() {}

    AnswerEntity(String id, String contentHash, String answer, Instant expiresAt) {
        this.id = id;
        this.contentHash = contentHash;
        this.answer = answer;
        this.expiresAt = expiresAt.toEpochMilli();
    }

    String contentHash() {
        return contentHash;
    }

    String answer() {
        return answer;
    }

    boolean isOver(Instant now) {
        return expiresAt <= now.toEpochMilli();
    }
}
