package io.assent.probe;

import io.assent.outbox.Outbox;
import org.keycloak.models.KeycloakSession;
import org.keycloak.services.resource.RealmResourceProvider;

/** Makes the {@link ProbeResource} of a request. */
final class ProbeProvider implements RealmResourceProvider {

    private final KeycloakSession session;

    ProbeProvider(KeycloakSession session) {
        this.session = session;
    }

    @Override
    public Object getResource() {
        return new ProbeResource(session, session.getProvider(Outbox.class));
    }

    @Override
    public void close() {}
}
