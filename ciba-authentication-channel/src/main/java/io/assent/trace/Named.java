package io.assent.trace;

import io.assent.server.Parties;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;

/**
 * What an operator calls a client and its realm.
 *
 * @param client the OAuth {@code client_id}
 */
record Named(String realm, String client) {

    /** Empty where one of them is gone. */
    static Optional<Named> find(KeycloakSession session, Parties parties) {
        return Optional.ofNullable(session.realms().getRealm(parties.realmId()))
                .flatMap(realm -> Optional.ofNullable(realm.getClientById(parties.clientId()))
                        .map(client -> new Named(realm.getName(), client.getClientId())));
    }
}
