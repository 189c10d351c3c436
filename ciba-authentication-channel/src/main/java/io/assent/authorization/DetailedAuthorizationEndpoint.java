package io.assent.authorization;

import jakarta.ws.rs.core.Response;
import org.keycloak.events.EventBuilder;
import org.keycloak.http.HttpRequest;
import org.keycloak.models.KeycloakContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.oidc.endpoints.AuthorizationEndpoint;

/**
 * The stock authorization endpoint, to which the {@code authorization_details} of the pack's types are not shown: it
 * would refuse what it does not know, lose what is long, and write what it can't read into the log. Whoever looks at
 * them, see {@code safeguard}, finds the request as it was sent in the session.
 */
final class DetailedAuthorizationEndpoint extends AuthorizationEndpoint {

    private DetailedAuthorizationEndpoint(KeycloakSession session, EventBuilder event) {
        super(session, event);
    }

    static AuthorizationEndpoint of(KeycloakSession session, EventBuilder event) {
        KeycloakContext context = session.getContext();
        HttpRequest sent = context.getHttpRequest();
        // the endpoint takes its request from there when it is made, and nobody else has to see another one
        context.setHttpRequest(new ShownRequest(session, sent));
        try {
            return new DetailedAuthorizationEndpoint(HiddenDetails.in(session), event);
        } finally {
            context.setHttpRequest(sent);
        }
    }

    /** The stock code takes the parameters of a POST from the {@link ShownRequest}, and does the same with them. */
    @Override
    public Response buildGet() {
        return buildPost();
    }
}
