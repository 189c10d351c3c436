package io.assent.request.jpa;

import io.assent.evidence.ShownText;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/** The row of a {@link ShownText}. Its words never change. */
@Entity
@Table(name = "CONSENT_SHOWN_TEXT")
public class ShownTextEntity {

    @Id
    @Column(name = "HASH", length = 64)
    private String hash;

    @Column(name = "CONTENT", columnDefinition = "TEXT", nullable = false)
    private String content;

    /**
     * When an answer named it last, by the day; none in rows from before it was kept, until housekeeping dates them.
     */
    @Column(name = "USED_AT")
    private Long usedAt;

    protected ShownTextEntity() {}

    ShownTextEntity(ShownText text, Instant now) {
        hash = text.hash();
        content = text.content();
        usedAt = now.toEpochMilli();
    }

    ShownText toText() {
        return new ShownText(content);
    }
}
