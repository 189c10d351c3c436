package io.assent.safeguard;

import io.assent.claim.ClaimsFlaw;
import io.assent.claim.IdTokenInProgress;
import io.assent.consent.GrantWish.Refused;
import io.assent.detail.DetailFlaw;
import io.assent.detail.DetailParameters;
import io.assent.detail.DetailReading;
import io.assent.detail.Details;
import io.assent.safeguard.Safeguard.Journey;
import io.assent.server.OperatorLog;
import io.assent.standin.ReadTokenRequest;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.keycloak.OAuthErrorException;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.oidc.TokenManager.AccessTokenResponseBuilder;
import org.keycloak.protocol.oidc.grants.ciba.clientpolicy.context.BackchannelAuthenticationRequestContext;
import org.keycloak.protocol.oidc.grants.ciba.clientpolicy.context.BackchannelTokenResponseContext;
import org.keycloak.protocol.oidc.grants.device.clientpolicy.context.DeviceAuthorizationRequestContext;
import org.keycloak.protocol.oidc.par.clientpolicy.context.PushedAuthorizationRequestContext;
import org.keycloak.services.clientpolicy.ClientPolicyContext;
import org.keycloak.services.clientpolicy.ClientPolicyException;
import org.keycloak.services.clientpolicy.DefaultClientPolicyManager;
import org.keycloak.services.clientpolicy.context.AuthorizationRequestContext;
import org.keycloak.services.clientpolicy.context.ClientCRUDContext;
import org.keycloak.services.clientpolicy.context.ImplicitHybridTokenResponse;
import org.keycloak.services.clientpolicy.context.TokenRefreshResponseContext;
import org.keycloak.services.clientpolicy.context.TokenResponseContext;
import org.keycloak.services.clientpolicy.context.UserInfoRequestContext;

/**
 * The server's client policies, with some that no realm can leave out: a client that is switched off is refused
 * everything, one with a {@link Flaw} is refused where it asks, what is good for one token comes without a refresh
 * token, and a token whose consent has ended gets no userinfo. This is the place where each endpoint makes an OAuth
 * error and a Keycloak event of a refusal by itself.
 */
final class GuardedPolicyManager extends DefaultClientPolicyManager implements ReadTokenRequest.Source {

    private final KeycloakSession keycloak;
    private final Safeguard safeguard;
    private final DetailGate details;
    private final ClaimsGate claims;
    private final GrantGate grants;
    private final SwitchGate offSwitch;
    private final OperatorLog operator;

    GuardedPolicyManager(
            KeycloakSession session,
            Safeguard safeguard,
            DetailGate details,
            ClaimsGate claims,
            GrantGate grants,
            SwitchGate offSwitch,
            OperatorLog operator) {
        super(session);
        this.keycloak = session;
        this.safeguard = safeguard;
        this.details = details;
        this.claims = claims;
        this.grants = grants;
        this.offSwitch = offSwitch;
        this.operator = operator;
    }

    @Override
    public void triggerOnEvent(ClientPolicyContext context) throws ClientPolicyException {
        Optional<String> ownWord =
                context instanceof ClientCRUDContext change ? OwnWord.given(change) : Optional.empty();
        if (ownWord.isPresent()) {
            throw new ClientPolicyException(
                    "invalid_client_metadata", "Only the bank's staff set the attribute '" + ownWord.get() + "'");
        }
        ClientModel client = keycloak.getContext().getClient();
        Optional<ClientPolicyException> off = offSwitch.refusal(context, client);
        if (off.isPresent()) {
            throw off.get();
        }
        Optional<TokenRefusal> ofTokenRequest = client == null ? Optional.empty() : details.ofTokenRequest(context);
        if (ofTokenRequest.isPresent()) {
            // some grants make another error of what is thrown as theirs
            throw ofTokenRequest.get().in(keycloak, client, null);
        }
        DetailReading reading = client == null ? Details.NONE : details.reading(client, context);
        if (reading instanceof DetailFlaw refused) {
            throw new ClientPolicyException(DetailFlaw.ERROR, refused.description());
        }
        Details asked = (Details) reading;
        Optional<ClaimsFlaw> unreadable = client == null ? Optional.empty() : claims.flaw(client, context);
        if (unreadable.isPresent()) {
            throw new ClientPolicyException(
                    OAuthErrorException.INVALID_REQUEST, unreadable.get().description());
        }
        Optional<Flaw> flaw = client == null ? Optional.empty() : flaw(client, context, asked);
        if (flaw.isPresent()) {
            flaw.get().tell(operator, client);
            throw new ClientPolicyException(flaw.get().error(), flaw.get().description());
        }
        Optional<Refused> refused = client == null ? Optional.empty() : grants.refusal(client, context, asked);
        if (refused.isPresent()) {
            throw new ClientPolicyException(refused.get().error(), refused.get().description());
        }
        if (context instanceof UserInfoRequestContext userInfo && grants.isOver(userInfo)) {
            throw new ClientPolicyException(
                    OAuthErrorException.INVALID_TOKEN, "The consent has ended", Response.Status.UNAUTHORIZED);
        }
        ReadTokenRequest.handOver(keycloak, context);
        super.triggerOnEvent(client == null ? context : claims.seen(client, context));
        idToken(context);
        response(context)
                .ifPresent(response ->
                        DetailParameters.forget(response.getClientSessionCtx().getClientSession()));
        response(context)
                .filter(response -> safeguard.isOneTime(response.getClientSessionCtx()))
                .ifPresent(AccessTokenResponseBuilder::removeRefreshToken);
    }

    /** Shows the ID token, which no processor of tokens is shown, to whoever knows what was granted. */
    private void idToken(ClientPolicyContext context) {
        if (context instanceof TokenRefreshResponseContext refresh) {
            IdTokenInProgress.keepIn(
                    keycloak, refresh.getAccessTokenResponseBuilder().getIdToken());
        } else if (context instanceof ImplicitHybridTokenResponse browser) {
            IdTokenInProgress.keepIn(
                    keycloak, browser.getAccessTokenResponseBuilder().getIdToken());
        } else {
            response(context).ifPresent(first -> IdTokenInProgress.keepIn(keycloak, first.getIdToken()));
        }
    }

    /** The response that is about to be given, with the first tokens of a code or a CIBA request. */
    private static Optional<AccessTokenResponseBuilder> response(ClientPolicyContext context) {
        if (context instanceof TokenResponseContext code) {
            return Optional.of(code.getAccessTokenResponseBuilder());
        }
        return context instanceof BackchannelTokenResponseContext ciba
                ? Optional.of(ciba.getAccessTokenResponseBuilder())
                : Optional.empty();
    }

    private Optional<Flaw> flaw(ClientModel client, ClientPolicyContext context, Details asked) {
        if (context instanceof AuthorizationRequestContext authorization) {
            return safeguard.ofRequest(
                    client,
                    claims.scope(client, authorization.getAuthorizationEndpointRequest()),
                    asked,
                    Journey.REDIRECT);
        }
        if (context instanceof PushedAuthorizationRequestContext pushed) {
            return safeguard.ofRequest(client, claims.scope(client, pushed.getRequest()), asked, Journey.REDIRECT);
        }
        if (context instanceof BackchannelAuthenticationRequestContext backchannel) {
            return safeguard.ofRequest(client, backchannel.getParsedRequest().getScope(), asked, Journey.CIBA);
        }
        if (context instanceof DeviceAuthorizationRequestContext device) {
            return safeguard.ofRequest(client, device.getRequest().getScope(), asked, Journey.DEVICE);
        }
        return Optional.empty();
    }
}
