package io.assent.outbox;

import java.util.Objects;

/**
 * Whom deliveries of a kind are for, however many of them wait.
 *
 * @param kind of the deliveries
 * @param clientId the client that they are about, as {@link Delivery#parties} has it
 */
public record Recipient(String kind, String clientId) {
    public Recipient {
        Objects.requireNonNull(kind);
        Objects.requireNonNull(clientId);
    }
}
