package io.assent.personal;

import io.assent.detail.DetailTypes;
import io.assent.detail.type.PersonalAccessFactory;
import io.assent.offswitch.OffSwitch;
import io.assent.permission.ConsentSettings;
import io.assent.permission.PermissionCatalogue;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.keycloak.OAuth2Constants;
import org.keycloak.models.ClientModel;
import org.keycloak.models.ClientScopeModel;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RequiredActionConfigModel;
import org.keycloak.protocol.oidc.OIDCAdvancedConfigWrapper;

/**
 * The client by which customers give themselves access to their own data. The realm names it; where none is named,
 * nobody can.
 */
public final class PersonalClient {

    /** The name of the setting of the required action {@value ConsentSettings#PROVIDER_ID}: a {@code client_id}. */
    public static final String SETTING = "personal-access-client";

    private PersonalClient() {}

    /** The {@code client_id} that the realm names. */
    public static Optional<String> named(RealmModel realm) {
        RequiredActionConfigModel config = realm.getRequiredActionConfigByAlias(ConsentSettings.PROVIDER_ID);
        return Optional.ofNullable(config)
                .map(settings -> settings.getConfigValue(SETTING))
                .map(String::trim)
                .filter(name -> !name.isEmpty());
    }

    /** Whether a client may ask for personal access, and is not the one that the realm names. */
    public static boolean isAnother(RealmModel realm, ClientModel client) {
        return DetailTypes.allowed(client).contains(PersonalAccessFactory.TYPE)
                && !named(realm).equals(Optional.of(client.getClientId()));
    }

    /**
     * What keeps a client from being that one.
     *
     * @param client or {@code null}, where there is none
     * @return in words for an admin; empty where nothing does
     */
    public static Optional<String> flaw(ClientModel client) {
        if (client == null) {
            return Optional.of("there is no such client");
        }
        if (OffSwitch.of(client).isOff()) {
            return Optional.of("the client is off");
        }
        if (!client.isPublicClient() || !client.isStandardFlowEnabled()) {
            return Optional.of("set 'Client authentication' off and 'Standard flow' on");
        }
        if (!client.isConsentRequired() || client.isFullScopeAllowed()) {
            return Optional.of("set 'Consent required' on and 'Full scope allowed' off");
        }
        if (!OAuth2Constants.PKCE_METHOD_S256.equals(
                OIDCAdvancedConfigWrapper.fromClientModel(client).getPkceCodeChallengeMethod())) {
            return Optional.of("set 'PKCE Method' to S256: the code is the only secret of a public client");
        }
        if (client.getRedirectUris().size() != 1) {
            return Optional.of("leave one of 'Valid redirect URIs', the page's own: a token goes nowhere else");
        }
        if (client.getClientScopes(true).values().stream().anyMatch(PermissionCatalogue::isOneTime)) {
            return Optional.of("take the default client scopes away that are permissions good for one token");
        }
        if (!DetailTypes.allowed(client).contains(PersonalAccessFactory.TYPE)) {
            return Optional.of(
                    "put %s into its attribute %s".formatted(PersonalAccessFactory.TYPE, DetailTypes.ATTRIBUTE));
        }
        if (!client.getClientScopes(true).containsKey(OAuth2Constants.OFFLINE_ACCESS)) {
            return Optional.of("give it the client scope offline_access as a default one: a token is good for longer"
                    + " than a login");
        }
        return scopes(client).findAny().isEmpty()
                ? Optional.of("give it optional client scopes that are permissions and good for more than one token")
                : Optional.empty();
    }

    /** What is asked for: all that the client may have and that stands, of which the customer chooses. */
    public static String scope(ClientModel client) {
        return Stream.concat(Stream.of(OAuth2Constants.SCOPE_OPENID), scopes(client))
                .collect(Collectors.joining(" "));
    }

    private static Stream<String> scopes(ClientModel client) {
        return client.getClientScopes(false).values().stream()
                .filter(PermissionCatalogue::isOfTheBank)
                .filter(scope -> !PermissionCatalogue.isOneTime(scope))
                .map(ClientScopeModel::getName)
                .sorted();
    }
}
