package io.assent.consent.jpa;

import io.assent.consent.Actor;
import io.assent.consent.ConsentRecord;
import io.assent.consent.StaffNote;
import io.assent.detail.Details;
import io.assent.evidence.KeptSignature;
import io.assent.evidence.ShownContent;
import io.assent.evidence.ShownText;
import io.assent.evidence.SignedContent;
import io.assent.permission.change.ChangeDocument;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Set;

/** The row of a {@link ConsentRecord}, to be read: {@link NewRecord} writes it, and nothing changes it. */
@Entity
@Table(name = "CONSENT_EVENT")
public class ConsentRecordEntity {

    @Id
    @Column(name = "ID", length = 36)
    private String id;

    @Column(name = "CONSENT_ID", length = 36, nullable = false)
    private String consentId;

    @Enumerated(EnumType.STRING)
    @Column(name = "TYPE", length = 10, nullable = false)
    private ConsentRecord.Type type;

    @Enumerated(EnumType.STRING)
    @Column(name = "DONE_BY", length = 10, nullable = false)
    private Actor by;

    @Column(name = "DONE_AT", nullable = false)
    private long at;

    @Column(name = "PERMISSIONS", columnDefinition = "TEXT", nullable = false)
    private String permissions;

    @Column(name = "DETAILS", columnDefinition = "TEXT")
    private String details;

    @Column(name = "DONE_BY_ID", length = 255)
    private String staffId;

    @Column(name = "REASON", length = 512)
    private String reason;

    @Column(name = "CHALLENGE", length = 43)
    private String challenge;

    @Column(name = "SHOWN_TEXT", columnDefinition = "TEXT")
    private String shownText;

    @Column(name = "SHOWN_CONTENT", columnDefinition = "TEXT")
    private String shownContent;

    @Column(name = "SIGNATURE", columnDefinition = "TEXT")
    private String signature;

    @Column(name = "REPLACED", columnDefinition = "TEXT")
    private String replaced;

    @Column(name = "REQUEST_ID", length = 36)
    private String requestId;

    protected ConsentRecordEntity() {}

    private SignedContent signed() {
        return signature == null
                ? null
                : new SignedContent(
                        challenge,
                        new ShownContent(new ShownText(shownText), shownContent),
                        KeptSignature.parse(signature));
    }

    ConsentRecord toRecord() {
        return new ConsentRecord(
                consentId,
                type,
                by,
                Instant.ofEpochMilli(at),
                permissions.isEmpty() ? Set.of() : Set.of(permissions.split(" ")),
                Details.parse(details),
                staffId == null ? null : new StaffNote(staffId, reason),
                signed(),
                ChangeDocument.readReplaced(replaced),
                requestId);
    }
}
