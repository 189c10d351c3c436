package io.assent.amendment;

import io.assent.server.AssentEventListener;
import io.assent.server.AssentEventListenerFactory;
import org.keycloak.models.KeycloakSession;

/** Makes {@link AmendmentListener}. */
public final class AmendmentListenerFactory implements AssentEventListenerFactory {

    @Override
    public AssentEventListener create(KeycloakSession session) {
        return new AmendmentListener(session);
    }

    @Override
    public String getId() {
        return "amendment";
    }
}
