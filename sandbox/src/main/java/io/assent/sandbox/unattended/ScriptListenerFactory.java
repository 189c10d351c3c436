package io.assent.sandbox.unattended;

import io.assent.server.AssentEventListener;
import io.assent.server.AssentEventListenerFactory;
import org.keycloak.models.KeycloakSession;

/** Makes {@link ScriptListener}. */
public final class ScriptListenerFactory implements AssentEventListenerFactory {

    @Override
    public AssentEventListener create(KeycloakSession session) {
        return new ScriptListener(session);
    }

    @Override
    public String getId() {
        return ScriptHandlerFactory.KIND;
    }
}
