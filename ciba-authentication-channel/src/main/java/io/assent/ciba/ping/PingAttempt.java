package io.assent.ciba.ping;

import io.assent.outbox.DeliveryHandler;
import io.assent.outbox.DeliveryHandler.Sent;
import io.assent.outbox.DeliveryResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.http.HttpHeaders;
import org.apache.http.client.config.RequestConfig;
import org.apache.http.client.methods.CloseableHttpResponse;
import org.apache.http.client.methods.HttpPost;
import org.apache.http.entity.ContentType;
import org.apache.http.entity.StringEntity;
import org.apache.http.impl.client.CloseableHttpClient;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.protocol.oidc.grants.ciba.CibaGrantType;
import org.keycloak.util.JsonSerialization;

/**
 * One POST to the client notification endpoint (CIBA Core 1.0, section 10.2). Redirects are not followed, as that
 * section demands; only I/O errors and 5xx are worth another attempt.
 */
final class PingAttempt implements DeliveryHandler.Attempt {

    private static final int CONNECT_MILLIS = 5_000;
    private static final int SILENCE_MILLIS = 5_000;
    private static final int TOTAL_MILLIS = 10_000;

    private final CloseableHttpClient http;
    private final String client;
    private final String endpoint;
    private final String requestId;
    private final String authReqId;
    private final String clientNotificationToken;

    /** @param client the client's name and realm, for the operator */
    PingAttempt(
            CloseableHttpClient http,
            String client,
            String endpoint,
            String requestId,
            String authReqId,
            String clientNotificationToken) {
        this.http = http;
        this.client = client;
        this.endpoint = endpoint;
        this.requestId = requestId;
        this.authReqId = authReqId;
        this.clientNotificationToken = clientNotificationToken;
    }

    @Override
    public String peer() {
        return client;
    }

    /** However it ends, the ping's secrets end with it. */
    @Override
    public Sent send() {
        return new Sent(post(), Optional.of(session -> new PingStore(
                        session.getProvider(JpaConnectionProvider.class).getEntityManager())
                .remove(requestId)));
    }

    private DeliveryResult post() {
        HttpPost post;
        try {
            post = new HttpPost(endpoint);
        } catch (IllegalArgumentException notAUri) {
            return new DeliveryResult.Refused("the client notification endpoint is not a URI");
        }
        post.setConfig(RequestConfig.custom()
                .setRedirectsEnabled(false)
                .setConnectTimeout(CONNECT_MILLIS)
                .setConnectionRequestTimeout(CONNECT_MILLIS)
                .setSocketTimeout(SILENCE_MILLIS)
                .build());
        post.setHeader(HttpHeaders.AUTHORIZATION, "Bearer " + clientNotificationToken);
        post.setEntity(new StringEntity(body(), ContentType.APPLICATION_JSON));
        // the socket's time-out is one of silence: a server that trickles would hold the thread for as long as it likes
        CompletableFuture.delayedExecutor(TOTAL_MILLIS, TimeUnit.MILLISECONDS).execute(post::abort);
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

    private String body() {
        try {
            return JsonSerialization.writeValueAsString(Map.of(CibaGrantType.AUTH_REQ_ID, authReqId));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
