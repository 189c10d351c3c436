package io.assent.request.jpa;

import io.assent.evidence.ShownText;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** The row of a {@link ShownText}. Written once, never changed. */
@Entity
@Table(name = "CONSENT_SHOWN_TEXT")
public class ShownTextEntity {

    @Id
    @Column(name = "HASH", length = 64)
    private String hash;

    @Column(name = "CONTENT", columnDefinition = "TEXT", nullable = false)
    private String content;

    protected ShownTextEntity() {}

    ShownTextEntity(ShownText text) {
        hash = text.hash();
        content = text.content();
    }

    ShownText toText() {
        return new ShownText(content);
    }
}
