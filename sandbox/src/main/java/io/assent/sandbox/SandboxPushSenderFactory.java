package io.assent.sandbox;

import io.assent.push.PushSender;
import io.assent.push.PushSenderFactory;
import org.keycloak.Config;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;

/** The platform {@value Sandbox#ID}: devices that are phone pages. */
public final class SandboxPushSenderFactory implements PushSenderFactory {

    @Override
    public String getId() {
        return Sandbox.ID;
    }

    @Override
    public boolean isAvailable(KeycloakSession session, RealmModel realm) {
        return Sandbox.enabledIn(realm);
    }

    @Override
    public PushSender create(KeycloakSession session) {
        return new SandboxPushSender(SandboxResourceProviderFactory.streams(session));
    }

    @Override
    public void init(Config.Scope config) {}

    @Override
    public void postInit(KeycloakSessionFactory factory) {}

    @Override
    public void close() {}
}
