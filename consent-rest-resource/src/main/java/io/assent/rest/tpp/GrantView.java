package io.assent.rest.tpp;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonRawValue;
import io.assent.consent.Consent;
import io.assent.consent.ConsentRecord;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A grant as its client sees it (Grant Management for OAuth 2.0, draft 03, section 6.4). Times are in seconds since
 * 1970, as in tokens.
 *
 * @param authorizationDetails as they were granted
 * @param status {@code active}, or {@code suspended} while it is worth no token; an addition to the draft
 * @param updatedBy whether the client or this server changed it last
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record GrantView(
        List<Scope> scopes,
        List<String> claims,
        @JsonProperty("authorization_details") @JsonRawValue String authorizationDetails,
        String status,
        @JsonProperty("created_at") long createdAt,
        @JsonProperty("last_updated_at") long lastUpdatedAt,
        @JsonProperty("expires_at") Long expiresAt,
        @JsonProperty("updated_by") String updatedBy) {

    private static final String CLIENT = "client";

    /** @param history what happened to it, oldest first */
    static GrantView of(Consent consent, List<ConsentRecord> history, Instant now) {
        Optional<ConsentRecord> first = history.stream().findFirst();
        Optional<ConsentRecord> last = history.stream()
                // a question to the customer changes nothing
                .filter(event -> event.type() != ConsentRecord.Type.REMINDED)
                .reduce((earlier, later) -> later);
        return new GrantView(
                consent.names().isEmpty() ? List.of() : List.of(new Scope(String.join(" ", consent.names()))),
                consent.claims().limits().values().stream()
                        .flatMap(limit -> limit.named().stream())
                        .distinct()
                        .sorted()
                        .toList(),
                consent.details().json(),
                consent.isSuspended(now) ? "suspended" : "active",
                first.map(ConsentRecord::at).orElse(consent.grantedAt()).getEpochSecond(),
                last.map(ConsentRecord::at).orElse(consent.grantedAt()).getEpochSecond(),
                seconds(consent.validUntil()),
                last.map(GrantView::updatedBy).orElse(CLIENT));
    }

    /** What a customer granted, a client had asked for. */
    private static String updatedBy(ConsentRecord event) {
        return event.type() == ConsentRecord.Type.GRANTED ? CLIENT : "authorization_server";
    }

    private static Long seconds(Instant instant) {
        return instant == null ? null : instant.getEpochSecond();
    }

    /** @param scope the permissions' names, space separated */
    record Scope(String scope) {}
}
