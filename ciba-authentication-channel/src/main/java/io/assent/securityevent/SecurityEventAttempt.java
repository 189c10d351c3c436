package io.assent.securityevent;

import io.assent.egress.AnswerBody;
import io.assent.outbox.DeliveryHandler;
import io.assent.outbox.DeliveryHandler.Sent;
import io.assent.outbox.DeliveryResult;
import io.assent.outbox.http.ClientEndpoint;
import io.assent.outbox.http.RetryAfter;
import io.assent.server.ServerTime;
import java.io.IOException;
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

    /** Only an error is in a body, and no more is read than one takes. */
    static DeliveryResult read(CloseableHttpResponse response) throws IOException {
        int status = response.getStatusLine().getStatusCode();
        return new ReceiverAnswer(
                        status,
                        Optional.ofNullable(response.getFirstHeader(RetryAfter.HEADER))
                                .flatMap(header -> RetryAfter.parse(header.getValue(), ServerTime.now())),
                        status == ReceiverAnswer.ERROR
                                ? AnswerBody.beginning(response, ReceiverAnswer.MAX_BODY)
                                : new byte[0])
                .result();
    }
}
