package io.assent.rest.logo;

import io.assent.permission.RequestingClient;
import org.keycloak.Config;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.services.resource.RealmResourceProvider;
import org.keycloak.services.resource.RealmResourceProviderFactory;

/** Serves clients' logos below {@code /realms/{realm}/client-logos}. */
public final class LogosResourceProviderFactory implements RealmResourceProviderFactory {

    private final Logos logos = new Logos(System::nanoTime);

    @Override
    public RealmResourceProvider create(KeycloakSession session) {
        return new RealmResourceProvider() {
            @Override
            public Object getResource() {
                return new LogosResource(session, logos);
            }

            @Override
            public void close() {}
        };
    }

    @Override
    public String getId() {
        return RequestingClient.LOGOS;
    }

    @Override
    public void init(Config.Scope config) {}

    @Override
    public void postInit(KeycloakSessionFactory factory) {}

    @Override
    public void close() {}
}
