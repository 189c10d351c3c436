package io.assent.token;

import io.assent.claim.ClaimLimits;
import io.assent.claim.ClaimPlace;
import io.assent.claim.ClaimSet;
import io.assent.claim.IdTokenInProgress;
import io.assent.claim.TokenClaims;
import io.assent.claim.VerifiedWish;
import io.assent.consent.Consent;
import io.assent.consent.Consents;
import io.assent.consent.GrantParameters;
import io.assent.consent.GrantedPermission;
import io.assent.identity.VerifiedIdentities;
import io.assent.permission.ClaimedPermissions;
import io.assent.permission.ConsentSettings;
import io.assent.permission.PermissionCatalogue;
import io.assent.permission.Scopes;
import io.assent.request.ConsentApp;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.keycloak.models.AuthenticatedClientSessionModel;
import org.keycloak.models.ClientModel;
import org.keycloak.models.ClientScopeModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.protocol.oidc.TokenManager;
import org.keycloak.protocol.oidc.token.TokenPostProcessorContext;
import org.keycloak.representations.AccessToken;
import org.keycloak.representations.IDToken;

/**
 * Limits tokens and answers that are tied to a consent to the claims that the consent's row grants now. A permission
 * that it does not grant tells nothing, though the client may have it by default, or the token still names it.
 */
public final class GrantedClaims {

    /** In the tokens that are about to be issued. */
    static void limit(
            KeycloakSession session, TokenPostProcessorContext context, Consent consent, List<Consent> usedUp) {
        AuthenticatedClientSessionModel clientSession =
                context.clientSessionCtx().getClientSession();
        List<ClientScopeModel> scopes =
                context.clientSessionCtx().getClientScopesStream().toList();
        ClaimLimits limits = limits(session, clientSession.getClient(), consent, usedUp, scopes);
        if (limits.isEmpty()) {
            return;
        }
        IdTokenInProgress.in(session).ifPresent(token -> {
            TokenClaims.limit(token, scopes.stream(), limits);
            tellVerified(
                    session,
                    clientSession.getRealm(),
                    clientSession.getUserSession().getUser(),
                    scopes,
                    limits,
                    EnumSet.of(ClaimPlace.ID_TOKEN),
                    token);
        });
        if (context.accessToken() != null) {
            TokenClaims.limit(context.accessToken(), scopes.stream(), limits);
        }
    }

    /** What userinfo is about to say about a token that the server has checked. */
    public static void limitUserinfo(
            KeycloakSession session, RealmModel realm, AccessToken token, UserModel user, IDToken answer) {
        limit(session, realm, token, user, EnumSet.of(ClaimPlace.USERINFO), answer);
    }

    /** The same for introspection, which tells what any place tells. */
    public static void limitIntrospection(
            KeycloakSession session, RealmModel realm, AccessToken token, UserModel user, IDToken answer) {
        limit(session, realm, token, user, ClaimPlace.ALL, answer);
    }

    private static void limit(
            KeycloakSession session,
            RealmModel realm,
            AccessToken token,
            UserModel user,
            Set<ClaimPlace> places,
            IDToken answer) {
        ClientModel client = realm.getClientByClientId(token.getIssuedFor());
        if (client == null) {
            return;
        }
        Optional<String> id = GrantParameters.grantId(token);
        ClaimLimits since = id.isPresent() ? ClaimLimits.NONE : givenSince(realm, client, token);
        if (id.isEmpty() && since.isEmpty()) {
            return;
        }
        List<ClientScopeModel> scopes = TokenManager.getRequestedClientScopes(session, token.getScope(), client, user)
                .toList();
        Consents consents = Consents.of(session);
        ClaimLimits limits = id.map(known -> consents.find(realm.getId(), client.getId(), known)
                        .orElseThrow(() -> new IllegalStateException("a token names a consent that is not there")))
                .map(consent ->
                        limits(session, client, consent, UsedUpGrants.of(token, consents, realm, client, user), scopes))
                .orElse(since);
        if (!limits.isEmpty()) {
            TokenClaims.limit(answer, scopes.stream(), limits);
            tellVerified(session, realm, user, scopes, limits, places, answer);
        }
    }

    /**
     * What a token that names no consent tells is what it named when it was issued: the server would add what its
     * client has by default since then, and nobody was asked for that.
     */
    private static ClaimLimits givenSince(RealmModel realm, ClientModel client, AccessToken token) {
        Set<String> named = Scopes.split(token.getScope());
        Map<String, ClaimSet> limits = new LinkedHashMap<>();
        client.getClientScopes(true).values().stream()
                .filter(ClaimedPermissions::isOfTheGroup)
                .map(ClientScopeModel::getName)
                .filter(name -> !named.contains(name))
                .forEach(name -> limits.put(name, ClaimSet.NONE));
        boolean asked = !limits.isEmpty()
                && new ConsentApp().isIn(realm)
                && ConsentSettings.of(realm).asksFor(client);
        return asked ? new ClaimLimits(limits) : ClaimLimits.NONE;
    }

    /**
     * By the ids of the client scopes, under the names that these have now.
     *
     * @param usedUp what the token used up beside the consent that it is tied to
     */
    private static ClaimLimits limits(
            KeycloakSession session,
            ClientModel client,
            Consent consent,
            List<Consent> usedUp,
            List<ClientScopeModel> scopes) {
        Map<String, ClaimSet> limits = new LinkedHashMap<>();
        List<ClientScopeModel> others = new ArrayList<>();
        for (ClientScopeModel scope : scopes) {
            Optional<GrantedPermission> granted = Stream.concat(Stream.of(consent), usedUp.stream())
                    .flatMap(one -> permission(one, scope).stream())
                    .findFirst();
            if (granted.isPresent()) {
                granted.get().claims().ifPresent(claims -> limits.put(scope.getName(), claims));
            } else if (PermissionCatalogue.isPermission(client, scope)) {
                others.add(scope);
            }
        }
        if (!others.isEmpty()) {
            // what waits to be confirmed, is over, or is good for another token grants nothing here
            List<Consent> beside = Consents.of(session).standingConsents(consent.parties()).stream()
                    .filter(other -> !other.isOneTime())
                    .toList();
            others.removeIf(scope -> isGrantedByOneOf(beside, scope));
            others.forEach(scope -> limits.put(scope.getName(), ClaimSet.NONE));
        }
        return new ClaimLimits(limits);
    }

    private static Optional<GrantedPermission> permission(Consent consent, ClientScopeModel scope) {
        return consent.permissions().stream()
                .filter(permission -> permission.scopeId().equals(scope.getId()))
                .findFirst();
    }

    /** Whether one of the consents that stand grants all of it: a token may carry what several grant. */
    private static boolean isGrantedByOneOf(List<Consent> beside, ClientScopeModel scope) {
        return beside.stream()
                .flatMap(other -> permission(other, scope).stream())
                .anyMatch(permission -> permission.claims().isEmpty());
    }

    private static void tellVerified(
            KeycloakSession session,
            RealmModel realm,
            UserModel user,
            List<ClientScopeModel> scopes,
            ClaimLimits limits,
            Set<ClaimPlace> places,
            IDToken answer) {
        VerifiedIdentities.of(session, realm)
                .told(user, scopes.stream(), limits, places)
                .ifPresent(told -> answer.setOtherClaims(VerifiedWish.NAME, told));
    }

    private GrantedClaims() {}
}
