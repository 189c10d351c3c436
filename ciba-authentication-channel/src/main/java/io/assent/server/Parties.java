package io.assent.server;

import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.UUID;
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

    /**
     * What the client may see here, and what the bank may see at the client, are two halves of one thing: this names it
     * in both, and is the same for as long as both are there, however often the customer chooses anew. It grants
     * nothing, and is kept nowhere.
     *
     * @return a UUID
     */
    public String pairId() {
        String both = String.join("\n", "pair", realmId, clientId, userId);
        return UUID.nameUUIDFromBytes(both.getBytes(StandardCharsets.UTF_8)).toString();
    }

    public Customer customer() {
        return new Customer(realmId, userId);
    }
}
