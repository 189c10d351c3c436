package io.assent.safeguard;

import io.assent.detail.DetailFlaw;
import io.assent.detail.Details;
import io.assent.server.EventDetails;
import io.assent.server.OperatorLog;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.keycloak.OAuth2Constants;
import org.keycloak.events.EventBuilder;
import org.keycloak.events.EventType;
import org.keycloak.models.AuthenticatedClientSessionModel;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.oidc.grants.OAuth2GrantType;
import org.keycloak.protocol.oidc.token.TokenPostProcessor;
import org.keycloak.protocol.oidc.token.TokenPostProcessorContext;
import org.keycloak.services.CorsErrorResponseException;
import org.keycloak.services.cors.Cors;

/**
 * The net under every token, of whatever grant: one that carries a permission it must not is never issued. It is
 * refused as a whole, not narrowed: what the client is told, what the token says and what its refresh token is worth
 * would part company, and a client that is set up in an unsafe way would seem to work.
 */
final class TokenNet implements TokenPostProcessor {

    private final KeycloakSession session;
    private final Safeguard safeguard;
    private final DetailGate details;
    private final OperatorLog operator;

    TokenNet(KeycloakSession session, Safeguard safeguard, DetailGate details, OperatorLog operator) {
        this.session = session;
        this.safeguard = safeguard;
        this.details = details;
        this.operator = operator;
    }

    @Override
    public void process(TokenPostProcessorContext context) {
        Optional<Flaw> flaw = safeguard.ofToken(context.clientSessionCtx());
        AuthenticatedClientSessionModel clientSession =
                context.clientSessionCtx().getClientSession();
        if (flaw.isPresent()) {
            flaw.get().tell(operator, clientSession.getClient());
            throw refuse(
                    clientSession,
                    flaw.get().reason(),
                    flaw.get().error(),
                    flaw.get().description());
        }
        Optional<DetailFlaw> unasked = details.ofTokenRequest();
        if (unasked.isPresent()) {
            throw refuse(
                    clientSession,
                    Details.PARAMETER,
                    DetailFlaw.ERROR,
                    unasked.get().description());
        }
    }

    private CorsErrorResponseException refuse(
            AuthenticatedClientSessionModel clientSession, String reason, String error, String description) {
        ClientModel client = clientSession.getClient();
        new EventBuilder(client.getRealm(), session, session.getContext().getConnection())
                .event(eventType())
                .client(client)
                .user(clientSession.getUserSession().getUser())
                .detail(EventDetails.EVENT, "token-refused")
                .detail(org.keycloak.events.Details.REASON, reason)
                .error(error);
        // no session, and no redeemed request, without the token
        session.getTransactionManager().setRollbackOnly();
        return new CorsErrorResponseException(
                Cors.builder().auth().checkAllowedOrigins(session, client),
                error,
                description,
                Response.Status.BAD_REQUEST);
    }

    /** The grant's own; a token that needs no token request is part of a login. */
    private EventType eventType() {
        String grantType =
                session.getContext().getHttpRequest().getDecodedFormParameters().getFirst(OAuth2Constants.GRANT_TYPE);
        OAuth2GrantType grant = grantType == null ? null : session.getProvider(OAuth2GrantType.class, grantType);
        return grant == null ? EventType.LOGIN : grant.getEventType();
    }
}
