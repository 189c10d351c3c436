package io.assent.consent;

import io.assent.signature.SignatureVerdict;

/** What came of confirming a consent. */
public sealed interface ConfirmResult {

    /** It is confirmed, now or a short time ago. */
    record Confirmed(Consent consent) implements ConfirmResult {}

    /** It has ended; nothing changed. */
    record Over(Consent consent) implements ConfirmResult {}

    /** It is not signed as it has to be; nothing changed. */
    record Unsigned(SignatureVerdict verdict) implements ConfirmResult {}

    /** The client that has it would confirm it itself; nothing changed. */
    record OwnClient() implements ConfirmResult {}

    /** The customer has no such consent. */
    record NotFound() implements ConfirmResult {}
}
