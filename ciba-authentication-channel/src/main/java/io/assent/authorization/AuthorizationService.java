package io.assent.authorization;

import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import org.keycloak.events.EventBuilder;
import org.keycloak.models.Constants;
import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.oidc.OIDCLoginProtocolService;
import org.keycloak.protocol.oidc.endpoints.UserInfoEndpoint;

/**
 * The stock endpoints; those to which a browser brings an authorization request are shown no details, and userinfo
 * tells what was granted.
 */
public final class AuthorizationService extends OIDCLoginProtocolService {

    private final KeycloakSession session;
    private final EventBuilder event;

    AuthorizationService(KeycloakSession session, EventBuilder event) {
        super(session, event);
        this.session = session;
        this.event = event;
    }

    @Override
    @Path("auth")
    public Object auth() {
        return DetailedAuthorizationEndpoint.of(session, event);
    }

    @Override
    @Path("userinfo")
    public Object issueUserInfo() {
        return new UserInfoEndpoint(session, new LimitedUserInfo());
    }

    @Override
    @Path("registrations")
    public Object registrations(@QueryParam(Constants.TOKEN) String tokenString) {
        return DetailedAuthorizationEndpoint.of(session, event).register(tokenString);
    }

    @Override
    @Path("forgot-credentials")
    public Object forgotCredentialsPage() {
        return DetailedAuthorizationEndpoint.of(session, event).forgotCredentials();
    }
}
