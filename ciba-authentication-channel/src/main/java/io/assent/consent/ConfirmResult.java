package io.assent.consent;

/** What came of confirming a consent. */
public sealed interface ConfirmResult {

    /** It is confirmed, now or a short time ago. */
    record Confirmed(Consent consent) implements ConfirmResult {}

    /** It has ended; nothing changed. */
    record Over(Consent consent) implements ConfirmResult {}

    /** The customer has no such consent. */
    record NotFound() implements ConfirmResult {}
}
