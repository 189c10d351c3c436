package io.assent.outbox.http;

import io.assent.egress.Egress;
import io.assent.egress.Egress.Outcome;
import io.assent.outbox.DeliveryHandler.Attempt;
import io.assent.outbox.DeliveryResult;
import java.time.Duration;
import org.apache.http.Header;
import org.apache.http.HttpEntity;
import org.apache.http.client.methods.HttpPost;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;

/**
 * A URL of a client's settings, to which deliveries are posted as {@link Egress} allows. Only I/O errors and 5xx are
 * worth another attempt. A call takes less than {@link Attempt#MAX_DURATION}, however slowly it is answered, and the
 * answer's body is not read.
 *
 * @param peer the client, for the operator
 * @param kind what the URL is, for the operator
 */
public record ClientEndpoint(Egress egress, String peer, String kind, String url) {

    private static final Duration LIMIT = Duration.ofSeconds(10);

    /** The client's, to be called once the session is closed. */
    public static ClientEndpoint of(KeycloakSession session, ClientModel client, String kind, String url) {
        return new ClientEndpoint(Egress.of(session, client.getRealm()), name(client), kind, url);
    }

    /** A client as an operator knows it. */
    public static String name(ClientModel client) {
        return "client '%s' of realm '%s'"
                .formatted(client.getClientId(), client.getRealm().getName());
    }

    /** One attempt. */
    public DeliveryResult post(HttpEntity content, Header... headers) {
        HttpPost post = new HttpPost();
        post.setHeaders(headers);
        post.setEntity(content);
        // closed unread: the answer's body means nothing, and may be of any length
        Outcome<Integer> outcome = egress.call(
                post, url, kind, LIMIT, response -> response.getStatusLine().getStatusCode());
        if (outcome instanceof Outcome.Answered<Integer> answered) {
            return result(answered.answer());
        }
        if (outcome instanceof Outcome.Refused<Integer> refused) {
            return new DeliveryResult.Refused(refused.reason());
        }
        return DeliveryResult.RetryLater.because(((Outcome.Failed<Integer>) outcome).reason());
    }

    private static DeliveryResult result(int status) {
        if (status >= 200 && status < 300) {
            return new DeliveryResult.Delivered();
        }
        return status >= 500
                ? DeliveryResult.RetryLater.because("HTTP " + status)
                : new DeliveryResult.Refused("HTTP " + status);
    }
}
