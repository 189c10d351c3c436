package io.assent.safeguard;

import io.assent.server.EventDetails;
import jakarta.ws.rs.core.Response;
import org.keycloak.OAuth2Constants;
import org.keycloak.events.Details;
import org.keycloak.events.EventBuilder;
import org.keycloak.events.EventType;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.oidc.grants.OAuth2GrantType;
import org.keycloak.services.CorsErrorResponseException;
import org.keycloak.services.clientpolicy.ClientPolicyException;
import org.keycloak.services.cors.Cors;

/**
 * Why there is no token.
 *
 * @param reason how events spell it
 * @param error the OAuth error code (RFC 6749, section 5.2)
 * @param description what the client is told
 */
record TokenRefusal(String reason, String error, String description) {

    /**
     * Tells who watches, and makes what the client is answered.
     *
     * @param userId whose the token would be, or {@code null}
     */
    CorsErrorResponseException in(KeycloakSession session, ClientModel client, String userId) {
        new EventBuilder(client.getRealm(), session, session.getContext().getConnection())
                .event(eventType(session))
                .client(client)
                .user(userId)
                .detail(EventDetails.EVENT, "token-refused")
                .detail(Details.REASON, reason)
                .error(error);
        // no session, and no redeemed request, without the token
        session.getTransactionManager().setRollbackOnly();
        return new CorsErrorResponseException(
                Cors.builder().auth().checkAllowedOrigins(session, client),
                error,
                description,
                Response.Status.BAD_REQUEST);
    }

    /** For an endpoint that makes an error and an event of it by itself. */
    ClientPolicyException toPolicyException() {
        return new ClientPolicyException(error, description);
    }

    /** The grant's own; a token that needs no token request is part of a login. */
    private static EventType eventType(KeycloakSession session) {
        String grantType =
                session.getContext().getHttpRequest().getDecodedFormParameters().getFirst(OAuth2Constants.GRANT_TYPE);
        OAuth2GrantType grant = grantType == null ? null : session.getProvider(OAuth2GrantType.class, grantType);
        return grant == null ? EventType.LOGIN : grant.getEventType();
    }
}
