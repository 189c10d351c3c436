package io.assent.rest.app;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.assent.rest.Caller;
import io.assent.rest.JsonBody;
import io.assent.rest.Responses;
import io.assent.rest.TextRule;
import io.assent.usercode.UserCodes;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.time.Instant;
import org.keycloak.models.KeycloakSession;

/** The customer's user code. It can be set and removed, and is never told. */
@Produces(MediaType.APPLICATION_JSON)
public class UserCodeResource {

    private final KeycloakSession session;
    private final Caller caller;
    private final UserCodes codes;

    UserCodeResource(KeycloakSession session, Caller caller, UserCodes codes) {
        this.session = session;
        this.caller = caller;
        this.codes = codes;
    }

    @GET
    public Response get() {
        return Responses.ok(
                new View(codes.setAt(caller.user()).map(Instant::toString).orElse(null)));
    }

    @PUT
    @Consumes(MediaType.APPLICATION_JSON)
    public Response set(InputStream body) {
        JsonBody json = JsonBody.read(session, body);
        String code = json.text("code", TextRule.USER_CODE);
        json.refuseOthers();
        codes.set(caller.user(), code, caller.sessionId());
        return Responses.noContent();
    }

    @DELETE
    public Response remove() {
        codes.remove(caller.user(), caller.sessionId());
        return Responses.noContent();
    }

    /** @param setAt when the customer set the code, or {@code null} where there is none */
    @JsonInclude
    record View(String setAt) {}
}
