package io.assent.sandbox;

import io.assent.request.ConsentRequest;
import io.assent.request.ConsentRequest.Journey;
import io.assent.request.ConsentRequests;
import io.assent.request.DecisionResult;
import io.assent.rest.Problem;
import io.assent.rest.Responses;
import io.assent.rest.answer.DecisionProblems;
import io.assent.rest.answer.Objections;
import io.assent.sandbox.unattended.Answer;
import io.assent.sandbox.unattended.StandIn;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import java.util.Optional;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.protocol.oidc.grants.ciba.channel.CIBAAuthenticationRequest;

/** Decides in the customer's place. Whoever holds an {@code auth_req_id} may do so: that is what the sandbox is for. */
record Decisions(KeycloakSession session, RealmModel realm) {

    Response decide(DecisionForm form) {
        Optional<CIBAAuthenticationRequest> authentication = decode(form.authReqId());
        if (authentication.isEmpty()) {
            return Problem.malformedRequest("auth_req_id is not from this realm, or was truncated.")
                    .toResponse();
        }
        return find(authentication.get())
                .map(request -> told(new StandIn(session, realm).answer(request, form.answer()), form.answer()))
                .orElseGet(() ->
                        Problem.notFound("No request has this auth_req_id.").toResponse());
    }

    private Optional<CIBAAuthenticationRequest> decode(String authReqId) {
        try {
            return Optional.ofNullable(CIBAAuthenticationRequest.deserialize(session, authReqId));
        } catch (RuntimeException e) {
            // Keycloak throws nothing more precise for a string that it did not make.
            return Optional.empty();
        }
    }

    private Optional<ConsentRequest> find(CIBAAuthenticationRequest authentication) {
        ClientModel client = realm.getClientByClientId(authentication.getIssuedFor());
        return client == null
                ? Optional.empty()
                : ConsentRequests.of(session)
                        .find(realm.getId(), client.getId(), new Journey(Journey.CIBA, authentication.getId()));
    }

    private Response told(DecisionResult result, Answer answer) {
        if (answer.isIn(result)) {
            return Responses.ok(Map.of("status", status(answer)));
        }
        if (result instanceof DecisionResult.Refused refused) {
            throw Objections.toException(session, refused.objection());
        }
        return DecisionProblems.of(result).toResponse();
    }

    private static String status(Answer answer) {
        return switch (answer.action()) {
            case ALLOW -> "approved";
            case DENY, REPORT -> "denied";
            case EXPIRE -> "expired";
        };
    }
}
