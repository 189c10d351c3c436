package io.assent.safeguard;

import io.assent.consent.GrantParameters;
import io.assent.permission.Scopes;
import io.assent.server.OperatorLog;
import java.util.Optional;
import java.util.Set;
import org.keycloak.models.AuthenticatedClientSessionModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.oidc.token.TokenPostProcessor;
import org.keycloak.protocol.oidc.token.TokenPostProcessorContext;
import org.keycloak.services.CorsErrorResponseException;

/**
 * The net under every token, of whatever grant: one that carries a permission it must not is never issued. It is
 * refused as a whole, not narrowed: what the client is told, what the token says and what its refresh token is worth
 * would part company, and a client that is set up in an unsafe way would seem to work.
 */
final class TokenNet implements TokenPostProcessor {

    private final KeycloakSession session;
    private final Safeguard safeguard;
    private final DetailGate details;
    private final SwitchGate offSwitch;
    private final OperatorLog operator;

    TokenNet(
            KeycloakSession session,
            Safeguard safeguard,
            DetailGate details,
            SwitchGate offSwitch,
            OperatorLog operator) {
        this.session = session;
        this.safeguard = safeguard;
        this.details = details;
        this.offSwitch = offSwitch;
        this.operator = operator;
    }

    @Override
    public void process(TokenPostProcessorContext context) {
        Optional<TokenRefusal> off =
                offSwitch.ofToken(context.clientSessionCtx().getClientSession().getClient());
        if (off.isPresent()) {
            throw refuse(context, off.get());
        }
        Optional<Flaw> flaw = safeguard.ofToken(
                context.clientSessionCtx(),
                Optional.ofNullable(context.accessToken()).flatMap(GrantParameters::grantId),
                Optional.ofNullable(context.requestRefreshToken())
                        .map(token -> Scopes.split(token.getScope()))
                        .orElse(Set.of()));
        if (flaw.isPresent()) {
            flaw.get()
                    .tell(
                            operator,
                            context.clientSessionCtx().getClientSession().getClient());
            throw refuse(
                    context,
                    new TokenRefusal(
                            flaw.get().reason(), flaw.get().error(), flaw.get().description()));
        }
        // of a grant that tells nobody what it was sent
        Optional<TokenRefusal> refusal = details.ofTokenRequest();
        if (refusal.isPresent()) {
            throw refuse(context, refusal.get());
        }
    }

    private CorsErrorResponseException refuse(TokenPostProcessorContext context, TokenRefusal refusal) {
        AuthenticatedClientSessionModel clientSession =
                context.clientSessionCtx().getClientSession();
        return refusal.in(
                session,
                clientSession.getClient(),
                clientSession.getUserSession().getUser().getId());
    }
}
