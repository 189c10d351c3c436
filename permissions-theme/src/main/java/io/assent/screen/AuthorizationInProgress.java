package io.assent.screen;

import io.assent.consent.Consent;
import io.assent.consent.Consents;
import io.assent.consent.GrantedPermission;
import io.assent.permission.ConsentSettings;
import io.assent.permission.PermissionCatalogue;
import io.assent.permission.RequestedPermissions;
import io.assent.permission.Scopes;
import io.assent.server.Customer;
import io.assent.server.Parties;
import io.assent.server.ServerTime;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.keycloak.OAuth2Constants;
import org.keycloak.authentication.AuthenticationProcessor;
import org.keycloak.models.ClientModel;
import org.keycloak.models.ClientScopeModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;
import org.keycloak.protocol.oidc.grants.device.DeviceGrantType;
import org.keycloak.services.managers.AuthenticationManager;
import org.keycloak.sessions.AuthenticationSessionModel;
import org.keycloak.util.TokenUtil;

/**
 * A client's authorization request (OpenID Connect Core 1.0, section 3.1.2.1) while its customer logs in: what it asks
 * for, what of it is settled, and what is still to be asked.
 */
final class AuthorizationInProgress {

    /** What the customer granted in this login. */
    private static final String GRANTED = "assent.consent.granted";

    private final KeycloakSession session;
    private final AuthenticationSessionModel authSession;
    private final PermissionCatalogue permissions;

    AuthorizationInProgress(
            KeycloakSession session, AuthenticationSessionModel authSession, PermissionCatalogue permissions) {
        this.session = session;
        this.authSession = authSession;
        this.permissions = permissions;
    }

    /**
     * Whether the client needs consent, and a browser with the customer before it came from there. The device grant
     * (RFC 8628) is not meant: its consent page also says which device it is about, and stays the server's own.
     */
    boolean needsConsent() {
        return client().isConsentRequired()
                && OIDCLoginProtocol.LOGIN_PROTOCOL.equals(authSession.getProtocol())
                && !DeviceGrantType.isOAuth2DeviceVerificationFlow(authSession);
    }

    /** Whether the client wants an error rather than a page ({@code prompt=none}). */
    boolean isPassive() {
        return TokenUtil.hasPrompt(prompt(), OIDCLoginProtocol.PROMPT_VALUE_NONE)
                // here another identity provider answers such a request, and the server says what came of it
                && !Boolean.parseBoolean(authSession.getAuthNote(AuthenticationProcessor.FORWARDED_PASSIVE_LOGIN));
    }

    /** The permissions that the customer is still to be asked for. */
    RequestedPermissions open() {
        return requested().without(settled());
    }

    /** The permissions in question that the customer granted before, and is not asked for again. */
    RequestedPermissions granted() {
        RequestedPermissions requested = requested();
        return requested.without(requested.without(settled()).asked());
    }

    /** The whole {@code scope} that is asked for, less what the customer already left out. */
    String scope() {
        return Scopes.join(Scopes.split(authSession.getClientNote(OAuth2Constants.SCOPE)));
    }

    RealmModel realm() {
        return authSession.getRealm();
    }

    ClientModel client() {
        return authSession.getClient();
    }

    Customer customer() {
        return Customer.of(realm(), user());
    }

    UserModel user() {
        return authSession.getAuthenticatedUser();
    }

    /**
     * Goes on with what the customer granted, and without the rest of what was open: the code, and so every token that
     * comes of it, is for that alone. It stands from now on, with what was granted before and not asked for now.
     *
     * @param grantedNow the permissions that were granted of those that were {@link #open}
     * @param requestId the request that the customer answered
     */
    void settle(Set<String> grantedNow, String requestId) {
        RequestedPermissions requested = requested();
        Set<String> granted = new LinkedHashSet<>(settled());
        granted.addAll(grantedNow);
        granted.retainAll(requested.asked());
        authSession.setClientNote(OAuth2Constants.SCOPE, requested.narrow(scope(), granted));
        AuthenticationManager.setClientScopesInSession(session, authSession);

        Set<String> standing = sharedBefore();
        standing.removeAll(requested.asked());
        standing.addAll(granted);
        grant(standing, requestId);
        authSession.setAuthNote(GRANTED, Scopes.join(granted));
        forgetPromptForConsent();
    }

    /** Goes on where nothing is left to ask: what was granted by other ways stands for this one, too. */
    void goOnWithWhatStands() {
        Set<String> standing = sharedBefore();
        if (standing.addAll(requested().asked())) {
            consents().standingConsents(parties()).stream()
                    .reduce((older, newer) -> newer)
                    .ifPresent(newest -> grant(standing, newest.requestId()));
        }
    }

    private Set<String> sharedBefore() {
        return consents()
                .shared(parties())
                .filter(consent -> consent.stands(ServerTime.now()))
                .map(Consent::names)
                .orElseGet(LinkedHashSet::new);
    }

    private void grant(Set<String> names, String requestId) {
        Map<String, ClientScopeModel> scopes = scopes();
        List<GrantedPermission> permissions = names.stream()
                .filter(scopes::containsKey)
                .map(name -> new GrantedPermission(scopes.get(name).getId(), name))
                .toList();
        if (!permissions.isEmpty()) {
            consents()
                    .grantShared(
                            parties(),
                            requestId,
                            permissions,
                            authSession.getParentSession().getId());
        }
    }

    private RequestedPermissions requested() {
        return permissions.requested(realm(), client(), user(), scope());
    }

    private Set<String> settled() {
        Set<String> settled = new HashSet<>(Scopes.split(authSession.getAuthNote(GRANTED)));
        if (!asksAgain()) {
            settled.addAll(standing());
        }
        return settled;
    }

    /**
     * What consents say, and nobody else; a client scope that was made anew under an old name is another permission.
     */
    private Set<String> standing() {
        Map<String, ClientScopeModel> scopes = scopes();
        return consents().standingConsents(parties()).stream()
                .flatMap(consent -> consent.permissions().stream())
                .filter(permission -> scopes.containsKey(permission.name())
                        && scopes.get(permission.name()).getId().equals(permission.scopeId()))
                .map(GrantedPermission::name)
                .collect(Collectors.toSet());
    }

    private Map<String, ClientScopeModel> scopes() {
        Map<String, ClientScopeModel> scopes = new LinkedHashMap<>(client().getClientScopes(false));
        scopes.putAll(client().getClientScopes(true));
        return scopes;
    }

    private Parties parties() {
        return Parties.of(realm(), client(), user());
    }

    private Consents consents() {
        return Consents.of(session);
    }

    private boolean asksAgain() {
        return TokenUtil.hasPrompt(prompt(), OIDCLoginProtocol.PROMPT_VALUE_CONSENT)
                || ConsentSettings.of(realm()).askAgain();
    }

    /** The server's own consent page follows the same prompt, and would ask once more for what was just granted. */
    private void forgetPromptForConsent() {
        Set<String> prompts = new LinkedHashSet<>(Scopes.split(prompt()));
        if (prompts.remove(OIDCLoginProtocol.PROMPT_VALUE_CONSENT)) {
            authSession.setClientNote(OIDCLoginProtocol.PROMPT_PARAM, Scopes.join(prompts));
        }
    }

    private String prompt() {
        return authSession.getClientNote(OIDCLoginProtocol.PROMPT_PARAM);
    }
}
