package io.assent.monitoring.metrics;

import io.assent.monitoring.metrics.Meters.Source;
import java.util.Optional;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** Names the realm and the client of what happened, within the bound of {@link BoundedNames}. */
final class Sources {

    private final BoundedNames clients;

    /** @param clients those of all realms */
    Sources(BoundedNames clients) {
        this.clients = clients;
    }

    /**
     * @param clientId the internal id of a client, or {@code null}
     * @return empty where the realm is gone
     */
    Optional<Source> of(KeycloakSession session, String realmId, String clientId) {
        return Optional.ofNullable(session.realms().getRealm(realmId))
                .map(realm -> new Source(realm.getName(), client(realm, clientId)));
    }

    /** One that is gone is one of the others. */
    private String client(RealmModel realm, String internalId) {
        return Optional.ofNullable(internalId)
                .map(realm::getClientById)
                .map(ClientModel::getClientId)
                .map(clientId -> clients.bound(realm.getName(), clientId))
                .orElse(BoundedNames.OTHER);
    }
}
