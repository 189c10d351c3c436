package io.assent.signature;

import io.assent.detail.Details;
import io.assent.evidence.ShownContent;
import io.assent.server.Parties;
import java.time.Instant;
import java.util.Objects;
import java.util.Set;

/**
 * A yes that is to be signed.
 *
 * @param requestId the request that it answers
 * @param challenge the request's, or {@code null} for one from before answers were signed
 * @param askedAt when the request was made
 * @param expiresAt the first moment at which it can't be answered any more
 * @param scopes the names of the permissions that it grants
 * @param details the authorization details that it grants
 * @param shown what the customer is shown
 * @param at when it comes
 */
public record Approval(
        Parties parties,
        String requestId,
        String challenge,
        Instant askedAt,
        Instant expiresAt,
        Set<String> scopes,
        Details details,
        ShownContent shown,
        Instant at) {
    public Approval {
        Objects.requireNonNull(parties);
        Objects.requireNonNull(requestId);
        Objects.requireNonNull(askedAt);
        Objects.requireNonNull(expiresAt);
        scopes = Set.copyOf(scopes);
        Objects.requireNonNull(details);
        Objects.requireNonNull(shown);
        Objects.requireNonNull(at);
    }
}
