package io.assent.sandbox.unattended;

import io.assent.request.DecisionResult;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What is answered in the customer's place.
 *
 * @param scope the permissions that are granted, or empty for all that are asked for
 * @param accounts the ids of the accounts that are granted, or empty for all that can be
 */
public record Answer(Action action, Optional<Set<String>> scope, Optional<Set<String>> accounts) {

    public Answer {
        Objects.requireNonNull(action);
        Objects.requireNonNull(scope);
        Objects.requireNonNull(accounts);
        if (action != Action.ALLOW && (scope.isPresent() || accounts.isPresent())) {
            throw new IllegalArgumentException("nothing is granted by " + action);
        }
    }

    boolean namesAccounts() {
        return accounts.filter(ids -> !ids.isEmpty()).isPresent();
    }

    /** Whether a result is what it was to come to, by this call or one before. */
    public boolean isIn(DecisionResult result) {
        return action == Action.EXPIRE
                ? result instanceof DecisionResult.Expired
                : result instanceof DecisionResult.Decided;
    }

    /** An answer's kind. */
    public enum Action {
        ALLOW,
        DENY,
        /** A no, and that the customer did not ask for this. */
        REPORT,
        /** None: the request's time ends at once. */
        EXPIRE;

        public static Optional<Action> of(String word) {
            return Arrays.stream(values())
                    .filter(action -> action.word().equals(word))
                    .findFirst();
        }

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** As in {@code scope} (RFC 6749, section 3.3). */
    public static Set<String> words(String text) {
        Set<String> words = new LinkedHashSet<>(Arrays.asList(text.split(" +")));
        words.remove("");
        return words;
    }
}
