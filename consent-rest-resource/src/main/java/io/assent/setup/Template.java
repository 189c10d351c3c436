package io.assent.setup;

import io.assent.permission.ConsentSettings;
import io.assent.request.ConsentApp;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import org.keycloak.representations.idm.ClientPolicyRepresentation;
import org.keycloak.representations.idm.ClientProfileRepresentation;
import org.keycloak.representations.idm.ClientRepresentation;
import org.keycloak.representations.idm.ClientScopeRepresentation;
import org.keycloak.representations.idm.RealmRepresentation;
import org.keycloak.representations.idm.RequiredActionProviderRepresentation;
import org.keycloak.util.JsonSerialization;

/** The realm that setup goes by: {@code realm-config/realm-template.json}, which is packed into the jar. */
final class Template {

    private static final String SHOWN = "display.on.consent.screen";

    private final RealmRepresentation realm;

    private Template(RealmRepresentation realm) {
        this.realm = realm;
    }

    static Template read() {
        try (InputStream file = Template.class.getResourceAsStream("realm-template.json")) {
            return new Template(JsonSerialization.readValue(file, RealmRepresentation.class));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What TPPs may ask for. */
    List<ClientScopeRepresentation> permissions() {
        return realm.getClientScopes().stream().filter(Template::isShown).toList();
    }

    /** The other ones, {@code consent-app} among them. */
    List<ClientScopeRepresentation> otherScopes() {
        return realm.getClientScopes().stream().filter(scope -> !isShown(scope)).toList();
    }

    ClientScopeRepresentation appScope() {
        return otherScopes().stream()
                .filter(scope -> scope.getName().equals(ConsentApp.SCOPE))
                .findFirst()
                .orElseThrow();
    }

    /** The client of the bank's app. */
    ClientRepresentation app() {
        return realm.getClients().get(0);
    }

    RequiredActionProviderRepresentation screen() {
        return realm.getRequiredActions().stream()
                .filter(action -> action.getAlias().equals(ConsentSettings.PROVIDER_ID))
                .findFirst()
                .orElseThrow();
    }

    String loginTheme() {
        return realm.getLoginTheme();
    }

    String accountTheme() {
        return realm.getAccountTheme();
    }

    /** In the order in which they are to be offered. */
    List<String> languages() {
        return realm.getSupportedLocales().stream().sorted().toList();
    }

    String defaultLanguage() {
        return realm.getDefaultLocale();
    }

    ClientProfileRepresentation profile() {
        return realm.getParsedClientProfiles().getProfiles().get(0);
    }

    ClientPolicyRepresentation policy() {
        return realm.getParsedClientPolicies().getPolicies().get(0);
    }

    /** For how many seconds events are kept. */
    long eventsExpiration() {
        return realm.getEventsExpiration();
    }

    private static boolean isShown(ClientScopeRepresentation scope) {
        return Boolean.parseBoolean(scope.getAttributes().get(SHOWN));
    }
}
