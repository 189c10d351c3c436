package io.assent.overview;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * Which requests of a realm are looked for.
 *
 * @param clientId the internal id of the client that asked
 * @param from asked then or later
 * @param to asked before
 */
public record RequestQuery(
        String realmId,
        Optional<String> userId,
        Optional<String> clientId,
        Optional<RequestState> state,
        Optional<Instant> from,
        Optional<Instant> to) {
    public RequestQuery {
        Objects.requireNonNull(realmId);
        Objects.requireNonNull(userId);
        Objects.requireNonNull(clientId);
        Objects.requireNonNull(state);
        Objects.requireNonNull(from);
        Objects.requireNonNull(to);
    }
}
