package io.assent.safeguard;

import io.assent.request.ConsentApp;
import io.assent.server.OperatorLog;
import org.jboss.logging.Logger;
import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.oidc.token.TokenPostProcessor;
import org.keycloak.protocol.oidc.token.TokenPostProcessorFactory;

/** Makes the {@link TokenNet}. */
public final class TokenNetFactory implements TokenPostProcessorFactory {

    private static final Logger LOG = Logger.getLogger(TokenNetFactory.class);

    private final ConsentApp app = new ConsentApp();
    private final OwnRoles ownRoles = new OwnRoles();
    private final OperatorLog operator = new OperatorLog(LOG);

    @Override
    public TokenPostProcessor create(KeycloakSession session) {
        return new TokenNet(
                session,
                new Safeguard(session, app, ownRoles),
                new DetailGate(session, app),
                new SwitchGate(app),
                operator);
    }

    @Override
    public String getId() {
        return "assent-net";
    }

    /** After all others: what they granted with this very token counts, and is taken back where it is refused. */
    @Override
    public int order() {
        return -1_000;
    }
}
