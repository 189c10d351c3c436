package io.assent.sandbox.customer;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What is special about a customer. */
enum Kind {
    /** Has a phone that takes each push. */
    GOOD(SimulatedPhone.GOOD),
    /** Has a phone that takes long over each push. */
    SLOW(SimulatedPhone.SLOW),
    /** Has a phone whose push service fails. */
    DOWN(SimulatedPhone.DOWN),
    /** Has a phone without the app. */
    DEAD(SimulatedPhone.DEAD),
    /** Has no phone. */
    PHONELESS(null),
    /** Is locked out by the bank. */
    LOCKED(SimulatedPhone.GOOD),
    /** Speaks German. */
    GERMAN(SimulatedPhone.GOOD);

    private final SimulatedPhone phone;

    Kind(SimulatedPhone phone) {
        this.phone = phone;
    }

    static Optional<Kind> of(String word) {
        return Arrays.stream(values()).filter(kind -> kind.word().equals(word)).findFirst();
    }

    static List<String> words() {
        return Arrays.stream(values()).map(Kind::word).toList();
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    Optional<SimulatedPhone> phone() {
        return Optional.ofNullable(phone);
    }

    String language() {
        return this == GERMAN ? "de" : "en";
    }
}
