package io.assent.destination.webhook;

import io.assent.destination.CloudEvent;
import io.assent.destination.EventDestination;
import io.assent.destination.SendResult;
import io.assent.egress.Egress;
import io.assent.egress.Egress.Outcome;
import io.assent.outbox.http.RetryAfter;
import io.assent.server.ServerTime;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.http.Header;
import org.apache.http.HttpHeaders;
import org.apache.http.client.methods.HttpPost;
import org.apache.http.entity.ByteArrayEntity;
import org.apache.http.entity.ContentType;

/**
 * Posts events to a URL, signed with each of the secrets (Standard Webhooks 1.0.0). Only 2xx is taken. 410 switches the
 * destination off; whatever else is answered, the same is sent again, since a receiver that refuses may be one that is
 * not set up yet. No redirect is followed, and the answer's body is not read.
 */
final class Webhook implements EventDestination {

    static final Duration LIMIT = Duration.ofSeconds(10);

    private static final int GONE = 410;
    private static final int TOO_MANY_REQUESTS = 429;

    private final Egress egress;
    private final String url;
    private final List<WebhookSecret> secrets;

    /** @param secrets the one to sign with, and the one from before while it is changed */
    Webhook(Egress egress, String url, List<WebhookSecret> secrets) {
        this.egress = egress;
        this.url = url;
        this.secrets = List.copyOf(secrets);
    }

    @Override
    public SendResult send(CloudEvent event) {
        if (secrets.isEmpty()) {
            return new SendResult.Later(Optional.empty(), "no secret is set, or the vault does not have it", true);
        }
        String body = event.json();
        long timestamp = ServerTime.now().getEpochSecond();
        HttpPost post = new HttpPost();
        post.setHeader("webhook-id", event.id());
        post.setHeader("webhook-timestamp", Long.toString(timestamp));
        post.setHeader(
                "webhook-signature",
                secrets.stream()
                        .map(secret -> secret.sign(event.id(), timestamp, body))
                        .collect(Collectors.joining(" ")));
        post.setHeader(HttpHeaders.USER_AGENT, "Assent");
        post.setEntity(new ByteArrayEntity(event.bytes(), ContentType.parse(CloudEvent.MEDIA_TYPE)));
        return result(egress.call(
                post,
                url,
                "URL",
                LIMIT,
                response -> new Answer(
                        response.getStatusLine().getStatusCode(),
                        Optional.ofNullable(response.getFirstHeader(RetryAfter.HEADER))
                                .map(Header::getValue))));
    }

    private static SendResult result(Outcome<Answer> outcome) {
        if (outcome instanceof Outcome.Answered<Answer> answered) {
            return answered.answer().result();
        }
        String reason = outcome instanceof Outcome.Refused<Answer> refused
                ? refused.reason()
                : ((Outcome.Failed<Answer>) outcome).reason();
        return new SendResult.Later(Optional.empty(), reason, true);
    }

    /**
     * What the receiver answered.
     *
     * @param retryAfter the header, where there is one
     */
    record Answer(int status, Optional<String> retryAfter) {

        SendResult result() {
            if (status >= 200 && status < 300) {
                return new SendResult.Taken();
            }
            if (status == GONE) {
                return new SendResult.Gone("the receiver answered 410 Gone");
            }
            boolean down = status >= 500 || status == TOO_MANY_REQUESTS;
            Optional<Duration> after =
                    down ? retryAfter.flatMap(header -> RetryAfter.parse(header, ServerTime.now())) : Optional.empty();
            return new SendResult.Later(after, "HTTP " + status, down);
        }
    }
}
