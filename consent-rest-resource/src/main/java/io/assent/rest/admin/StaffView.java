package io.assent.rest.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import io.assent.consent.Consent;
import io.assent.consent.ConsentRecord;
import io.assent.consent.StaffNote;
import io.assent.rest.admin.call.ClientView;
import io.assent.rest.admin.claim.ClaimsView;
import io.assent.rest.admin.evidence.EvidenceView;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** A consent as staff see it: what the row says. */
@JsonInclude
record StaffView(
        String id,
        String status,
        String customerId,
        ClientView client,
        String requestId,
        String pairId,
        List<String> grantedScopes,
        List<ClaimsView> grantedClaims,
        @JsonRawValue String grantedDetails,
        String grantedAt,
        String validUntil,
        boolean oneTime,
        String confirmedAt,
        String confirmBy,
        String lastUsedAt,
        String endedAt,
        String endedBy,
        EvidenceView evidence,
        List<Event> history) {

    /**
     * @param client as it is called, or was when it was granted
     * @param claims which data about the customer it grants, or {@code null} where that was forgotten
     * @param evidence how the answer came about that it came from, or {@code null} in a list and where it was not kept
     * @param history what happened to it, or {@code null} in a list
     */
    static StaffView of(
            Consent consent,
            ClientView client,
            List<ClaimsView> claims,
            EvidenceView evidence,
            List<ConsentRecord> history) {
        return new StaffView(
                consent.id(),
                word(consent.status()),
                consent.parties().userId(),
                client,
                consent.requestId(),
                consent.parties().pairId(),
                consent.names().stream().sorted().toList(),
                claims,
                consent.details().json(),
                consent.grantedAt().toString(),
                moment(consent.validUntil()),
                consent.isOneTime(),
                moment(consent.term().confirmedAt()),
                moment(consent.term().confirmBy()),
                moment(consent.lastUsedAt()),
                consent.findEnd().map(end -> end.at().toString()).orElse(null),
                consent.findEnd().map(end -> word(end.by())).orElse(null),
                evidence,
                history == null ? null : history.stream().map(Event::of).toList());
    }

    /** @param moment may be {@code null} */
    private static String moment(Instant moment) {
        return moment == null ? null : moment.toString();
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    /** One line of the history. */
    @JsonInclude
    record Event(
            String type,
            String by,
            String at,
            List<String> grantedScopes,
            @JsonRawValue String grantedDetails,
            String requestId,
            String staffId,
            String reason) {

        static Event of(ConsentRecord event) {
            return new Event(
                    word(event.type()),
                    word(event.by()),
                    event.at().toString(),
                    event.permissions().stream().sorted().toList(),
                    event.details().json(),
                    event.findRequestId().orElse(null),
                    event.findNote().map(StaffNote::staffId).orElse(null),
                    event.findNote().map(StaffNote::reason).orElse(null));
        }
    }

    /** A page of what a search found. */
    @JsonInclude
    record Found(List<StaffView> consents, String next) {}
}
