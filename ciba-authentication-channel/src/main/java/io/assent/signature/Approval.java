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
 * @param act what it does
 * @param id of the request that is approved, or of the consent that is confirmed
 * @param challenge what has to come back in it, or {@code null} in a request from before answers were signed
 * @param askedAt when the customer was asked: when the request was made, or the challenge of a confirmation
 * @param expiresAt the first moment at which it can't be given any more
 * @param scopes the names of the permissions that are granted
 * @param details the authorization details that are granted
 * @param shown what the customer is shown
 * @param at when it comes
 */
public record Approval(
        Act act,
        Parties parties,
        String id,
        String challenge,
        Instant askedAt,
        Instant expiresAt,
        Set<String> scopes,
        Details details,
        ShownContent shown,
        Instant at) {
    public Approval {
        Objects.requireNonNull(act);
        Objects.requireNonNull(parties);
        Objects.requireNonNull(id);
        Objects.requireNonNull(askedAt);
        Objects.requireNonNull(expiresAt);
        scopes = Set.copyOf(scopes);
        Objects.requireNonNull(details);
        Objects.requireNonNull(shown);
        Objects.requireNonNull(at);
    }
}
