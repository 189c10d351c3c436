package io.assent.token;

import io.assent.consent.Consent;
import io.assent.consent.Consents;
import io.assent.permission.Scopes;
import io.assent.server.ServerTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.keycloak.OAuthErrorException;
import org.keycloak.models.ClientModel;
import org.keycloak.models.ClientScopeModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.oidc.TokenManager;
import org.keycloak.protocol.oidc.refresh.DefaultRefreshTokenProvider;
import org.keycloak.protocol.oidc.refresh.InitialRefreshTokenContext;
import org.keycloak.protocol.oidc.refresh.RefreshTokenContext;

/**
 * Refreshes tokens that are tied to a consent: while it stands, and for what it grants. What it does not grant any more
 * is left out of the new token, and once it has ended there is none. All else is the stock provider's.
 */
final class ConsentRefreshTokens extends DefaultRefreshTokenProvider {

    private final Consents consents;

    ConsentRefreshTokens(KeycloakSession session, Consents consents) {
        super(session);
        this.consents = consents;
    }

    /** The first refresh token is the stock provider's. */
    @Override
    public boolean supports(InitialRefreshTokenContext initialRefreshTokenCtx) {
        return false;
    }

    @Override
    public boolean supports(RefreshTokenContext context) {
        return super.supports(context)
                && ConsentTokens.grantId(context.oldRefreshToken()).isPresent();
    }

    @Override
    public TokenManager.AccessTokenResponseBuilder refreshAccessToken(RefreshTokenContext context)
            throws OAuthErrorException {
        ClientModel client = context.grantContext().getClient();
        Consent consent = ConsentTokens.grantId(context.oldRefreshToken())
                .flatMap(id -> consents.find(client.getRealm().getId(), client.getId(), id))
                .filter(found -> found.stands(ServerTime.now()))
                .orElseThrow(() -> new OAuthErrorException(
                        OAuthErrorException.INVALID_GRANT,
                        "The consent has ended",
                        "The consent has ended: ask the customer again"));
        String scope = granted(client, consent, context);
        if (scope.isEmpty()) {
            // the stock provider takes none for all that was granted once
            throw new OAuthErrorException(
                    OAuthErrorException.INVALID_SCOPE,
                    "The consent does not grant it",
                    "The consent grants nothing of the scope that is asked for");
        }
        return super.refreshAccessToken(new RefreshTokenContext(
                context.oldRefreshToken(),
                context.grantContext(),
                context.grant(),
                context.tokenManager(),
                scope,
                context.resourceParameter()));
    }

    /**
     * What the client asks for now, or had before, without the permissions that the consent does not grant any more.
     */
    private static String granted(ClientModel client, Consent consent, RefreshTokenContext context) {
        Map<String, ClientScopeModel> scopes = new LinkedHashMap<>(client.getClientScopes(false));
        scopes.putAll(client.getClientScopes(true));
        Set<String> granted = consent.scopeIds();
        String wanted =
                context.scopeParameter() == null || context.scopeParameter().isBlank()
                        ? context.oldRefreshToken().getScope()
                        : context.scopeParameter();
        return Scopes.join(Scopes.split(wanted).stream()
                .filter(name -> !scopes.containsKey(name)
                        || !scopes.get(name).isDisplayOnConsentScreen()
                        || granted.contains(scopes.get(name).getId()))
                .toList());
    }
}
