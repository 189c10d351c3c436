package io.assent.cloudevent;

import io.assent.server.AssentEventListener;
import io.assent.server.AssentEventListenerFactory;
import java.util.List;
import org.keycloak.Config;
import org.keycloak.models.KeycloakSession;
import org.keycloak.provider.ProviderConfigProperty;

/** Makes {@link EventRecorder}. */
public final class EventRecorderFactory implements AssentEventListenerFactory {

    static final String ID = "events-out";

    private EventTimes times;

    @Override
    public AssentEventListener create(KeycloakSession session) {
        return new EventRecorder(session, times);
    }

    @Override
    public void init(Config.Scope config) {
        times = EventTimes.read(config);
    }

    @Override
    public String getId() {
        return ID;
    }

    @Override
    public List<ProviderConfigProperty> getConfigMetadata() {
        return EventTimes.metadata();
    }
}
