package io.assent.server;

import java.util.Objects;
import org.keycloak.models.ClientModel;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

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

    public static Parties of(RealmModel realm, ClientModel client, UserModel user) {
        return new Parties(realm.getId(), client.getId(), user.getId());
    }

    public Customer customer() {
        return new Customer(realmId, userId);
    }
}
