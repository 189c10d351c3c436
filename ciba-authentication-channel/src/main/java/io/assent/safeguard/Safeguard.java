package io.assent.safeguard;

import io.assent.consent.Consent;
import io.assent.consent.Consents;
import io.assent.detail.Details;
import io.assent.permission.CarriedRoles;
import io.assent.permission.ConsentSettings;
import io.assent.permission.PermissionCatalogue;
import io.assent.permission.Scopes;
import io.assent.request.ConsentApp;
import io.assent.rules.ConsentRules;
import io.assent.rules.SignatureDemand;
import io.assent.server.Parties;
import io.assent.server.ServerTime;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.keycloak.OAuth2Constants;
import org.keycloak.models.ClientModel;
import org.keycloak.models.ClientScopeModel;
import org.keycloak.models.ClientSessionContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RoleModel;
import org.keycloak.models.UserConsentModel;
import org.keycloak.models.UserModel;
import org.keycloak.protocol.oidc.TokenManager;
import org.keycloak.services.managers.UserConsentManager;

/**
 * Which clients may ask for permissions and get them. In a realm that has no bank's app the pack keeps silent, and
 * every client is as in any Keycloak.
 */
final class Safeguard {

    private final KeycloakSession session;
    private final ConsentApp app;
    private final OwnRoles ownRoles;

    Safeguard(KeycloakSession session, ConsentApp app, OwnRoles ownRoles) {
        this.session = session;
        this.app = app;
        this.ownRoles = ownRoles;
    }

    /**
     * What is wrong with a client that wants to ask for a {@code scope} by CIBA or on a page of the server.
     *
     * @param details what it asks for beside the scope
     */
    Optional<Flaw> ofRequest(ClientModel client, String scope, Details details, Journey journey) {
        RealmModel realm = client.getRealm();
        if (!app.isIn(realm)) {
            return Optional.empty();
        }
        if (hasParameter(client, scope)) {
            return Optional.of(Flaw.NOT_SHOWABLE);
        }
        List<ClientScopeModel> scopes = TokenManager.getRequestedClientScopes(session, scope, client, null)
                .toList();
        Optional<Flaw> ofScopes = ofScopes(realm, client, scopes);
        if (ofScopes.isPresent()) {
            return ofScopes;
        }
        if (scopes.stream()
                        .anyMatch(
                                asked -> PermissionCatalogue.isOfTheBank(asked) && PermissionCatalogue.isOneTime(asked))
                && !isAskedByUs(realm, journey)) {
            return Optional.of(Flaw.ONE_TIME);
        }
        boolean permissions = scopes.stream().anyMatch(PermissionCatalogue::isOfTheBank);
        if (permissions || !details.isEmpty() || ConsentApp.isAsker(realm, client)) {
            Optional<Flaw> ofRoles = ofRoles(client, rolesInReach(client, scopes));
            if (ofRoles.isPresent()) {
                return ofRoles;
            }
        }
        if (permissions && journey == Journey.REDIRECT && !isAskedInTheBrowser(realm, client)) {
            return Optional.of(Flaw.NOBODY_ASKED);
        }
        return permissions && !isAskedByUs(realm, journey) && hasToBeSigned(client)
                ? Optional.of(Flaw.UNSIGNED)
                : Optional.empty();
    }

    /** Whatever is asked: the stock page shows no authorization details. */
    private boolean hasToBeSigned(ClientModel client) {
        return ConsentSettings.of(client.getRealm()).asksFor(client)
                && ConsentRules.of(session, client).signature(false) != SignatureDemand.NONE;
    }

    /**
     * What is wrong with a token that is about to be issued.
     *
     * @param grantId the consent that it is tied to, if it is to one
     * @param before the {@code scope} of the refresh token that it comes of; empty for any other
     */
    Optional<Flaw> ofToken(ClientSessionContext token, Optional<String> grantId, Set<String> before) {
        ClientModel client = token.getClientSession().getClient();
        RealmModel realm = client.getRealm();
        if (!app.isIn(realm)) {
            return Optional.empty();
        }
        List<ClientScopeModel> scopes = token.getClientScopesStream().toList();
        Optional<Flaw> ofScopes = ofScopes(realm, client, scopes);
        if (ofScopes.isPresent()) {
            return ofScopes;
        }
        UserModel user = token.getClientSession().getUserSession().getUser();
        boolean service = user.getServiceAccountClientLink() != null;
        List<ClientScopeModel> permissions =
                scopes.stream().filter(PermissionCatalogue::isOfTheBank).toList();
        if (!permissions.isEmpty() || ConsentApp.isAsker(realm, client) && !service) {
            Optional<Flaw> ofRoles = ofRoles(client, rolesInReach(client, scopes))
                    .flatMap(possible -> ofRoles(client, token.getRolesStream()));
            if (ofRoles.isPresent()) {
                return ofRoles;
            }
        }
        if (permissions.isEmpty() || !ConsentSettings.of(realm).asksFor(client)) {
            return Optional.empty();
        }
        if (service) {
            return Optional.of(Flaw.NO_CUSTOMER);
        }
        return isGranted(token, grantId, before, user, permissions) ? Optional.empty() : Optional.of(Flaw.NOBODY_ASKED);
    }

    private static Optional<Flaw> ofScopes(RealmModel realm, ClientModel client, List<ClientScopeModel> scopes) {
        if (ConsentApp.isAsker(realm, client)
                && scopes.stream().anyMatch(scope -> ConsentApp.SCOPE.equals(scope.getName()))) {
            return Optional.of(Flaw.CONSENT_APP);
        }
        List<ClientScopeModel> permissions =
                scopes.stream().filter(PermissionCatalogue::isOfTheBank).toList();
        if (permissions.stream().anyMatch(permission -> ClientScopeModel.isParameterizedScope(permission))) {
            return Optional.of(Flaw.NOT_SHOWABLE);
        }
        return permissions.stream().allMatch(ClientScopeModel::isIncludeInTokenScope)
                ? Optional.empty()
                : Optional.of(Flaw.NOT_IN_TOKEN_SCOPE);
    }

    /** Whether it names a permission with a parameter, which only the server's experimental feature resolves. */
    private static boolean hasParameter(ClientModel client, String scope) {
        List<String> prefixes = PermissionCatalogue.assigned(client)
                .filter(held -> PermissionCatalogue.isOfTheBank(held) && ClientScopeModel.isParameterizedScope(held))
                .map(held -> held.getName() + ClientScopeModel.VALUE_SEPARATOR)
                .toList();
        return Scopes.split(scope).stream().anyMatch(name -> prefixes.stream().anyMatch(name::startsWith));
    }

    private static boolean isAskedByUs(RealmModel realm, Journey journey) {
        return journey == Journey.CIBA || journey == Journey.REDIRECT && ConsentSettings.asksInTheBrowser(realm);
    }

    private static boolean isAskedInTheBrowser(RealmModel realm, ClientModel client) {
        return client.isConsentRequired()
                || ConsentSettings.asksInTheBrowser(realm)
                || !ConsentSettings.of(realm).asksFor(client);
    }

    private Stream<RoleModel> rolesInReach(ClientModel client, List<ClientScopeModel> scopes) {
        return CarriedRoles.inReach(ownRoles.of(client), scopes.stream());
    }

    /** @param roles those that a token would carry, or could */
    private static Optional<Flaw> ofRoles(ClientModel client, Stream<RoleModel> roles) {
        if (client.isFullScopeAllowed()) {
            return Optional.of(Flaw.FULL_SCOPE);
        }
        return CarriedRoles.haveManagement(client.getRealm(), roles)
                ? Optional.of(Flaw.MANAGEMENT_ROLES)
                : Optional.empty();
    }

    /**
     * By the consent that the token is tied to, and so ends with; what the server's own pages asked for stands in the
     * server's own record of it.
     */
    private boolean isGranted(
            ClientSessionContext token,
            Optional<String> grantId,
            Set<String> before,
            UserModel user,
            List<ClientScopeModel> permissions) {
        Set<String> usedUp = UsedUp.in(session);
        List<ClientScopeModel> lasting = permissions.stream()
                .filter(permission -> !PermissionCatalogue.isOneTime(permission))
                .toList();
        return permissions.stream()
                        .filter(PermissionCatalogue::isOneTime)
                        .allMatch(permission -> usedUp.contains(permission.getId()))
                && isGrantedForLonger(token, grantId, before, user, lasting);
    }

    private boolean isGrantedForLonger(
            ClientSessionContext token,
            Optional<String> grantId,
            Set<String> before,
            UserModel user,
            List<ClientScopeModel> permissions) {
        String login = token.getClientSession().getUserSession().getId();
        Parties parties = Parties.of(
                token.getClientSession().getClient().getRealm(),
                token.getClientSession().getClient(),
                user);
        Set<String> tied = grantId.flatMap(id -> Consents.of(session).find(parties.realmId(), parties.clientId(), id))
                .filter(consent -> consent.parties().equals(parties)
                        && consent.stands(ServerTime.now())
                        && !consent.isOneTime()
                        && consent.hangsOn(login))
                .map(Consent::scopeIds)
                .orElse(Set.of());
        return permissions.stream()
                .allMatch(permission ->
                        tied.contains(permission.getId()) || isGrantedOnAPage(token, before, user, permission));
    }

    private boolean isGrantedOnAPage(
            ClientSessionContext token, Set<String> before, UserModel user, ClientScopeModel permission) {
        ClientModel client = token.getClientSession().getClient();
        // the stock page takes no signature
        if (!mayComeOfAPage(client.getRealm(), before, permission) || hasToBeSigned(client)) {
            return false;
        }
        UserConsentModel stored =
                UserConsentManager.getConsentByClient(session, client.getRealm(), user, client.getId());
        return stored != null && stored.isClientScopeGranted(permission);
    }

    /**
     * Others write into that record, and no page asks in an exchange of tokens. Where the consent screen is on, a page
     * is left to the device grant: a refresh token may be its, and has no permission that it did not name.
     */
    private boolean mayComeOfAPage(RealmModel realm, Set<String> before, ClientScopeModel permission) {
        String grant =
                session.getContext().getHttpRequest().getDecodedFormParameters().getFirst(OAuth2Constants.GRANT_TYPE);
        boolean stockPage = !ConsentSettings.asksInTheBrowser(realm);
        // a token that is part of a login has no grant
        if (grant == null || grant.equals(OAuth2Constants.AUTHORIZATION_CODE)) {
            return stockPage;
        }
        return grant.equals(OAuth2Constants.DEVICE_CODE_GRANT_TYPE)
                || grant.equals(OAuth2Constants.REFRESH_TOKEN) && (stockPage || before.contains(permission.getName()));
    }

    /** Whether all that a token grants is good for this token alone. */
    boolean isOneTime(ClientSessionContext token) {
        ClientModel client = token.getClientSession().getClient();
        if (!app.isIn(client.getRealm())) {
            return false;
        }
        List<ClientScopeModel> permissions = token.getClientScopesStream()
                .filter(scope -> PermissionCatalogue.isPermission(client, scope))
                .toList();
        return !permissions.isEmpty() && permissions.stream().allMatch(PermissionCatalogue::isOneTime);
    }

    /** How a client asks. */
    enum Journey {
        CIBA,
        REDIRECT,
        DEVICE
    }
}
