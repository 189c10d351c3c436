package io.assent.sandbox.unattended;

import io.assent.outbox.DeliveryHandler;
import io.assent.outbox.DeliveryHandlerFactory;
import org.keycloak.models.KeycloakSession;

/** Makes {@link ScriptHandler}. */
public final class ScriptHandlerFactory implements DeliveryHandlerFactory {

    static final String KIND = "sandbox-answer";

    @Override
    public DeliveryHandler create(KeycloakSession session) {
        return new ScriptHandler(session);
    }

    @Override
    public String getId() {
        return KIND;
    }
}
