package io.assent.screen;

import io.assent.permission.Scopes;
import java.util.Set;
import java.util.stream.Collectors;
import org.keycloak.models.ClientModel;
import org.keycloak.models.ClientScopeModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserConsentModel;
import org.keycloak.models.UserModel;
import org.keycloak.protocol.oidc.TokenManager;
import org.keycloak.services.managers.UserConsentManager;

/** What Keycloak keeps of a customer's consent to a client, by which it also measures refreshed tokens. */
final class StoredConsent {

    private final KeycloakSession session;
    private final RealmModel realm;
    private final UserModel user;
    private final ClientModel client;

    StoredConsent(KeycloakSession session, RealmModel realm, UserModel user, ClientModel client) {
        this.session = session;
        this.realm = realm;
        this.user = user;
        this.client = client;
    }

    /** The names of the client scopes that the customer granted, ever, and did not take back. */
    Set<String> granted() {
        UserConsentModel consent = find();
        return consent == null
                ? Set.of()
                : consent.getGrantedClientScopes().stream()
                        .map(ClientScopeModel::getName)
                        .collect(Collectors.toSet());
    }

    /**
     * Keeps the newest answer about some permissions; what it says nothing about stays as it was.
     *
     * @param asked the names of the permissions that the answer is about
     * @param granted those among them that are granted from now on; no other is
     */
    void replace(Set<String> asked, Set<String> granted) {
        UserConsentModel old = find();
        UserConsentModel fresh = new UserConsentModel(client);
        if (old != null) {
            old.getGrantedClientScopes().stream()
                    .filter(scope -> !asked.contains(scope.getName()))
                    .forEach(scope -> copy(old, scope, fresh));
        }
        Set<String> stored = fresh.getGrantedClientScopes().stream()
                .map(ClientScopeModel::getId)
                .collect(Collectors.toSet());
        // also what goes by more than its own name, such as organization:acme: the server keeps that by its scope's id
        TokenManager.getRequestedClientScopes(session, Scopes.join(asked), client, user)
                .filter(scope -> asked.contains(scope.getName()) && granted.contains(scope.getName()))
                .filter(scope -> !ClientScopeModel.isParameterizedScope(scope) && stored.add(scope.getId()))
                .forEach(fresh::addGrantedClientScope);
        if (old == null) {
            UserConsentManager.addConsent(session, realm, user, fresh);
        } else {
            UserConsentManager.updateConsent(session, realm, user, fresh);
        }
    }

    private static void copy(UserConsentModel from, ClientScopeModel scope, UserConsentModel to) {
        if (ClientScopeModel.isParameterizedScope(scope)) {
            from.getParameters(scope).forEach(parameter -> to.addGrantedClientScope(scope, parameter));
        } else {
            to.addGrantedClientScope(scope);
        }
    }

    private UserConsentModel find() {
        return UserConsentManager.getConsentByClient(session, realm, user, client.getId());
    }
}
