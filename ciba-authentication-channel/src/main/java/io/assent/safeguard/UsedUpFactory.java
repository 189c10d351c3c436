package io.assent.safeguard;

import io.assent.server.AssentEventListener;
import io.assent.server.AssentEventListenerFactory;
import org.keycloak.models.KeycloakSession;

/** Makes {@link UsedUp}. */
public final class UsedUpFactory implements AssentEventListenerFactory {

    @Override
    public AssentEventListener create(KeycloakSession session) {
        return new UsedUp(session);
    }

    @Override
    public String getId() {
        return "used-up";
    }
}
