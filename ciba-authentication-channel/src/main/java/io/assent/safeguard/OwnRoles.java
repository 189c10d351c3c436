package io.assent.safeguard;

import io.assent.server.ServerTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.keycloak.models.ClientModel;
import org.keycloak.models.RoleModel;

/**
 * The roles that clients have of their own. Most have none, and the server asks its database for that anew each time,
 * since it keeps no empty list: here it is known for some seconds. Whoever gives a client its first role waits as long
 * until it counts.
 */
final class OwnRoles {

    private static final Duration KNOWN_FOR = Duration.ofSeconds(5);
    private static final int MOST_CLIENTS = 10_000;

    /** By the client's internal id, until when it is known to have none. */
    private final Map<String, Instant> without = new ConcurrentHashMap<>();

    Stream<RoleModel> of(ClientModel client) {
        Instant now = ServerTime.now();
        Instant until = without.get(client.getId());
        if (until != null && now.isBefore(until)) {
            return Stream.empty();
        }
        List<RoleModel> roles = client.getRolesStream().toList();
        if (roles.isEmpty()) {
            if (without.size() >= MOST_CLIENTS) {
                without.clear();
            }
            without.put(client.getId(), now.plus(KNOWN_FOR));
        }
        return roles.stream();
    }
}
