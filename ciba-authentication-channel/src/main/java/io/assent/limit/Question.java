package io.assent.limit;

import io.assent.server.Parties;
import java.util.Objects;

/**
 * What a client wants to ask a customer.
 *
 * @param journey by which way it asks
 * @param scope the whole {@code scope} that is asked for
 * @param bindingMessage what is shown on both devices; empty where nothing is
 */
public record Question(Parties parties, String journey, String scope, String bindingMessage) {
    public Question {
        Objects.requireNonNull(parties);
        Objects.requireNonNull(journey);
        Objects.requireNonNull(scope);
        Objects.requireNonNull(bindingMessage);
    }
}
