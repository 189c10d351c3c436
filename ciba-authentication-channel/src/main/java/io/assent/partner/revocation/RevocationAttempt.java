package io.assent.partner.revocation;

import io.assent.outbox.DeliveryHandler;
import io.assent.outbox.DeliveryHandler.Sent;
import io.assent.outbox.DeliveryResult;
import io.assent.outbox.http.RetryAfter;
import io.assent.server.ServerTime;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import org.keycloak.http.simple.SimpleHttpRequest;
import org.keycloak.http.simple.SimpleHttpResponse;

/**
 * One revocation request (RFC 7009, section 2.1). A token that the partner does not know is revoked as well (section
 * 2.2).
 */
final class RevocationAttempt implements DeliveryHandler.Attempt {

    private static final int OK = 200;

    /** The token is of a kind that can't be revoked (RFC 7009, section 2.2.1), or there is no such endpoint. */
    private static final Set<Integer> REFUSED = Set.of(400, 404, 405);

    private final String peer;
    private final String id;
    private final SimpleHttpRequest request;

    RevocationAttempt(String peer, String id, SimpleHttpRequest request) {
        this.peer = peer;
        this.id = id;
        this.request = request;
    }

    @Override
    public String peer() {
        return peer;
    }

    /** The server's own HTTP client, as for every call to an identity provider, with its time-outs. */
    @Override
    public Sent send() {
        try (SimpleHttpResponse response = request.asResponse()) {
            return sent(result(response));
        } catch (IOException e) {
            return sent(DeliveryResult.RetryLater.because(e.getClass().getSimpleName()));
        }
    }

    private Sent sent(DeliveryResult result) {
        return new Sent(
                result, Optional.of(session -> RevocationStore.of(session).remove(id)));
    }

    private static DeliveryResult result(SimpleHttpResponse response) throws IOException {
        int status = response.getStatus();
        if (status == OK) {
            return new DeliveryResult.Delivered();
        }
        // what the bank's settings may mend, such as a secret that was renewed, is worth another attempt
        return !REFUSED.contains(status)
                ? new DeliveryResult.RetryLater(
                        RetryAfter.parse(response.getFirstHeader(RetryAfter.HEADER), ServerTime.now()),
                        "HTTP " + status)
                : new DeliveryResult.Refused("HTTP " + status);
    }
}
