package io.assent.monitoring;

import io.assent.server.AssentEventListener;
import io.assent.server.AssentEventListenerFactory;
import io.assent.server.MinuteCount;
import org.keycloak.models.KeycloakSession;

/** Makes {@link KeycloakEvents}. */
public final class KeycloakEventsFactory implements AssentEventListenerFactory {

    private final MinuteCount refusals = new MinuteCount();

    @Override
    public AssentEventListener create(KeycloakSession session) {
        return new KeycloakEvents(session, refusals);
    }

    @Override
    public String getId() {
        return "keycloak-events";
    }
}
