package io.assent.token;

import io.assent.amendment.Amendments;
import io.assent.consent.Consent;
import io.assent.consent.Consents;
import io.assent.consent.GrantParameters;
import io.assent.permission.PermissionCatalogue;
import io.assent.permission.Scopes;
import io.assent.permission.change.ChangedPermissions;
import io.assent.permission.change.Changes;
import io.assent.server.AssentEventListener;
import io.assent.server.ServerTime;
import io.assent.token.stored.StoredConsentCache;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.UriInfo;
import java.util.Set;
import java.util.function.Consumer;
import org.keycloak.OAuth2Constants;
import org.keycloak.OAuthErrorException;
import org.keycloak.common.ClientConnection;
import org.keycloak.events.EventBuilder;
import org.keycloak.models.AuthenticatedClientSessionModel;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.protocol.oidc.TokenManager;
import org.keycloak.protocol.oidc.refresh.DefaultRefreshTokenProvider;
import org.keycloak.protocol.oidc.refresh.InitialRefreshTokenContext;
import org.keycloak.protocol.oidc.refresh.RefreshTokenContext;
import org.keycloak.representations.RefreshToken;
import org.keycloak.services.util.DefaultClientSessionContext;
import org.keycloak.util.TokenUtil;

/**
 * Refreshes tokens that are tied to a consent: while it stands, and for what it grants. What it does not grant any more
 * is left out of the new token, and once it has ended there is none. It follows the changes of the bank's permissions
 * first, so that the names in the token, the session and the consent are the same. All else is the stock provider's.
 */
final class ConsentRefreshTokens extends DefaultRefreshTokenProvider {

    private final Consents consents;
    private final OldRefreshTokens old;
    private final Consumer<TokensRefreshed> events;

    ConsentRefreshTokens(KeycloakSession session, Consents consents) {
        super(session);
        this.consents = consents;
        this.events = event -> AssentEventListener.tell(session, event);
        this.old = new OldRefreshTokens(session, consents);
    }

    /** The first refresh token is the stock provider's. */
    @Override
    public boolean supports(InitialRefreshTokenContext initialRefreshTokenCtx) {
        return false;
    }

    @Override
    public boolean supports(RefreshTokenContext context) {
        return super.supports(context)
                && (GrantParameters.grantId(context.oldRefreshToken()).isPresent()
                        || old.consent(context).isPresent());
    }

    @Override
    public TokenManager.AccessTokenResponseBuilder refreshAccessToken(RefreshTokenContext context)
            throws OAuthErrorException {
        long start = System.nanoTime();
        ClientModel client = context.grantContext().getClient();
        // from now on it names its consent, as all that comes of it does
        old.consent(context)
                .ifPresent(consent -> context.oldRefreshToken().setOtherClaims(GrantParameters.GRANT_ID, consent.id()));
        Consent consent = GrantParameters.grantId(context.oldRefreshToken())
                .flatMap(id -> consents.find(client.getRealm().getId(), client.getId(), id))
                .orElseThrow(() -> ended());
        if (consent.isSuspended(ServerTime.now())) {
            throw new OAuthErrorException(
                    OAuthErrorException.INVALID_GRANT,
                    "The consent is to be confirmed",
                    "The customer has not confirmed the consent. Once the customer confirms it at the bank, this"
                            + " token works again");
        }
        if (!consent.stands(ServerTime.now())
                || !consent.hangsOn(context.oldRefreshToken().getSessionId())) {
            throw ended();
        }
        Changes changes = ChangedPermissions.of(client.getRealm()).current();
        if (!changes.isEmpty()) {
            consent = consents.follow(consent, changes, ChangedPermissions.availableTo(client));
            if (!consent.stands(ServerTime.now())) {
                throw ended();
            }
            StoredConsentCache.catchUp(session, consent);
        }
        if (isOfflineNoMore(context.oldRefreshToken(), client, consent)) {
            throw new OAuthErrorException(
                    OAuthErrorException.INVALID_GRANT,
                    "offline_access was taken back",
                    "The customer took offline_access back: ask the customer again");
        }
        Consent now = consent;
        GrantedClient granted =
                new GrantedClient(client, now, change -> Amendments.of(session).granted(now, change));
        context.grantContext().setClient(granted);
        String scope = granted(granted, changes, context);
        if (scope.isEmpty()) {
            // the stock provider takes none for all that was granted once
            throw new OAuthErrorException(
                    OAuthErrorException.INVALID_SCOPE,
                    "The consent does not grant it",
                    "The consent grants nothing of the requested scope");
        }
        TokenManager.AccessTokenResponseBuilder refreshed = super.refreshAccessToken(new RefreshTokenContext(
                context.oldRefreshToken(),
                context.grantContext(),
                context.grant(),
                context.tokenManager(),
                scope,
                context.resourceParameter()));
        events.accept(new TokensRefreshed(consent, start));
        return refreshed;
    }

    /**
     * Whether an offline token has lost what it came by, though its session did not end: the server itself goes by what
     * that remembers. Where the customer was never asked for it, as where the screen does not show it, it goes on.
     */
    private boolean isOfflineNoMore(RefreshToken token, ClientModel client, Consent consent) {
        return TokenUtil.TOKEN_TYPE_OFFLINE.equals(token.getType())
                && PermissionCatalogue.assigned(client)
                        .anyMatch(scope -> scope.getName().equals(OAuth2Constants.OFFLINE_ACCESS)
                                && scope.isDisplayOnConsentScreen())
                && consents.hasLost(consent, OAuth2Constants.OFFLINE_ACCESS);
    }

    private static OAuthErrorException ended() {
        return new OAuthErrorException(
                OAuthErrorException.INVALID_GRANT,
                "The consent has ended",
                "The consent has ended: ask the customer again");
    }

    /**
     * What the client asks for now, or had before, without the permissions that the consent does not grant any more.
     * What was granted by an old name goes by the new one, also in the next refresh token, and with what the customer
     * granted on top since.
     */
    private static String granted(GrantedClient granted, Changes changes, RefreshTokenContext context) {
        RefreshToken token = context.oldRefreshToken();
        token.setScope(Scopes.join(granted.related(changes, Scopes.split(token.getScope()))));
        Set<String> wanted =
                context.scopeParameter() == null || context.scopeParameter().isBlank()
                        ? Scopes.split(token.getScope())
                        : changes.related(Scopes.split(context.scopeParameter()));
        return Scopes.join(granted(granted, changes, wanted));
    }

    private static Set<String> granted(GrantedClient granted, Changes changes, Set<String> wanted) {
        Set<String> names = granted.granted(wanted);
        Set<String> changed = changes.names();
        names.removeIf(name -> changed.contains(name) && !granted.isAssigned(name));
        return names;
    }

    /** As tokens have it from now on: whoever reads the session finds no name that is granted no more. */
    private static void renameScope(
            AuthenticatedClientSessionModel clientSession, GrantedClient granted, Changes changes) {
        String before = clientSession.getNote(OAuth2Constants.SCOPE);
        if (before == null || changes.isEmpty()) {
            return;
        }
        String after = Scopes.join(granted(granted, changes, granted.related(changes, Scopes.split(before))));
        if (!after.equals(before)) {
            clientSession.setNote(OAuth2Constants.SCOPE, after);
        }
    }

    /** With the client as the consent sees it, where it has permissions that the consent does not grant. */
    @Override
    protected TokenManager.TokenValidation validateToken(
            KeycloakSession keycloak,
            UriInfo uriInfo,
            ClientConnection connection,
            RealmModel realm,
            RefreshToken oldToken,
            HttpHeaders headers,
            String scope,
            ClientModel client,
            TokenManager tokenManager,
            EventBuilder event)
            throws OAuthErrorException {
        TokenManager.TokenValidation stock = super.validateToken(
                keycloak, uriInfo, connection, realm, oldToken, headers, scope, client, tokenManager, event);
        if (!(client instanceof GrantedClient granted)) {
            return stock;
        }
        renameScope(
                stock.clientSessionCtx.getClientSession(),
                granted,
                ChangedPermissions.of(realm).current());
        if (!granted.isNarrowerThan(Scopes.split(oldToken.getScope()))) {
            return stock;
        }
        AuthenticatedClientSessionModel clientSession = granted.seenBy(stock.clientSessionCtx.getClientSession());
        return new TokenManager.TokenValidation(
                stock.user,
                stock.userSession,
                DefaultClientSessionContext.fromClientSessionAndScopeParameter(clientSession, scope, keycloak));
    }
}
