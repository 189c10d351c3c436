package io.assent.overview;

import java.util.Objects;
import java.util.Optional;

/**
 * Which blocks of a realm are looked for.
 *
 * @param clientId the internal id of the client that is blocked
 * @param reported whether only those that came with a report
 */
public record BlockQuery(String realmId, Optional<String> userId, Optional<String> clientId, boolean reported) {
    public BlockQuery {
        Objects.requireNonNull(realmId);
        Objects.requireNonNull(userId);
        Objects.requireNonNull(clientId);
    }
}
