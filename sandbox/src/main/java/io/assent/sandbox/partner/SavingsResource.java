package io.assent.sandbox.partner;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.assent.rest.Problem;
import io.assent.sandbox.bank.Permit;
import io.assent.sandbox.bank.TokenCheck;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;

/** The partner's API for the bank. Public because the server calls it, by code that it generates. */
public final class SavingsResource {

    private static final String POTS = "savings.pots";
    private static final String GOALS = "savings.goals";

    private final KeycloakSession session;
    private final Optional<String> token;

    /** @param token of the call, if it brought one */
    public SavingsResource(KeycloakSession session, Optional<String> token) {
        this.session = session;
        this.token = token;
    }

    /** As much as the token is for. */
    @GET
    @Produces(MediaType.APPLICATION_JSON)
    public Response read() {
        Permit permit = token.flatMap(new TokenCheck(session)::permit)
                .orElseThrow(() -> Problem.invalidToken("An access token of this realm is needed, for this API.")
                        .toException("Bearer error=\"invalid_token\""));
        Savings savings = new Savings(permit.customer());
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("currency", "GBP");
        if (permit.scopes().contains(POTS)) {
            ArrayNode pots = json.putArray("pots");
            savings.pots().forEach(pot -> pots.addObject()
                    .put("name", pot.name())
                    .put("balance", pot.balance().toPlainString()));
        }
        if (permit.scopes().contains(GOALS)) {
            ArrayNode goals = json.putArray("goals");
            savings.goals().forEach(goal -> goals.addObject()
                    .put("name", goal.name())
                    .put("amount", goal.amount().toPlainString())
                    .put("by", goal.by()));
        }
        return Response.ok(json.toString()).header("Cache-Control", "no-store").build();
    }
}
