package io.assent.partner.provider;

import java.io.IOException;
import org.keycloak.OAuthErrorException;

/** A partner's answer to the request for a new token in the place of an old one. */
sealed interface Freshness {

    /** Here it is. */
    record Fresh(PartnerToken token) implements Freshness {}

    /** None can be had without the customer. */
    record Ended() implements Freshness {}

    /** Nobody knows: the partner did not answer, or not in order. */
    record Unavailable(String reason) implements Freshness {}

    /**
     * Asks. Stock would drop a token whenever the partner does not answer well; here it goes where the partner says
     * that it is over (RFC 6749, section 5.2, {@code invalid_grant}).
     *
     * @param now in seconds since 1970
     */
    static Freshness ask(PartnerCall call, PartnerToken before, long now) {
        try {
            return of(call.send(), before, now);
        } catch (IOException e) {
            return new Unavailable(e.getClass().getSimpleName());
        }
    }

    /** What an answer means. */
    static Freshness of(PartnerAnswer answer, PartnerToken before, long now) {
        if (answer.isSuccess()) {
            return PartnerToken.read(answer.body())
                    .<Freshness>map(token -> new Fresh(token.after(before, now)))
                    .orElseGet(() -> new Unavailable("it answered without a token"));
        }
        return answer.saysError(OAuthErrorException.INVALID_GRANT)
                ? new Ended()
                : new Unavailable("HTTP " + answer.status());
    }
}
