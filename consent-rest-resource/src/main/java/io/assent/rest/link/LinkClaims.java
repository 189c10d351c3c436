package io.assent.rest.link;

import io.assent.handoff.ClaimResult;
import io.assent.handoff.Handoff;
import io.assent.limit.Refusal;
import io.assent.request.ConsentRequest;
import io.assent.request.Responder;
import io.assent.rest.Problem;
import io.assent.server.Customer;
import io.assent.server.MinuteCount;
import io.assent.server.ServerTime;
import jakarta.ws.rs.core.Response;
import java.util.function.Function;
import org.keycloak.services.ErrorResponseException;

/** Claims the links that the app scans or opens. */
public class LinkClaims {

    private final Customer customer;
    private final Responder claimer;
    private final Handoff handoff;
    private final Function<ConsentRequest, Response> show;

    /** @param show answers as the call that reads a request */
    public LinkClaims(Customer customer, Responder claimer, Handoff handoff, Function<ConsentRequest, Response> show) {
        this.customer = customer;
        this.claimer = claimer;
        this.handoff = handoff;
        this.show = show;
    }

    /** @param secret the last part of the link, as sent */
    public Response claim(String secret) {
        ClaimResult result = handoff.claim(customer, claimer, secret);
        if (result instanceof ClaimResult.Claimed claimed) {
            return show.apply(claimed.request());
        }
        if (result instanceof ClaimResult.Refused refused) {
            throw exception(refused.reason());
        }
        throw problem(result).toException();
    }

    private static Problem problem(ClaimResult result) {
        if (result instanceof ClaimResult.Used) {
            return Problem.linkUsed(
                    "Another phone has the link, or the link expired. The page in the browser makes another one.");
        }
        return result instanceof ClaimResult.OtherCustomer
                ? Problem.otherCustomer("Another customer is logged in in the browser. Nothing was claimed.")
                : Problem.notFound(
                        "There is no such link, or it was replaced. The page in the browser shows another one.");
    }

    private static ErrorResponseException exception(Refusal refusal) {
        if (refusal == Refusal.BLOCKED) {
            return Problem.blocked("The customer blocked this client's requests.")
                    .toException();
        }
        return Problem.tooManyCalls("The client asks the customer too often, or too much at once.")
                .toException(MinuteCount.rest(ServerTime.now()));
    }
}
