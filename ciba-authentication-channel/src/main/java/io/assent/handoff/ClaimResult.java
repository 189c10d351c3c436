package io.assent.handoff;

import io.assent.limit.Refusal;
import io.assent.request.ConsentRequest;

/** What came of a phone that scanned a link, or opened it. */
public sealed interface ClaimResult {

    /** It has the link. @param request what its customer is asked */
    record Claimed(ConsentRequest request) implements ClaimResult {}

    /** There is no such link in the realm, or its secret was replaced twice. */
    record NotFound() implements ClaimResult {}

    /** Another phone has it, or it is over. */
    record Used() implements ClaimResult {}

    /** The browser knows another customer; nothing changed. */
    record OtherCustomer() implements ClaimResult {}

    /** The customer is not to be asked now; the transaction is to be rolled back. */
    record Refused(Refusal reason) implements ClaimResult {}
}
