package io.assent.request;

import io.assent.authority.Objection;
import io.assent.permission.RequestedPermissions.Selection;
import io.assent.rules.SignatureDemand;
import io.assent.signature.SignatureFlaw;

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

    /** The selection is not one that may be granted; nothing changed. */
    record InvalidSelection(Selection.Refused refusal) implements DecisionResult {}

    /**
     * The details are not such as may be granted; nothing changed.
     *
     * @param reason why, in words for the developer of the app, with the name of the field
     */
    record InvalidDetails(String reason) implements DecisionResult {}

    /**
     * The bank's system does not say now which accounts the customer has; nothing changed, and it can be tried again.
     */
    record AccountsUnavailable() implements DecisionResult {}

    /**
     * A yes that has to be signed is not; nothing changed.
     *
     * @param what words for the developer of the app
     */
    record SignatureRequired(SignatureDemand demand, String what) implements DecisionResult {}

    /**
     * The signature that came with a yes does not hold; nothing changed.
     *
     * @param why words for the developer of the app
     */
    record InvalidSignature(SignatureFlaw flaw, String why) implements DecisionResult {}

    /** The signed content is not the content that is shown now. Nothing changed; the request is to be read again. */
    record ContentChanged() implements DecisionResult {}

    /** A yes has to come with the number that the page shows, and does not; nothing changed. */
    record NumberRequired() implements DecisionResult {}

    /**
     * The number that came with a yes is not the one that the page shows.
     *
     * @param triesLeft with none left the request is denied, which is to be committed
     */
    record WrongNumber(int triesLeft) implements DecisionResult {}

    /** The answer came by the client that asked; nothing changed. */
    record OwnClient() implements DecisionResult {}

    /** Who answered may not answer for the customer, or not by this login; nothing changed. */
    record Refused(Objection objection) implements DecisionResult {}

    /** The customer has no such request. */
    record NotFound() implements DecisionResult {}
}
