package io.assent.asking;

import io.assent.claim.ClaimLimits;
import io.assent.consent.Consent;
import io.assent.consent.Consents;
import io.assent.consent.GrantedPermission;
import io.assent.permission.ConsentSettings;
import io.assent.permission.PermissionCatalogue;
import io.assent.permission.RequestedPermissions;
import io.assent.permission.Scopes;
import io.assent.server.Parties;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;
import org.keycloak.protocol.oidc.TokenManager;
import org.keycloak.util.TokenUtil;

/**
 * Says which part of the permissions that a client asks a customer for is settled by consents, and which part is open.
 */
public final class SettledPermissions {

    private final KeycloakSession session;
    private final PermissionCatalogue permissions;
    private final RealmModel realm;
    private final ClientModel client;
    private final UserModel user;

    public SettledPermissions(
            KeycloakSession session,
            PermissionCatalogue permissions,
            RealmModel realm,
            ClientModel client,
            UserModel user) {
        this.session = session;
        this.permissions = permissions;
        this.realm = realm;
        this.client = client;
        this.user = user;
    }

    /** Whether a login asks also for what stands. @param prompt what the client says of it, or {@code null} */
    public static boolean asksAgain(RealmModel realm, String prompt) {
        return TokenUtil.hasPrompt(prompt, OIDCLoginProtocol.PROMPT_VALUE_CONSENT)
                || ConsentSettings.of(realm).askAgain();
    }

    /**
     * Whether the customer is to be asked at all. Who asks for a permission of the bank, or for authorization details,
     * needs it even where the admin forgot to say so.
     *
     * @param details whether there are any
     */
    public boolean needsConsent(String scope, boolean details) {
        return ConsentSettings.of(realm).asksFor(client)
                && (client.isConsentRequired() || details || permissions.hasOneOfTheBank(client, user, scope));
    }

    /** The permissions in question. */
    public RequestedPermissions requested(String scope) {
        return permissions.requested(realm, client, user, scope);
    }

    /** What is to be asked where nothing was granted in a login yet. @param asksAgain also for what stands */
    public RequestedPermissions open(String scope, boolean asksAgain) {
        RequestedPermissions requested = requested(scope);
        return asksAgain || ConsentSettings.of(realm).askAgain() ? requested : requested.without(standing(scope));
    }

    /** The names of what stands; but what is asked for each time is never settled before. */
    public Set<String> standing(String scope) {
        return standing(
                scope, ClaimLimits.NONE, Consents.of(session).standingConsents(Parties.of(realm, client, user)));
    }

    /**
     * The same where some permissions are asked for some of their claims alone: what was granted for less than is asked
     * for now does not stand.
     *
     * @param consents those that stand between the two
     */
    public Set<String> standing(String scope, ClaimLimits asked, List<Consent> consents) {
        Set<String> standing = current(consents.stream()
                .flatMap(consent -> consent.permissions().stream()
                        .filter(permission -> consent.claims().covers(permission.name(), asked)))
                .toList());
        standing.removeAll(permissions.oneTime(client, user, scope));
        return standing;
    }

    /** The names of what is still the same: a client scope that was made anew under an old name is another one. */
    public Set<String> current(List<GrantedPermission> granted) {
        Map<String, String> ids =
                scopeIds(granted.stream().map(GrantedPermission::name).collect(Collectors.toSet()));
        return granted.stream()
                .filter(permission -> permission.scopeId().equals(ids.get(permission.name())))
                .map(GrantedPermission::name)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** The ids of client scopes by name; also of what goes by more than a scope's own name, as organization:acme. */
    public Map<String, String> scopeIds(Set<String> names) {
        Map<String, String> ids = new LinkedHashMap<>();
        TokenManager.getRequestedClientScopes(session, Scopes.join(names), client, user)
                .filter(scope -> names.contains(scope.getName()))
                .forEach(scope -> ids.putIfAbsent(scope.getName(), scope.getId()));
        return ids;
    }
}
