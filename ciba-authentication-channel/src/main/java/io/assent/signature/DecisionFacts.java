package io.assent.signature;

import java.time.Instant;
import java.util.Set;

/**
 * What a signed yes has to say.
 *
 * @param realmIssuer the issuer of the realm that asks for it
 * @param customerId the customer's id in the realm, the {@code sub} of the app's access token
 * @param scopes the names of the permissions that it grants
 * @param detailsHash the SHA-256, in base64url, of the list of the authorization details that it grants, in canonical
 *     form (RFC 8785)
 * @param contentHash that of what the customer is shown, {@link io.assent.evidence.ShownContent#hash()}
 * @param challenge the request's
 * @param askedAt when the request was made
 * @param expiresAt the first moment at which it can't be answered any more
 * @param at when the answer comes
 */
public record DecisionFacts(
        String realmIssuer,
        String customerId,
        String requestId,
        Set<String> scopes,
        String detailsHash,
        String contentHash,
        String challenge,
        Instant askedAt,
        Instant expiresAt,
        Instant at) {
    public DecisionFacts {
        scopes = Set.copyOf(scopes);
    }
}
