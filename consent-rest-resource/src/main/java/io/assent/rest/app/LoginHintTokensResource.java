package io.assent.rest.app;

import io.assent.hint.OneTimeHints;
import io.assent.hint.OneTimeHints.Issued;
import io.assent.rest.Caller;
import io.assent.rest.Responses;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;

/** What the app shows to a third party, as a text or a QR code, so that it can ask this customer once. */
@Produces(MediaType.APPLICATION_JSON)
public class LoginHintTokensResource {

    private final Caller caller;
    private final OneTimeHints tokens;

    LoginHintTokensResource(Caller caller, OneTimeHints tokens) {
        this.caller = caller;
        this.tokens = tokens;
    }

    /** A call that is repeated gives another one. Each names the customer once, and soon nobody. */
    @POST
    public Response issue() {
        Issued issued = tokens.issue(caller.customer());
        return Responses.of(
                Status.CREATED, new View(issued.token(), issued.expiresAt().toString()));
    }

    record View(String loginHintToken, String expiresAt) {}
}
