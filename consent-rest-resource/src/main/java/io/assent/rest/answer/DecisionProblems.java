package io.assent.rest.answer;

import io.assent.request.DecisionResult;
import io.assent.rest.Problem;

/** What a caller is told whose decision was not taken. */
public final class DecisionProblems {

    /** @param result not {@link DecisionResult.Decided}; for {@link DecisionResult.Refused} see {@link Objections} */
    public static Problem of(DecisionResult result) {
        if (result instanceof DecisionResult.OwnClient) {
            return Problem.ownClient("A client can't answer its own request.");
        }
        if (result instanceof DecisionResult.AlreadyDecided) {
            return Problem.alreadyDecided("The customer gave another answer before. That answer stands.");
        }
        if (result instanceof DecisionResult.Expired) {
            return Problem.expired("Its time to live is over.");
        }
        if (result instanceof DecisionResult.InvalidSelection invalid) {
            return Problem.invalidSelection(invalid.refusal().reason());
        }
        if (result instanceof DecisionResult.InvalidDetails invalid) {
            return Problem.invalidSelection(invalid.reason());
        }
        if (result instanceof DecisionResult.SignatureRequired required) {
            return Problem.signatureRequired(required.demand(), required.what());
        }
        if (result instanceof DecisionResult.InvalidSignature invalid) {
            return Problem.invalidSignature(invalid.flaw(), invalid.why() + ".");
        }
        if (result instanceof DecisionResult.NumberRequired) {
            return Problem.numberRequired("Send 'number', which the page in the browser shows.");
        }
        if (result instanceof DecisionResult.WrongNumber wrong) {
            return Problem.wrongNumber(
                    wrong.triesLeft(),
                    wrong.triesLeft() == 0
                            ? "The number was wrong too often. The request is denied."
                            : "The page in the browser shows another number.");
        }
        if (result instanceof DecisionResult.ContentChanged) {
            return Problem.contentChanged("Read the request again, in the language of this call, and show it.");
        }
        if (result instanceof DecisionResult.AccountsUnavailable) {
            return Problem.accountsUnavailable("The customer's accounts can't be read now. Try again.");
        }
        return Problem.notFound("The customer has no such request.");
    }

    private DecisionProblems() {}
}
