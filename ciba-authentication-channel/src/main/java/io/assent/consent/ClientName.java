package io.assent.consent;

import io.assent.server.Parties;
import java.util.Objects;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;

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

    /** What a client is called now; empty where it is gone. */
    public static Optional<ClientName> find(KeycloakSession session, Parties parties) {
        return Optional.ofNullable(session.realms().getRealm(parties.realmId()))
                .map(realm -> realm.getClientById(parties.clientId()))
                .map(client -> new ClientName(client.getClientId(), client.getName()));
    }
}
