package io.assent.report;

import io.assent.request.ConsentRequest.Journey;

/**
 * What came of one client's requests of one day and journey.
 *
 * @param day on which they were asked
 * @param clientId the client's internal id
 * @param oauthClientId what it was called then, or {@code null} where nobody knows
 * @param clientName its name then, or {@code null}
 */
public record AuthorisationLine(
        UtcDay day,
        String clientId,
        String oauthClientId,
        String clientName,
        String journey,
        Outcomes outcomes,
        Times times) {

    /** Whether requests of this journey know of the client's tokens: those of a login are the login's affair. */
    public boolean knowsTokens() {
        return journey.equals(Journey.CIBA);
    }

    /** Both together, of the same day, client and journey. The client is called what it was called later. */
    public AuthorisationLine plus(AuthorisationLine later) {
        AuthorisationLine names = later.oauthClientId == null ? this : later;
        return new AuthorisationLine(
                day,
                clientId,
                names.oauthClientId,
                names.clientName,
                journey,
                outcomes.plus(later.outcomes),
                times.plus(later.times));
    }
}
