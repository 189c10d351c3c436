package io.assent.securityevent;

import io.assent.outbox.DeliveryHandler;
import io.assent.outbox.DeliveryHandler.Sent;
import io.assent.outbox.DeliveryResult;
import io.assent.outbox.http.ClientEndpoint;
import io.assent.outbox.http.RetryAfter;
import io.assent.server.ServerTime;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.apache.http.Header;
import org.apache.http.HttpHeaders;
import org.apache.http.client.methods.CloseableHttpResponse;
import org.apache.http.entity.ContentType;
import org.apache.http.entity.StringEntity;
import org.apache.http.message.BasicHeader;

/** One push of a Security Event Token (RFC 8935, section 2.1). */
final class SecurityEventAttempt implements DeliveryHandler.Attempt {

    private static final ContentType SET = ContentType.create("application/secevent+jwt");
    private static final Header ACCEPT =
            new BasicHeader(HttpHeaders.ACCEPT, ContentType.APPLICATION_JSON.getMimeType());

    private final ClientEndpoint endpoint;
    private final String id;
    private final String token;

    SecurityEventAttempt(ClientEndpoint endpoint, String id, String token) {
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
        DeliveryResult result = endpoint.post(new StringEntity(token, SET), SecurityEventAttempt::read, ACCEPT);
        return new Sent(
                result, Optional.of(session -> SecurityEventStore.of(session).remove(id)));
    }

    private static DeliveryResult read(CloseableHttpResponse response) throws IOException {
        return new ReceiverAnswer(
                        response.getStatusLine().getStatusCode(),
                        Optional.ofNullable(response.getFirstHeader(RetryAfter.HEADER))
                                .flatMap(header -> RetryAfter.parse(header.getValue(), ServerTime.now())),
                        body(response))
                .result();
    }

    /** No more than an error takes: whatever else is there is not worth reading. */
    private static byte[] body(CloseableHttpResponse response) throws IOException {
        if (response.getEntity() == null) {
            return new byte[0];
        }
        try (InputStream in = response.getEntity().getContent()) {
            return in.readNBytes(ReceiverAnswer.MAX_BODY);
        }
    }
}
