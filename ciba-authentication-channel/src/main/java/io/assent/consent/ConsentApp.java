package io.assent.consent;

import org.keycloak.models.ClientScopeModel;
import org.keycloak.models.RealmModel;

/** The bank's app, as a realm knows it. */
public final class ConsentApp {

    /** The client scope that the admin gives to the bank's own app, and to nothing else. */
    public static final String SCOPE = "consent-app";

    /** Whether the realm has an app that could answer: it has the client scope. In any other the pack keeps silent. */
    public static boolean isIn(RealmModel realm) {
        return realm.getClientScopesStream().map(ClientScopeModel::getName).anyMatch(SCOPE::equals);
    }

    private ConsentApp() {}
}
