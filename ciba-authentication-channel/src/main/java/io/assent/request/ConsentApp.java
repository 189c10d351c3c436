package io.assent.request;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.keycloak.models.ClientModel;
import org.keycloak.models.ClientScopeModel;
import org.keycloak.models.RealmModel;

/** Which realms have a bank's app. */
public final class ConsentApp {

    /** The client scope that the admin gives to the bank's own app, and to nothing else. */
    public static final String SCOPE = "consent-app";

    /** Where the scope was found last, by the realm's id: to go through all scopes takes long, and every call asks. */
    private final Map<String, String> scopeIds = new ConcurrentHashMap<>();

    /** Whether the realm has an app that could answer: it has the client scope. In any other the pack keeps silent. */
    public boolean isIn(RealmModel realm) {
        String id = scopeIds.get(realm.getId());
        if (id != null && isScope(realm.getClientScopeById(id))) {
            return true;
        }
        Optional<String> found = realm.getClientScopesStream()
                .filter(ConsentApp::isScope)
                .map(ClientScopeModel::getId)
                .findFirst();
        found.ifPresentOrElse(known -> scopeIds.put(realm.getId(), known), () -> scopeIds.remove(realm.getId()));
        return found.isPresent();
    }

    /**
     * Whether a client may ask customers: it has the CIBA grant, or needs their consent. Such a client is never the
     * bank's app.
     */
    public static boolean isAsker(RealmModel realm, ClientModel client) {
        return client.isConsentRequired() || realm.getCibaPolicy().isOIDCCIBAGrantEnabled(client);
    }

    private static boolean isScope(ClientScopeModel scope) {
        return scope != null && SCOPE.equals(scope.getName());
    }
}
