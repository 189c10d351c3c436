package io.assent.limit;

import io.assent.server.Parties;
import java.util.Objects;

/**
 * What a client wants to ask a customer.
 *
 * @param journey by which way it asks
 * @param reference what the journey calls it, and no other question
 * @param scope the whole {@code scope} that is asked for
 * @param bindingMessage what is shown on both devices; empty where nothing is
 * @param details the authorization details in canonical form; empty where there are none
 * @param claims which permissions are asked for some of their claims alone, as kept; empty where none is
 * @param grantChange what a yes makes of a grant from before; empty where it stands beside
 * @param begunByCustomer whether it is asked since the customer did something in a browser, and not by a call of the
 *     client's own
 */
public record Question(
        Parties parties,
        String journey,
        String reference,
        String scope,
        String bindingMessage,
        String details,
        String claims,
        String grantChange,
        boolean begunByCustomer) {
    public Question {
        Objects.requireNonNull(parties);
        Objects.requireNonNull(journey);
        Objects.requireNonNull(reference);
        Objects.requireNonNull(scope);
        Objects.requireNonNull(bindingMessage);
        Objects.requireNonNull(details);
        Objects.requireNonNull(claims);
        Objects.requireNonNull(grantChange);
    }

    /** Whether it asks the same of the same customer. */
    public boolean asksTheSameAs(Question other) {
        return parties.equals(other.parties)
                && scope.equals(other.scope)
                && bindingMessage.equals(other.bindingMessage)
                && details.equals(other.details)
                && claims.equals(other.claims)
                && grantChange.equals(other.grantChange);
    }
}
