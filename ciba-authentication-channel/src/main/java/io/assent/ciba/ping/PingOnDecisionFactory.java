package io.assent.ciba.ping;

import io.assent.server.ConsentEventListener;
import io.assent.server.ConsentEventListenerFactory;
import org.keycloak.models.KeycloakSession;

/** Makes {@link PingOnDecision}. */
public final class PingOnDecisionFactory implements ConsentEventListenerFactory {

    @Override
    public ConsentEventListener create(KeycloakSession session) {
        return new PingOnDecision(session);
    }

    @Override
    public String getId() {
        return "ping";
    }
}
