package io.assent.outbox.http;

import io.assent.egress.Egress;
import io.assent.egress.Egress.Outcome;
import io.assent.egress.Egress.Reader;
import io.assent.outbox.DeliveryHandler.Attempt;
import io.assent.outbox.DeliveryResult;
import java.time.Duration;
import org.apache.http.Header;
import org.apache.http.HttpEntity;
import org.apache.http.client.methods.HttpPost;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;

/**
 * A URL of a client's settings, to which deliveries are posted as {@link Egress} allows. A call takes less than
 * {@link Attempt#MAX_DURATION}, however slowly it is answered.
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

    /** One attempt, of which the status alone tells what came: only I/O errors and 5xx are worth another one. */
    public DeliveryResult post(HttpEntity content, Header... headers) {
        // closed unread: the answer's body means nothing, and may be of any length
        return post(content, response -> result(response.getStatusLine().getStatusCode()), headers);
    }

    /**
     * One attempt; I/O errors are worth another one.
     *
     * @param answer tells what came of it; reads no more of a body than it has a bound for
     */
    public DeliveryResult post(HttpEntity content, Reader<DeliveryResult> answer, Header... headers) {
        HttpPost post = new HttpPost();
        post.setHeaders(headers);
        post.setEntity(content);
        Outcome<DeliveryResult> outcome = egress.call(post, url, kind, LIMIT, answer);
        if (outcome instanceof Outcome.Answered<DeliveryResult> answered) {
            return answered.answer();
        }
        if (outcome instanceof Outcome.Refused<DeliveryResult> refused) {
            return new DeliveryResult.Refused(refused.reason());
        }
        return DeliveryResult.RetryLater.because(((Outcome.Failed<DeliveryResult>) outcome).reason());
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
