package io.assent.monitoring;

import io.assent.server.ConsentEventListener;
import io.assent.server.ConsentEventListenerFactory;
import org.keycloak.models.KeycloakSession;

/** Makes {@link KeycloakEvents}. */
public final class KeycloakEventsFactory implements ConsentEventListenerFactory {

    @Override
    public ConsentEventListener create(KeycloakSession session) {
        return new KeycloakEvents(session);
    }

    @Override
    public String getId() {
        return "keycloak-events";
    }
}
