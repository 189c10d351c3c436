package io.assent.signature;

import java.time.Instant;
import java.util.Set;

/**
 * What a signed yes has to say.
 *
 * @param act what it does
 * @param realmIssuer the issuer of the realm that asks for it
 * @param customerId the customer's id in the realm, the {@code sub} of the app's access token
 * @param id of the request that is approved, or of the consent that is confirmed
 * @param scopes the names of the permissions that are granted
 * @param detailsHash the SHA-256, in base64url, of the list of the authorization details that are granted, in canonical
 *     form (RFC 8785)
 * @param contentHash that of what the customer is shown, {@link io.assent.evidence.ShownContent#hash()}
 * @param challenge what has to come back in it
 * @param askedAt when the customer was asked: when the request was made, or the challenge of a confirmation
 * @param expiresAt the first moment at which it can't be given any more
 * @param at when it comes
 */
public record DecisionFacts(
        Act act,
        String realmIssuer,
        String customerId,
        String id,
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
