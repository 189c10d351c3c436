package io.assent.monitoring;

import io.assent.server.AssentEventListener;
import io.assent.server.AssentEventListenerFactory;
import org.keycloak.models.KeycloakSession;

/** Makes {@link KeycloakEvents}. */
public final class KeycloakEventsFactory implements AssentEventListenerFactory {

    @Override
    public AssentEventListener create(KeycloakSession session) {
        return new KeycloakEvents(session);
    }

    @Override
    public String getId() {
        return "keycloak-events";
    }
}
