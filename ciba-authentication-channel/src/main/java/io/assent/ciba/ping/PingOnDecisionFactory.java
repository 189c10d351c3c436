package io.assent.ciba.ping;

import io.assent.server.AssentEventListener;
import io.assent.server.AssentEventListenerFactory;
import org.keycloak.models.KeycloakSession;

/** Makes {@link PingOnDecision}. */
public final class PingOnDecisionFactory implements AssentEventListenerFactory {

    @Override
    public AssentEventListener create(KeycloakSession session) {
        return new PingOnDecision(session);
    }

    @Override
    public String getId() {
        return "ping";
    }
}
