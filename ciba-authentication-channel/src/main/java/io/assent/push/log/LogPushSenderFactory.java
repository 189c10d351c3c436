package io.assent.push.log;

import io.assent.push.PushSender;
import io.assent.push.PushSenderFactory;
import org.keycloak.Config;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;

/** The platform {@code log}. */
public final class LogPushSenderFactory implements PushSenderFactory {

    @Override
    public PushSender create(KeycloakSession session) {
        return new LogPushSender();
    }

    @Override
    public String getId() {
        return "log";
    }

    @Override
    public boolean isForTrials() {
        return true;
    }

    @Override
    public void init(Config.Scope config) {}

    @Override
    public void postInit(KeycloakSessionFactory factory) {}

    @Override
    public void close() {}
}
