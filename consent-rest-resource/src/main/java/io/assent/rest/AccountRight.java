package io.assent.rest;

import io.assent.permission.ConsentSettings;
import io.assent.permission.PermissionCatalogue;
import java.util.List;
import java.util.stream.Stream;
import org.keycloak.models.AccountRoles;
import org.keycloak.models.ClientModel;
import org.keycloak.models.Constants;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.protocol.oidc.AccessTokenIntrospectionProvider;
import org.keycloak.protocol.oidc.AccessTokenIntrospectionProviderFactory;
import org.keycloak.protocol.oidc.TokenIntrospectionProvider;
import org.keycloak.representations.AccessToken;
import org.keycloak.services.managers.AuthenticationManager.AuthResult;

/**
 * The rights of a token of Keycloak's account console at this API. Roles of the client {@code account} decide, the same
 * that Keycloak's own account API asks for where a customer looks at what applications were granted.
 */
public enum AccountRight {
    VIEW_CONSENTS(AccountRoles.MANAGE_ACCOUNT, AccountRoles.VIEW_CONSENT, AccountRoles.MANAGE_CONSENT),
    MANAGE_CONSENTS(AccountRoles.MANAGE_ACCOUNT, AccountRoles.MANAGE_CONSENT);

    private static final String ACCOUNT = Constants.ACCOUNT_MANAGEMENT_CLIENT_ID;

    private final List<String> roles;

    AccountRight(String... roles) {
        this.roles = List.of(roles);
    }

    /**
     * Whether a token has it. A service account never does, for it is no customer; nor does a client that may ask
     * customers by any way there is, whatever roles a forgotten switch gives it.
     */
    boolean isOf(KeycloakSession session, RealmModel realm, AuthResult caller) {
        ClientModel account = realm.getClientByClientId(ACCOUNT);
        if (account == null
                || !account.isEnabled()
                || caller.user().getServiceAccountClientLink() != null
                || holdsPermissions(realm, caller.client())) {
            return false;
        }
        AccessToken token = inFull(session, caller);
        AccessToken.Access access = token.getResourceAccess(ACCOUNT);
        return token.hasAudience(ACCOUNT) && access != null && roles.stream().anyMatch(access::isUserInRole);
    }

    private static boolean holdsPermissions(RealmModel realm, ClientModel client) {
        return ConsentSettings.of(realm).asksFor(client)
                && Stream.of(true, false)
                        .flatMap(byDefault -> client.getClientScopes(byDefault).values().stream())
                        .anyMatch(PermissionCatalogue::isOfTheBank);
    }

    /** In words for a developer. */
    String describe() {
        return "one of the roles " + String.join(", ", roles) + " of the client '" + ACCOUNT + "'";
    }

    /** A lightweight token does not say what it is good for; the server does, as for introspection. */
    private static AccessToken inFull(KeycloakSession session, AuthResult caller) {
        AccessToken token = caller.token();
        boolean saysIt = token.getAudience() != null && token.getResourceAccess(ACCOUNT) != null;
        if (saysIt || caller.session() == null) {
            return token;
        }
        AccessTokenIntrospectionProvider<?> introspection = (AccessTokenIntrospectionProvider<?>) session.getProvider(
                TokenIntrospectionProvider.class, AccessTokenIntrospectionProviderFactory.ACCESS_TOKEN_TYPE);
        return introspection.transformAccessToken(token, caller.session());
    }
}
