package io.assent.outbox.http;

import io.assent.outbox.DeliveryHandler.Attempt;
import io.assent.outbox.DeliveryResult;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.http.Header;
import org.apache.http.HttpEntity;
import org.apache.http.client.config.RequestConfig;
import org.apache.http.client.methods.CloseableHttpResponse;
import org.apache.http.client.methods.HttpPost;
import org.apache.http.impl.client.CloseableHttpClient;
import org.keycloak.connections.httpclient.HttpClientProvider;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;

/**
 * A URL of a client's settings, to which deliveries are posted. Redirects are not followed; only I/O errors and 5xx are
 * worth another attempt. A call takes less than {@link Attempt#MAX_DURATION}, however slowly it is answered, and the
 * answer's body is not read.
 *
 * @param peer the client, for the operator
 * @param kind what the URL is, for the operator
 */
public record ClientEndpoint(CloseableHttpClient http, String peer, String kind, String url) {

    private static final int CONNECT_MILLIS = 5_000;
    private static final int SILENCE_MILLIS = 5_000;
    private static final Duration TOTAL = Duration.ofSeconds(10);

    /** The client's, to be called once the session is closed. */
    public static ClientEndpoint of(KeycloakSession session, ClientModel client, String kind, String url) {
        return new ClientEndpoint(
                session.getProvider(HttpClientProvider.class).getHttpClient(), name(client), kind, url);
    }

    /** A client as an operator knows it. */
    public static String name(ClientModel client) {
        return "client '%s' of realm '%s'"
                .formatted(client.getClientId(), client.getRealm().getName());
    }

    /** One attempt. */
    public DeliveryResult post(HttpEntity content, Header... headers) {
        URI target;
        try {
            target = new URI(url);
        } catch (URISyntaxException notAUri) {
            return new DeliveryResult.Refused("the " + kind + " is not a URI");
        }
        if (target.getHost() == null) {
            return new DeliveryResult.Refused("the " + kind + " has no host");
        }
        HttpPost post = new HttpPost(target);
        post.setConfig(RequestConfig.custom()
                .setRedirectsEnabled(false)
                .setConnectTimeout(CONNECT_MILLIS)
                .setConnectionRequestTimeout(CONNECT_MILLIS)
                .setSocketTimeout(SILENCE_MILLIS)
                .build());
        post.setHeaders(headers);
        post.setEntity(content);
        // the socket's time-out is one of silence: a server that trickles would hold the thread for as long as it likes
        CompletableFuture.delayedExecutor(TOTAL.toMillis(), TimeUnit.MILLISECONDS)
                .execute(post::abort);
        // closed unread: the answer's body means nothing, and may be of any length
        try (CloseableHttpResponse response = http.execute(post)) {
            return result(response.getStatusLine().getStatusCode());
        } catch (IOException e) {
            return DeliveryResult.RetryLater.because(e.getClass().getSimpleName());
        }
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
