package io.assent.outbox;

import io.assent.server.Parties;
import java.time.Instant;
import java.util.Objects;

/**
 * Something to be sent to somebody, by name only: it holds no secret and no content, so that it can wait anywhere. What
 * is sent is looked up when it is sent, or handed over beside it.
 *
 * @param kind the id of the {@link DeliveryHandler} that knows how
 * @param parties the customer and the client that it is about
 * @param requestId the consent request that it is about, with which it goes; or {@code null} where it is about none
 * @param target whom to reach, in the handler's own terms: a device's id, a client's id
 * @param expiresAt when there is no use in sending it any more
 */
public record Delivery(String kind, Parties parties, String requestId, String target, Instant expiresAt) {
    public Delivery {
        Objects.requireNonNull(kind);
        Objects.requireNonNull(parties);
        Objects.requireNonNull(target);
        Objects.requireNonNull(expiresAt);
    }

    /** Whether its row is kept once it is concluded, for as long as the request. */
    public boolean isKept() {
        return requestId != null;
    }
}
