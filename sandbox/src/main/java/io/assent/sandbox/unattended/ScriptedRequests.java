package io.assent.sandbox.unattended;

import io.assent.request.ConsentRequest;
import java.util.Optional;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/** What the client's script says of a request, as it stands now. */
record ScriptedRequests(KeycloakSession session, RealmModel realm) {

    Optional<Rule> rule(ConsentRequest request) {
        ClientModel client = realm.getClientById(request.parties().clientId());
        Optional<Script> script = Optional.ofNullable(client).flatMap(Script::of);
        if (script.isEmpty()) {
            return Optional.empty();
        }
        UserModel customer =
                session.users().getUserById(realm, request.parties().userId());
        return Optional.ofNullable(customer)
                .flatMap(one -> script.get().find(one.getUsername(), request.bindingMessage()));
    }
}
