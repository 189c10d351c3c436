package io.assent.rules;

import java.util.Optional;
import java.util.stream.Stream;

/**
 * Whether a login that is approved in the app goes on only after the customer typed digits that the app shows into the
 * browser. A later one is stricter than an earlier one.
 */
public enum CodeBack {
    NEVER("never"),
    /** Where much is granted, and where app and browser are not known to be in one network. */
    BY_RISK(""),
    ALWAYS("always");

    private final String word;

    CodeBack(String word) {
        this.word = word;
    }

    /** As the console writes it. */
    String word() {
        return word;
    }

    static Optional<CodeBack> of(String word) {
        return Stream.of(values())
                .filter(rule -> !word.isEmpty() && rule.word.equals(word))
                .findFirst();
    }
}
