package io.assent.push;

import io.assent.server.ConsentEventListener;
import io.assent.server.ConsentEventListenerFactory;
import org.keycloak.models.KeycloakSession;

/** Makes {@link PushNotifier}. */
public final class PushNotifierFactory implements ConsentEventListenerFactory {

    @Override
    public ConsentEventListener create(KeycloakSession session) {
        return new PushNotifier(session);
    }

    @Override
    public String getId() {
        return "push";
    }
}
