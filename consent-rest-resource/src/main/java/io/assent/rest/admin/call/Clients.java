package io.assent.rest.admin.call;

import java.util.Optional;
import java.util.function.Supplier;
import org.keycloak.models.ClientModel;
import org.keycloak.models.RealmModel;

/** The realm's clients, as staff name them and are shown them. */
public record Clients(RealmModel realm, StaffRights rights) {

    /** By its OAuth {@code client_id}, or by its internal id. */
    public Optional<ClientModel> find(String client) {
        return byInternalId(client).or(() -> Optional.ofNullable(realm.getClientByClientId(client)));
    }

    /**
     * The internal id of a client that staff search by, which they need to be allowed to view. Of a client that is gone
     * only that is known.
     */
    public String internalId(String client) {
        Optional<ClientModel> found = find(client);
        rights.requireViewOfClient(found);
        return found.map(ClientModel::getId).orElse(client);
    }

    /** @param then what it was called, where it is gone */
    public ClientView view(String id, Supplier<Optional<ClientView>> then) {
        return byInternalId(id)
                .map(client -> new ClientView(id, client.getClientId(), client.getName()))
                .or(then)
                .orElseGet(() -> new ClientView(id, null, null));
    }

    /** The server fails over what looks like the id of a storage and is none. */
    private Optional<ClientModel> byInternalId(String id) {
        return id.startsWith("f:") && id.indexOf(':', 2) < 0
                ? Optional.empty()
                : Optional.ofNullable(realm.getClientById(id));
    }
}
