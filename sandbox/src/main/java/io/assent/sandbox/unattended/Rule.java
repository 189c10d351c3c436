package io.assent.sandbox.unattended;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * What becomes of some of a client's requests.
 *
 * @param customer the user name of whom they are for; empty for everybody
 * @param bindingMessage what they say; empty for anything, or nothing
 * @param answer how they are answered; empty where nobody answers, so that they expire
 * @param after how long the customer takes
 * @param losesPing whether the client's ping of the answer never arrives
 */
record Rule(
        Optional<String> customer,
        Optional<String> bindingMessage,
        Optional<Answer> answer,
        Duration after,
        boolean losesPing) {

    static final Duration MAX_AFTER = Duration.ofMinutes(10);

    Rule {
        Objects.requireNonNull(customer);
        Objects.requireNonNull(bindingMessage);
        Objects.requireNonNull(answer);
        if (after.isNegative() || after.compareTo(MAX_AFTER) > 0) {
            throw new IllegalArgumentException("after " + after);
        }
    }

    /** @param message the request's binding message, or {@code null} */
    boolean isFor(String username, String message) {
        return customer.map(username::equals).orElse(true)
                && bindingMessage.map(said -> said.equals(message)).orElse(true);
    }

    /** Whether it is for all requests that another one is for. */
    boolean covers(Rule other) {
        return (customer.isEmpty() || customer.equals(other.customer))
                && (bindingMessage.isEmpty() || bindingMessage.equals(other.bindingMessage));
    }
}
