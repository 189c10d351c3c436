package io.assent.request;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.keycloak.models.ClientScopeModel;
import org.keycloak.models.RealmModel;

/** The bank's app, as a realm knows it. */
public final class ConsentApp {

    /** The client scope that the admin gives to the bank's own app, and to nothing else. */
    public static final String SCOPE = "consent-app";

    /** Where the scope was found last, by the realm's id: to go through all scopes takes long, and every call asks. */
    private static final Map<String, String> SCOPE_IDS = new ConcurrentHashMap<>();

    /** Whether the realm has an app that could answer: it has the client scope. In any other the pack keeps silent. */
    public static boolean isIn(RealmModel realm) {
        String id = SCOPE_IDS.get(realm.getId());
        if (id != null && isScope(realm.getClientScopeById(id))) {
            return true;
        }
        Optional<String> found = realm.getClientScopesStream()
                .filter(ConsentApp::isScope)
                .map(ClientScopeModel::getId)
                .findFirst();
        found.ifPresentOrElse(known -> SCOPE_IDS.put(realm.getId(), known), () -> SCOPE_IDS.remove(realm.getId()));
        return found.isPresent();
    }

    private static boolean isScope(ClientScopeModel scope) {
        return scope != null && SCOPE.equals(scope.getName());
    }

    private ConsentApp() {}
}
