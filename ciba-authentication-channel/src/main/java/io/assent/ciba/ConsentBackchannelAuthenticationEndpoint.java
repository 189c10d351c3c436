package io.assent.ciba;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.assent.ciba.ping.ExpectedPing;
import io.assent.ciba.ping.PingStore;
import io.assent.ciba.repeat.RepeatableCall;
import io.assent.ciba.request.BackchannelQuestion;
import io.assent.ciba.request.HiddenClaims;
import io.assent.ciba.request.Refusal;
import io.assent.permission.change.ChangedPermissions;
import io.assent.server.ServerTime;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.keycloak.OAuth2Constants;
import org.keycloak.OAuthErrorException;
import org.keycloak.events.EventBuilder;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.oidc.grants.ciba.CibaGrantType;
import org.keycloak.protocol.oidc.grants.ciba.channel.CIBAAuthenticationRequest;
import org.keycloak.protocol.oidc.grants.ciba.endpoints.BackchannelAuthenticationEndpoint;
import org.keycloak.protocol.oidc.grants.ciba.endpoints.request.BackchannelAuthenticationEndpointRequest;
import org.keycloak.services.ErrorResponseException;
import org.keycloak.util.JsonSerialization;

/**
 * The stock backchannel authentication endpoint, which shows it the request as it can read it, and looks itself at what
 * the stock code does not read. It keeps the {@code auth_req_id} of a client in ping mode: the ping must carry the very
 * string that the client got (CIBA Core 1.0, section 10.2), and encrypting the request again would give another.
 */
final class ConsentBackchannelAuthenticationEndpoint extends BackchannelAuthenticationEndpoint {

    private final PingStore pings;
    private final WantedGrant grants;
    private final AskingRules rules;
    private final int maxAuthReqId;
    private final RepeatableCall call;
    private BackchannelQuestion question;
    private long expiresIn;

    /** @param maxAuthReqId the longest {@code auth_req_id} that the token endpoint reads, in characters */
    ConsentBackchannelAuthenticationEndpoint(
            KeycloakSession session,
            EventBuilder event,
            PingStore pings,
            WantedGrant grants,
            AskingRules rules,
            int maxAuthReqId) {
        super(HiddenClaims.hiddenIn(session), event);
        this.pings = pings;
        this.grants = grants;
        this.rules = rules;
        this.maxAuthReqId = maxAuthReqId;
        this.call = new RepeatableCall(session);
    }

    @Override
    public Response processGrantRequest() {
        return call.answer(this::first);
    }

    @Override
    protected ClientModel authenticateClient() {
        ClientModel client = super.authenticateClient();
        call.isOf(client);
        return client;
    }

    private Response first() {
        question = BackchannelQuestion.layOut(session, event);
        ObjectNode answer = answer(ask());
        String authReqId = answer.required(CibaGrantType.AUTH_REQ_ID).textValue();
        refuseUnreadable(authReqId);
        ExpectedPing.in(session)
                .ifPresent(ping -> pings.add(ping.requestId(), authReqId, ping.clientNotificationToken()));
        // the stock code tells what the realm is set to
        answer.put(OAuth2Constants.EXPIRES_IN, expiresIn);
        return Response.ok(answer.toString().getBytes(StandardCharsets.UTF_8)).build();
    }

    private Response ask() {
        try {
            return super.processGrantRequest();
        } catch (ErrorResponseException refused) {
            RefusedQuestion.in(session).ifPresent(question -> {
                throw question.toException();
            });
            if (ExpectedPing.isRefusedIn(session)) {
                throw invalidRequest("Client Notification token has to be a bearer token");
            }
            // what the stock code says of a client that may not use this grant (CIBA Core 1.0, section 13)
            if (OAuthErrorException.INVALID_GRANT.equals(refused.getError())) {
                throw new ErrorResponseException(
                        OAuthErrorException.UNAUTHORIZED_CLIENT,
                        refused.getErrorDescription(),
                        Response.Status.BAD_REQUEST);
            }
            throw refused;
        }
    }

    /** What is left to look at once the client's rules are known: {@link #extractAdditionalParams}. */
    @Override
    protected void validateBindingMessage(String bindingMessage) {}

    /** Here the request is parsed and verified, the customer is known, and nobody is asked yet. */
    @Override
    protected void extractAdditionalParams(
            BackchannelAuthenticationEndpointRequest endpointRequest, CIBAAuthenticationRequest request) {
        super.extractAdditionalParams(endpointRequest, request);
        ChangedPermissions changed = ChangedPermissions.of(session.getContext().getRealm());
        request.setScope(changed.asked(request.getClient(), request.getScope(), true, ServerTime.now()));
        question.askForClaims(request, () -> changed.claimedBy(request.getClient()));
        grants.keepIn(request, question.request().details()).ifPresent(refused -> {
            throw question.refuse(new Refusal(refused.error(), refused.description()));
        });
        rules.flaw(question.request(), request).ifPresent(refusal -> {
            throw question.refuse(refusal);
        });
        rules.apply(question.request(), request);
        expiresIn = request.getExp() - request.getIat();
    }

    /** The customer would be asked for nothing: no poll with such an {@code auth_req_id} is ever answered. */
    private void refuseUnreadable(String authReqId) {
        if (authReqId.length() > maxAuthReqId) {
            throw invalidRequest("The request is too long: the token endpoint would not read its auth_req_id");
        }
    }

    private static ErrorResponseException invalidRequest(String description) {
        return new ErrorResponseException(
                OAuthErrorException.INVALID_REQUEST, description, Response.Status.BAD_REQUEST);
    }

    private static ObjectNode answer(Response response) {
        try {
            return JsonSerialization.readValue((byte[]) response.getEntity(), ObjectNode.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
