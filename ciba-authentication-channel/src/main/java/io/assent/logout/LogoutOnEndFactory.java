package io.assent.logout;

import io.assent.server.AssentEventListener;
import io.assent.server.AssentEventListenerFactory;
import io.assent.server.OperatorLog;
import org.jboss.logging.Logger;
import org.keycloak.models.KeycloakSession;

/** Makes {@link LogoutOnEnd}. */
public final class LogoutOnEndFactory implements AssentEventListenerFactory {

    private final OperatorLog operator = new OperatorLog(Logger.getLogger(LogoutOnEnd.class));

    @Override
    public AssentEventListener create(KeycloakSession session) {
        return new LogoutOnEnd(session, operator);
    }

    @Override
    public String getId() {
        return "logout";
    }
}
