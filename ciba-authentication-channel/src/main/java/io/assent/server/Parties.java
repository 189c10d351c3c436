package io.assent.server;

import java.util.Objects;

/**
 * A customer and a client that wants something of them, in a realm; ids are Keycloak's internal ones.
 *
 * @param clientId the internal id of the client, not its OAuth {@code client_id}
 */
public record Parties(String realmId, String clientId, String userId) {
    public Parties {
        Objects.requireNonNull(realmId);
        Objects.requireNonNull(clientId);
        Objects.requireNonNull(userId);
    }
}
