package io.assent.authorization;

import io.assent.request.ConsentApp;
import org.keycloak.events.EventBuilder;
import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.oidc.OIDCLoginProtocolFactory;

/** The stock OpenID Connect, with an {@link AuthorizationService} in realms that have the bank's app. */
public final class AuthorizationProtocolFactory extends OIDCLoginProtocolFactory {

    private final ConsentApp app = new ConsentApp();

    @Override
    public Object createProtocolEndpoint(KeycloakSession session, EventBuilder event) {
        return app.isIn(session.getContext().getRealm())
                ? new AuthorizationService(session, event)
                : super.createProtocolEndpoint(session, event);
    }

    /** Above the stock factory's. */
    @Override
    public int order() {
        return UI_ORDER + 1;
    }
}
