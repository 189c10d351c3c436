package io.assent.push;

import io.assent.server.AssentEventListener;
import io.assent.server.AssentEventListenerFactory;
import org.keycloak.models.KeycloakSession;

/** Makes {@link PushNotifier}. */
public final class PushNotifierFactory implements AssentEventListenerFactory {

    @Override
    public AssentEventListener create(KeycloakSession session) {
        return new PushNotifier(session, PushHandlerFactory.burst(session.getKeycloakSessionFactory()));
    }

    @Override
    public String getId() {
        return "push";
    }
}
