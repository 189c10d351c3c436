package io.assent.ciba.ping;

import io.assent.outbox.DeliveryHandler;
import io.assent.outbox.DeliveryHandler.Sent;
import io.assent.outbox.http.ClientEndpoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import org.apache.http.HttpHeaders;
import org.apache.http.entity.ContentType;
import org.apache.http.entity.StringEntity;
import org.apache.http.message.BasicHeader;
import org.keycloak.protocol.oidc.grants.ciba.CibaGrantType;
import org.keycloak.util.JsonSerialization;

/**
 * One POST to the client notification endpoint (CIBA Core 1.0, section 10.2). Redirects are not followed, as that
 * section demands.
 */
final class PingAttempt implements DeliveryHandler.Attempt {

    private final ClientEndpoint endpoint;
    private final String requestId;
    private final String authReqId;
    private final String clientNotificationToken;

    PingAttempt(ClientEndpoint endpoint, String requestId, String authReqId, String clientNotificationToken) {
        this.endpoint = endpoint;
        this.requestId = requestId;
        this.authReqId = authReqId;
        this.clientNotificationToken = clientNotificationToken;
    }

    @Override
    public String peer() {
        return endpoint.peer();
    }

    /** However it ends, the ping's secrets end with it. */
    @Override
    public Sent send() {
        return new Sent(
                endpoint.post(
                        new StringEntity(body(), ContentType.APPLICATION_JSON),
                        new BasicHeader(HttpHeaders.AUTHORIZATION, "Bearer " + clientNotificationToken)),
                Optional.of(session -> PingStore.of(session).remove(requestId)));
    }

    private String body() {
        try {
            return JsonSerialization.writeValueAsString(Map.of(CibaGrantType.AUTH_REQ_ID, authReqId));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
