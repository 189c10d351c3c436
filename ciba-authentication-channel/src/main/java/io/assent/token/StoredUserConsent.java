package io.assent.token;

import io.assent.consent.Consent;
import io.assent.consent.ConsentEvent;
import io.assent.consent.Consents;
import io.assent.consent.GrantedPermission;
import io.assent.server.AssentEvent;
import io.assent.server.AssentEventListener;
import io.assent.server.Parties;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.keycloak.models.ClientModel;
import org.keycloak.models.ClientScopeModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserConsentModel;
import org.keycloak.models.UserModel;
import org.keycloak.services.managers.UserConsentManager;

/**
 * Keycloak's own {@code USER_CONSENT} of a customer and a client, by which stock code measures refreshed and exchanged
 * tokens: always the union of the consents that stand. Written after each change, and never believed.
 */
final class StoredUserConsent implements AssentEventListener {

    private final KeycloakSession session;

    StoredUserConsent(KeycloakSession session) {
        this.session = session;
    }

    @Override
    public void onEvent(AssentEvent event) {
        if (event instanceof ConsentEvent changed) {
            rewrite(changed.consent().parties());
        }
    }

    private void rewrite(Parties parties) {
        RealmModel realm = session.realms().getRealm(parties.realmId());
        ClientModel client = realm == null ? null : realm.getClientById(parties.clientId());
        UserModel user = client == null ? null : session.users().getUserById(realm, parties.userId());
        if (user != null) {
            write(realm, client, user, scopes(realm, parties));
        }
    }

    /** By id: a client scope that was made anew under an old name is another permission. */
    private Set<ClientScopeModel> scopes(RealmModel realm, Parties parties) {
        return Consents.of(session).standingConsents(parties).stream()
                .map(Consent::permissions)
                .flatMap(permissions -> permissions.stream())
                .map(GrantedPermission::scopeId)
                .distinct()
                .map(realm::getClientScopeById)
                .filter(Objects::nonNull)
                .filter(scope -> !scope.isAlwaysConsent())
                .collect(Collectors.toSet());
    }

    private void write(RealmModel realm, ClientModel client, UserModel user, Set<ClientScopeModel> scopes) {
        UserConsentModel stored = UserConsentManager.getConsentByClient(session, realm, user, client.getId());
        if (scopes.isEmpty()) {
            if (stored != null) {
                UserConsentManager.revokeConsentForClient(session, realm, user, client.getId());
            }
            return;
        }
        if (stored != null && ids(stored.getGrantedClientScopes()).equals(ids(scopes))) {
            return;
        }
        UserConsentModel union = new UserConsentModel(client);
        scopes.forEach(union::addGrantedClientScope);
        if (stored == null) {
            UserConsentManager.addConsent(session, realm, user, union);
        } else {
            UserConsentManager.updateConsent(session, realm, user, union);
        }
    }

    private static Set<String> ids(Set<ClientScopeModel> scopes) {
        return scopes.stream().map(ClientScopeModel::getId).collect(Collectors.toSet());
    }
}
