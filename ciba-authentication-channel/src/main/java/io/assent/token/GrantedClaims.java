package io.assent.token;

import io.assent.claim.ClaimLimits;
import io.assent.claim.IdTokenInProgress;
import io.assent.claim.TokenClaims;
import io.assent.claim.VerifiedWish;
import io.assent.consent.Consent;
import io.assent.consent.Consents;
import io.assent.consent.GrantParameters;
import io.assent.identity.VerifiedIdentities;
import io.assent.permission.ClaimedPermissions;
import java.util.List;
import java.util.stream.Stream;
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
 * The claims of tokens whose consent is for some of what a permission carries: those, and no others, in every token and
 * answer that says something about the customer.
 */
public final class GrantedClaims {

    /** The claim of an access token that there are claims which its consent does not grant: its row says which. */
    static final String LIMITED = "consent_claims";

    private static final String SOME = "some";

    /** In the tokens that are about to be issued. */
    static void limit(KeycloakSession session, TokenPostProcessorContext context, Consent consent) {
        ClaimLimits limits = consent.claims();
        if (limits.isEmpty()) {
            return;
        }
        IdTokenInProgress.in(session).ifPresent(token -> {
            TokenClaims.limit(token, context.clientSessionCtx().getClientScopesStream(), limits);
            tellVerified(
                    session,
                    context.clientSessionCtx().getClientSession().getRealm(),
                    context.clientSessionCtx()
                            .getClientSession()
                            .getUserSession()
                            .getUser(),
                    context.clientSessionCtx().getClientScopesStream(),
                    limits,
                    token);
        });
        if (context.accessToken() != null) {
            TokenClaims.limit(context.accessToken(), context.clientSessionCtx().getClientScopesStream(), limits);
            context.accessToken().setOtherClaims(LIMITED, SOME);
        }
    }

    /**
     * In an answer about a token: userinfo, or introspection.
     *
     * @param token the access token, which the server has checked
     * @param answer what it is about to say
     */
    public static void limit(
            KeycloakSession session, RealmModel realm, AccessToken token, UserModel user, IDToken answer) {
        ClientModel client = realm.getClientByClientId(token.getIssuedFor());
        if (client == null || !SOME.equals(token.getOtherClaims().get(LIMITED))) {
            return;
        }
        Consent consent = GrantParameters.grantId(token)
                .flatMap(id -> Consents.of(session).find(realm.getId(), client.getId(), id))
                .orElseThrow(() -> new IllegalStateException("a token names a consent that is not there"));
        List<ClientScopeModel> scopes = TokenManager.getRequestedClientScopes(session, token.getScope(), client, user)
                .toList();
        ClaimLimits limits = consent.claims().withNothingOf(goneOf(consent, scopes));
        TokenClaims.limit(answer, scopes.stream(), limits);
        tellVerified(session, realm, user, scopes.stream(), limits, answer);
    }

    /** What a token still names and its consent does not any more, or by another name: how much it was for is gone. */
    private static List<String> goneOf(Consent consent, List<ClientScopeModel> scopes) {
        return scopes.stream()
                .filter(ClaimedPermissions::isOfTheGroup)
                .map(ClientScopeModel::getName)
                .filter(name -> !consent.names().contains(name))
                .toList();
    }

    private static void tellVerified(
            KeycloakSession session,
            RealmModel realm,
            UserModel user,
            Stream<ClientScopeModel> scopes,
            ClaimLimits limits,
            IDToken answer) {
        VerifiedIdentities.of(session, realm)
                .told(user, scopes, limits)
                .ifPresent(told -> answer.setOtherClaims(VerifiedWish.NAME, told));
    }

    private GrantedClaims() {}
}
