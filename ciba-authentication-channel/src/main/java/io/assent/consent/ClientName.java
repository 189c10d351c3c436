package io.assent.consent;

import java.util.Objects;

/**
 * What a client was called when a consent was granted to it: kept with the consent, which outlives the client.
 *
 * @param clientId its OAuth {@code client_id}
 * @param name its name, or {@code null} where it had none
 */
public record ClientName(String clientId, String name) {
    public ClientName {
        Objects.requireNonNull(clientId);
    }
}
