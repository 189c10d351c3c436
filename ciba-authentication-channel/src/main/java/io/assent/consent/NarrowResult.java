package io.assent.consent;

/** What came of narrowing a consent. */
public sealed interface NarrowResult {

    /** It grants just these permissions, from now on or since before. */
    record Narrowed(Consent consent) implements NarrowResult {}

    /** It has ended; nothing changed. */
    record Over(Consent consent) implements NarrowResult {}

    /** A permission was named that it does not grant; nothing changed. */
    record Wider() implements NarrowResult {}

    /** Nothing was named, and it grants no details: to leave nothing is to withdraw; nothing changed. */
    record Nothing() implements NarrowResult {}

    /** The customer has no such consent. */
    record NotFound() implements NarrowResult {}
}
