package io.assent.ciba;

import com.fasterxml.jackson.databind.JsonNode;
import io.assent.ciba.ping.ExpectedPing;
import io.assent.ciba.ping.PingStore;
import io.assent.ciba.repeat.RepeatableCall;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.keycloak.OAuthErrorException;
import org.keycloak.events.Details;
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
 * The stock backchannel authentication endpoint, which keeps the {@code auth_req_id} of a client in ping mode: the ping
 * must carry the very string that the client got (CIBA Core 1.0, section 10.2), and encrypting the request again would
 * give another.
 */
final class ConsentBackchannelAuthenticationEndpoint extends BackchannelAuthenticationEndpoint {

    private final PingStore pings;
    private final WantedGrant grants;
    private final int maxAuthReqId;
    private final RepeatableCall call;

    /** @param maxAuthReqId the longest {@code auth_req_id} that the token endpoint reads, in characters */
    ConsentBackchannelAuthenticationEndpoint(
            KeycloakSession session, EventBuilder event, PingStore pings, WantedGrant grants, int maxAuthReqId) {
        super(session, event);
        this.pings = pings;
        this.grants = grants;
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
        Response response = ask();
        refuseUnreadable(response);
        ExpectedPing.in(session)
                .ifPresent(ping -> pings.add(ping.requestId(), authReqId(response), ping.clientNotificationToken()));
        return response;
    }

    private Response ask() {
        HttpHeaders headers = session.getContext().getHttpRequest().getHttpHeaders();
        if (BackchannelParameters.comeInParts(headers.getHeaderString(HttpHeaders.CONTENT_TYPE))) {
            throw invalidRequest("Send " + MediaType.APPLICATION_FORM_URLENCODED);
        }
        BackchannelParameters.flaw(session.getContext().getHttpRequest().getDecodedFormParameters())
                .ifPresent(flaw -> {
                    throw invalidRequest(flaw);
                });
        try {
            return super.processGrantRequest();
        } catch (ErrorResponseException refused) {
            if (ExpectedPing.isRefusedIn(session)) {
                throw invalidRequest("Client Notification token has to be a bearer token");
            }
            throw refused;
        }
    }

    /** Here the request is parsed and verified, the customer is known, and nobody is asked yet. */
    @Override
    protected void extractAdditionalParams(
            BackchannelAuthenticationEndpointRequest endpointRequest, CIBAAuthenticationRequest request) {
        super.extractAdditionalParams(endpointRequest, request);
        grants.keepIn(request).ifPresent(refused -> {
            event.detail(Details.REASON, refused.description());
            event.error(refused.error());
            throw new ErrorResponseException(refused.error(), refused.description(), Response.Status.BAD_REQUEST);
        });
    }

    /** The customer would be asked for nothing: no poll with such an {@code auth_req_id} is ever answered. */
    private void refuseUnreadable(Response response) {
        if (((byte[]) response.getEntity()).length > maxAuthReqId
                && authReqId(response).length() > maxAuthReqId) {
            throw invalidRequest("The request is too long: the token endpoint would not read its auth_req_id");
        }
    }

    private static ErrorResponseException invalidRequest(String description) {
        return new ErrorResponseException(
                OAuthErrorException.INVALID_REQUEST, description, Response.Status.BAD_REQUEST);
    }

    private static String authReqId(Response response) {
        try {
            JsonNode answer = JsonSerialization.readValue((byte[]) response.getEntity(), JsonNode.class);
            return answer.required(CibaGrantType.AUTH_REQ_ID).textValue();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
