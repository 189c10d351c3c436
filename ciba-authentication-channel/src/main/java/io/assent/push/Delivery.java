package io.assent.push;

import java.time.Instant;
import java.util.Objects;

/**
 * Something to be sent to somebody, by name only: it holds no secret and no content, so that it can wait anywhere. What
 * is sent is looked up when it is sent.
 *
 * @param kind the id of the {@link DeliveryHandler} that knows how
 * @param realmId the realm's internal id
 * @param requestId the consent request that it is about
 * @param target whom to reach, in the handler's own terms
 * @param expiresAt when there is no use in sending it any more
 */
public record Delivery(String kind, String realmId, String requestId, String target, Instant expiresAt) {
    public Delivery {
        Objects.requireNonNull(kind);
        Objects.requireNonNull(realmId);
        Objects.requireNonNull(requestId);
        Objects.requireNonNull(target);
        Objects.requireNonNull(expiresAt);
    }
}
