package io.assent.request;

import io.assent.limit.Refusal;

/** What came of a question. */
public sealed interface AskResult {

    /** It is put to the customer. */
    record Asked(ConsentRequest request) implements AskResult {}

    /** It is not; nothing is stored. The client learns that, and not why. */
    record Refused(Refusal reason) implements AskResult {}
}
