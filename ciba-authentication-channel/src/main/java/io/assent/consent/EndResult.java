package io.assent.consent;

/** What came of ending a consent. */
public sealed interface EndResult {

    /** It ended with this call. */
    record Ended(Consent consent) implements EndResult {}

    /** It had ended before, as it says; nothing changed. */
    record EndedBefore(Consent consent) implements EndResult {}

    /** The realm has no such consent. */
    record NotFound() implements EndResult {}
}
