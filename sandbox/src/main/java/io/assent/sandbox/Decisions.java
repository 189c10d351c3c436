package io.assent.sandbox;

import io.assent.evidence.Circumstances;
import io.assent.request.ConsentRequest;
import io.assent.request.ConsentRequest.Journey;
import io.assent.request.ConsentRequests;
import io.assent.request.Decision;
import io.assent.request.DecisionResult;
import io.assent.request.Responder;
import io.assent.rest.Problem;
import io.assent.server.Customer;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.protocol.oidc.grants.ciba.channel.CIBAAuthenticationRequest;

/** Decides in the customer's place. Whoever holds an {@code auth_req_id} may do so: that is what the sandbox is for. */
record Decisions(KeycloakSession session, RealmModel realm) {

    /**
     * The longest {@code auth_req_id} that is read, in characters: as long as the server's token endpoint reads them.
     */
    static final int MAX_AUTH_REQ_ID_LENGTH = 4_000;

    private static final Problem NO_SUCH_REQUEST = Problem.notFound("No request has this auth_req_id.");

    Response decide(String authReqId, String action) {
        Optional<Function<ConsentRequest, Decision>> decision = decision(action);
        if (decision.isEmpty()) {
            return Problem.malformedRequest("action must be allow or deny.").toResponse();
        }
        Optional<CIBAAuthenticationRequest> authentication = decode(authReqId);
        if (authentication.isEmpty()) {
            return Problem.malformedRequest("auth_req_id is missing, or is none of this realm.")
                    .toResponse();
        }
        return find(authentication.get())
                .map(request -> decide(request, decision.get().apply(request)))
                .orElseGet(NO_SUCH_REQUEST::toResponse);
    }

    /** Of the request that it is about, what is decided. */
    private static Optional<Function<ConsentRequest, Decision>> decision(String action) {
        if ("allow".equals(action)) {
            return Optional.of(
                    request -> Decision.Approve.only(request.permissions().asked()));
        }
        return "deny".equals(action) ? Optional.of(request -> new Decision.Deny()) : Optional.empty();
    }

    private Optional<CIBAAuthenticationRequest> decode(String authReqId) {
        if (authReqId == null || authReqId.isBlank() || authReqId.length() > MAX_AUTH_REQ_ID_LENGTH) {
            return Optional.empty();
        }
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
                : requests().find(realm.getId(), client.getId(), new Journey(Journey.CIBA, authentication.getId()));
    }

    private Response decide(ConsentRequest request, Decision decision) {
        UserModel customer =
                session.users().getUserById(realm, request.parties().userId());
        return customer == null
                ? NO_SUCH_REQUEST.toResponse()
                : answer(
                        requests()
                                .decide(
                                        Customer.of(realm, customer),
                                        request.id(),
                                        decision,
                                        Responder.page(null, Circumstances.UNKNOWN)),
                        decision);
    }

    private static Response answer(DecisionResult result, Decision decision) {
        if (result instanceof DecisionResult.Decided) {
            String status = decision instanceof Decision.Deny ? "denied" : "approved";
            return Response.ok(Map.of("status", status))
                    .header("Cache-Control", "no-store")
                    .build();
        }
        return refusal(result).toResponse();
    }

    private static Problem refusal(DecisionResult result) {
        if (result instanceof DecisionResult.AlreadyDecided) {
            return Problem.alreadyDecided("The request was decided otherwise before.");
        }
        if (result instanceof DecisionResult.Expired) {
            return Problem.expired("The request expired before it was decided.");
        }
        if (result instanceof DecisionResult.InvalidSelection invalid) {
            return Problem.invalidSelection(invalid.refusal().reason());
        }
        return NO_SUCH_REQUEST;
    }

    private ConsentRequests requests() {
        return ConsentRequests.of(session);
    }
}
