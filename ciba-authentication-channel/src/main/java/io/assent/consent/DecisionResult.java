package io.assent.consent;

/** What came of a decision. */
public sealed interface DecisionResult {

    /**
     * The decision stands, taken now or by an earlier call that said the same.
     *
     * @param request the request with its decision
     */
    record Decided(ConsentRequest request) implements DecisionResult {}

    /** An earlier, different decision stands; nothing changed. */
    record AlreadyDecided(ConsentRequest request) implements DecisionResult {}

    /** Time ran out before any decision; nothing changed. */
    record Expired() implements DecisionResult {}

    /**
     * The selection is not one that may be granted; nothing changed.
     *
     * @param reason why, in words for the developer of the app
     */
    record InvalidSelection(String reason) implements DecisionResult {}

    /** The customer has no such request. */
    record NotFound() implements DecisionResult {}
}
