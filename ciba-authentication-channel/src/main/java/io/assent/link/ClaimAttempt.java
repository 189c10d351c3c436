package io.assent.link;

/** What came of a phone that scanned a link, or opened it. */
public sealed interface ClaimAttempt {

    /**
     * It has the link.
     *
     * @param again whether it had it before
     */
    record Won(Link link, boolean again) implements ClaimAttempt {}

    /** There is no such link in the realm, or its secret is too old. */
    record NotFound() implements ClaimAttempt {}

    /** Another phone has it, or it is over. */
    record Used() implements ClaimAttempt {}

    /** The browser knows another customer; nothing changed. */
    record OtherCustomer() implements ClaimAttempt {}
}
