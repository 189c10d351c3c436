package io.assent.logout;

import io.assent.outbox.DeliveryHandler;
import io.assent.outbox.DeliveryHandler.Sent;
import io.assent.outbox.http.ClientEndpoint;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.apache.http.client.entity.UrlEncodedFormEntity;
import org.apache.http.message.BasicNameValuePair;
import org.keycloak.OAuth2Constants;

/** One POST to the back-channel logout URI (OpenID Connect Back-Channel Logout 1.0, section 2.5). */
final class LogoutAttempt implements DeliveryHandler.Attempt {

    private final ClientEndpoint endpoint;
    private final String id;
    private final String token;

    LogoutAttempt(ClientEndpoint endpoint, String id, String token) {
        this.endpoint = endpoint;
        this.id = id;
        this.token = token;
    }

    @Override
    public String peer() {
        return endpoint.peer();
    }

    @Override
    public Sent send() {
        UrlEncodedFormEntity form = new UrlEncodedFormEntity(
                List.of(new BasicNameValuePair(OAuth2Constants.LOGOUT_TOKEN, token)), StandardCharsets.UTF_8);
        return new Sent(endpoint.post(form), Optional.of(session -> LogoutStore.of(session)
                .remove(id)));
    }
}
