package io.assent.token;

import io.assent.consent.Consent;
import io.assent.consent.Consent.TokenSession;
import io.assent.consent.Consents;
import io.assent.consent.GrantedPermission;
import io.assent.request.ConsentRequest;
import io.assent.server.Parties;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.keycloak.models.AuthenticatedClientSessionModel;
import org.keycloak.models.ClientModel;
import org.keycloak.models.ClientScopeModel;
import org.keycloak.models.ClientSessionContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.oidc.token.TokenPostProcessor;
import org.keycloak.protocol.oidc.token.TokenPostProcessorContext;
import org.keycloak.representations.AccessToken;
import org.keycloak.representations.JsonWebToken;

/**
 * Ties tokens to the consent that they are issued for: its id is their claim {@value #GRANT_ID} (Grant Management for
 * OAuth 2.0), and they end with it at the latest. A redeemed CIBA request becomes its consent here, in the transaction
 * that redeems it: here its user session is known.
 */
final class ConsentTokens implements TokenPostProcessor {

    static final String GRANT_ID = "grant_id";

    private final KeycloakSession session;
    private final Consents consents;

    ConsentTokens(KeycloakSession session, Consents consents) {
        this.session = session;
        this.consents = consents;
    }

    @Override
    public void process(TokenPostProcessorContext context) {
        AuthenticatedClientSessionModel clientSession = context.clientSessionCtx() == null
                ? null
                : context.clientSessionCtx().getClientSession();
        if (clientSession == null || clientSession.getUserSession() == null) {
            return;
        }
        RedeemedRequest.takeFrom(session)
                .map(request -> grant(request, context.clientSessionCtx()))
                .orElseGet(() -> context.requestRefreshToken() == null
                        ? ofSession(context.clientSessionCtx())
                        : refreshed(context, clientSession.getClient()))
                .ifPresent(consent -> tie(context, consent));
    }

    private Optional<Consent> grant(ConsentRequest request, ClientSessionContext context) {
        List<GrantedPermission> granted = granted(context, request.decision().granted());
        return granted.isEmpty()
                ? Optional.empty()
                : Optional.of(consents.grantOwn(
                        request.parties(),
                        request.id(),
                        granted,
                        context.getClientSession().getUserSession().getId()));
    }

    private static List<GrantedPermission> granted(ClientSessionContext context, Set<String> names) {
        return context.getClientScopesStream()
                .filter(scope -> !(scope instanceof ClientModel) && names.contains(scope.getName()))
                .map(scope -> new GrantedPermission(scope.getId(), scope.getName()))
                .sorted((one, other) -> one.name().compareTo(other.name()))
                .toList();
    }

    /** Its provider made sure that it stands. */
    private Optional<Consent> refreshed(TokenPostProcessorContext context, ClientModel client) {
        return grantId(context.requestRefreshToken())
                .flatMap(id -> consents.find(client.getRealm().getId(), client.getId(), id));
    }

    /** The tokens of a session that was made for a consent, or of a code: what the customer granted in the browser. */
    private Optional<Consent> ofSession(ClientSessionContext context) {
        AuthenticatedClientSessionModel clientSession = context.getClientSession();
        boolean asksForConsent = clientSession.getClient().isConsentRequired()
                && context.getClientScopesStream().anyMatch(ClientScopeModel::isDisplayOnConsentScreen);
        return asksForConsent
                ? ofSession(
                        Parties.of(
                                clientSession.getRealm(),
                                clientSession.getClient(),
                                clientSession.getUserSession().getUser()),
                        clientSession.getUserSession().getId())
                : Optional.empty();
    }

    private Optional<Consent> ofSession(Parties parties, String userSessionId) {
        TokenSession own = new TokenSession(userSessionId, true);
        List<Consent> live = consents.live(parties);
        return live.stream()
                .filter(consent -> consent.session().equals(own))
                .findFirst()
                .or(() -> live.stream()
                        .filter(consent -> !consent.session().own())
                        .findFirst());
    }

    private static void tie(TokenPostProcessorContext context, Consent consent) {
        AccessToken accessToken = context.accessToken();
        if (accessToken != null) {
            tie(accessToken, consent);
        }
        if (context.refreshToken() != null) {
            tie(context.refreshToken(), consent);
        }
    }

    private static void tie(JsonWebToken token, Consent consent) {
        token.setOtherClaims(GRANT_ID, consent.id());
        if (consent.validUntil() != null) {
            long end = consent.validUntil().getEpochSecond();
            // an offline token may have no end of its own
            if (token.getExp() == null || token.getExp() == 0 || token.getExp() > end) {
                token.exp(end);
            }
        }
    }

    static Optional<String> grantId(JsonWebToken token) {
        return Optional.ofNullable(token.getOtherClaims().get(GRANT_ID))
                .filter(String.class::isInstance)
                .map(String.class::cast);
    }
}
