package io.assent.ciba;

import com.fasterxml.jackson.databind.JsonNode;
import io.assent.ciba.ping.ExpectedPing;
import io.assent.ciba.ping.PingStore;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.keycloak.OAuthErrorException;
import org.keycloak.events.EventBuilder;
import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.oidc.grants.ciba.CibaGrantType;
import org.keycloak.protocol.oidc.grants.ciba.endpoints.BackchannelAuthenticationEndpoint;
import org.keycloak.services.ErrorResponseException;
import org.keycloak.util.JsonSerialization;

/**
 * The stock backchannel authentication endpoint, which keeps the {@code auth_req_id} of a client in ping mode: the ping
 * must carry the very string that the client got (CIBA Core 1.0, section 10.2), and encrypting the request again would
 * give another.
 */
final class ConsentBackchannelAuthenticationEndpoint extends BackchannelAuthenticationEndpoint {

    private final PingStore pings;

    ConsentBackchannelAuthenticationEndpoint(KeycloakSession session, EventBuilder event, PingStore pings) {
        super(session, event);
        this.pings = pings;
    }

    @Override
    public Response processGrantRequest() {
        Response response = ask();
        ExpectedPing.in(session)
                .ifPresent(ping -> pings.add(ping.requestId(), authReqId(response), ping.clientNotificationToken()));
        return response;
    }

    private Response ask() {
        refuseNul();
        try {
            return super.processGrantRequest();
        } catch (ErrorResponseException refused) {
            if (ExpectedPing.isRefusedIn(session)) {
                throw new ErrorResponseException(
                        OAuthErrorException.INVALID_REQUEST,
                        "Client Notification token has to be a bearer token",
                        Response.Status.BAD_REQUEST);
            }
            throw refused;
        }
    }

    /** PostgreSQL takes no text with this character, and the stock code looks users up by what it is given. */
    private void refuseNul() {
        session.getContext().getHttpRequest().getDecodedFormParameters().forEach((name, values) -> {
            if (values.stream().anyMatch(value -> value != null && value.indexOf('\0') >= 0)) {
                throw new ErrorResponseException(
                        OAuthErrorException.INVALID_REQUEST,
                        "A parameter has a NUL character",
                        Response.Status.BAD_REQUEST);
            }
        });
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
