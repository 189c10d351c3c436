package io.assent.token.stored;

import io.assent.consent.ConsentEvent;
import io.assent.consent.Consents;
import io.assent.server.AssentEvent;
import io.assent.server.AssentEventListener;
import java.util.Objects;
import java.util.Optional;
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
        boolean grantsTheSame = event instanceof ConsentEvent.Renewed || event instanceof ConsentEvent.ConfirmationDue;
        if (event instanceof ConsentEvent changed && !grantsTheSame) {
            PartyModels.find(session, changed.consent().parties()).ifPresent(this::rewrite);
        }
    }

    /** By id: a client scope that was made anew under an old name is another permission. */
    private static Set<ClientScopeModel> scopes(RealmModel realm, Set<String> ids) {
        return ids.stream()
                .map(realm::getClientScopeById)
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
    }

    private void rewrite(PartyModels parties) {
        RealmModel realm = parties.realm();
        ClientModel client = parties.client();
        UserModel user = parties.user();
        Consents consents = Consents.of(session);
        consents.lock(parties.parties());
        Consents.SettledScopes settled = consents.settledScopes(parties.parties());
        UserConsentModel union = new UserConsentModel(client);
        Set<ClientScopeModel> granted = scopes(realm, settled.granted());
        granted.forEach(union::addGrantedClientScope);
        if (!granted.isEmpty() && client.isDisplayOnConsentScreen()) {
            // its own text was on the screen, too: else the stock page would ask for that alone
            union.addGrantedClientScope(client);
        }
        Set<String> wanted = PartyModels.ids(union);
        Optional<Set<String>> stored = parties.stored(session, settled);
        if (wanted.isEmpty()) {
            if (stored.isPresent()) {
                UserConsentManager.revokeConsentForClient(session, realm, user, client.getId());
            }
        } else if (stored.isEmpty()) {
            UserConsentManager.addConsent(session, realm, user, union);
        } else if (!stored.get().equals(wanted)) {
            UserConsentManager.updateConsent(session, realm, user, union);
        }
    }
}
