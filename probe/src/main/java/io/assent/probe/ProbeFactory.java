package io.assent.probe;

import io.assent.outbox.OutboxEvent;
import org.keycloak.Config;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.services.resource.RealmResourceProvider;
import org.keycloak.services.resource.RealmResourceProviderFactory;

/** Serves {@code /realms/{realm}/probe}, and registers the {@link OutboxRecorder}. */
public final class ProbeFactory implements RealmResourceProviderFactory {

    @Override
    public String getId() {
        return "probe";
    }

    @Override
    public void init(Config.Scope config) {}

    @Override
    public void postInit(KeycloakSessionFactory factory) {
        OutboxRecorder recorder = new OutboxRecorder(factory);
        factory.register(event -> {
            if (event instanceof OutboxEvent ofTheOutbox) {
                recorder.record(ofTheOutbox);
            }
        });
    }

    @Override
    public RealmResourceProvider create(KeycloakSession session) {
        return new ProbeProvider(session);
    }

    @Override
    public void close() {}
}
