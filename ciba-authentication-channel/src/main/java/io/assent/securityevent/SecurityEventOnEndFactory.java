package io.assent.securityevent;

import io.assent.server.AssentEventListener;
import io.assent.server.AssentEventListenerFactory;
import io.assent.server.OperatorLog;
import org.jboss.logging.Logger;
import org.keycloak.models.KeycloakSession;

/** Makes {@link SecurityEventOnEnd}. */
public final class SecurityEventOnEndFactory implements AssentEventListenerFactory {

    private final OperatorLog operator = new OperatorLog(Logger.getLogger(SecurityEventOnEnd.class));

    @Override
    public AssentEventListener create(KeycloakSession session) {
        return new SecurityEventOnEnd(session, operator);
    }

    @Override
    public String getId() {
        return "security-event";
    }
}
