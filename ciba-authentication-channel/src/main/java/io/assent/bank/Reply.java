package io.assent.bank;

import com.fasterxml.jackson.databind.JsonNode;

/** What came of a call to the bank's endpoint. */
public sealed interface Reply {

    /** @param json of any shape; a missing node where the answer is empty */
    record Answered(JsonNode json) implements Reply {}

    /** @param why in words for the operator, without anything of the answer or the customer */
    record None(String why) implements Reply {}
}
