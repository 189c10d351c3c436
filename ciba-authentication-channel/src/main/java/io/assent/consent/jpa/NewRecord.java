package io.assent.consent.jpa;

import io.assent.consent.ConsentRecord;
import io.assent.consent.StaffNote;
import io.assent.evidence.SignedContent;
import io.assent.id.OrderedId;
import io.assent.permission.change.ChangeDocument;
import io.assent.sql.SqlUpdate;
import jakarta.persistence.EntityManager;
import java.util.Optional;

/** A line of a consent's history, to be written. In SQL, as the consent itself. */
final class NewRecord {

    private static final String INSERT = "insert into {h-schema}CONSENT_EVENT (ID, CONSENT_ID, TYPE, DONE_BY, DONE_AT,"
            + " PERMISSIONS, DETAILS, DONE_BY_ID, REASON, CHALLENGE, SHOWN_TEXT, SHOWN_CONTENT, SIGNATURE, REPLACED,"
            + " REQUEST_ID) values (:id, :consent, :type, :by, :at, :permissions, :details, :staff, :reason, :challenge,"
            + " :text, :content, :signature, :replaced, :request)";

    static SqlUpdate row(EntityManager em, ConsentRecord line) {
        Optional<StaffNote> note = line.findNote();
        Optional<SignedContent> signed = line.findSigned();
        return SqlUpdate.of(em, INSERT)
                .set("id", OrderedId.next())
                .set("consent", line.consentId())
                .set("type", line.type().name())
                .set("by", line.by().name())
                .set("at", line.at().toEpochMilli())
                .set(
                        "permissions",
                        String.join(" ", line.permissions().stream().sorted().toList()))
                .set("details", line.details().findJson().orElse(null))
                .set("staff", note.map(StaffNote::staffId).orElse(null))
                .set("reason", note.map(StaffNote::reason).orElse(null))
                .set("challenge", signed.map(SignedContent::challenge).orElse(null))
                .set(
                        "text",
                        signed.map(content -> content.shown().text().content()).orElse(null))
                .set("content", signed.map(content -> content.shown().json()).orElse(null))
                .set(
                        "signature",
                        signed.map(content -> content.signature().json().toString())
                                .orElse(null))
                .set("replaced", line.replaced().isEmpty() ? null : ChangeDocument.write(line.replaced()))
                .set("request", line.findRequestId().orElse(null));
    }

    private NewRecord() {}
}
