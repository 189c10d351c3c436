package io.assent.sandbox;

import io.assent.rest.Problem;
import org.keycloak.events.EventBuilder;
import org.keycloak.events.EventType;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.oidc.utils.AuthorizeClientUtil;

/**
 * The client that makes the call, authenticated as at the token endpoint, by whatever method it is registered with (RFC
 * 6749, section 2.3).
 */
record CallingClient(KeycloakSession session) {

    /** @throws jakarta.ws.rs.WebApplicationException with Keycloak's own answer where it is not, or not well, known */
    ClientModel authenticated() {
        EventBuilder event = new EventBuilder(
                        session.getContext().getRealm(),
                        session,
                        session.getContext().getConnection())
                .event(EventType.CLIENT_INFO);
        ClientModel client =
                AuthorizeClientUtil.authorizeClient(session, event, null).getClient();
        if (client.isPublicClient()) {
            throw Problem.publicClient("A client without a credential can't show that it is itself.")
                    .toException();
        }
        return client;
    }
}
