package io.assent.server;

import org.keycloak.Config;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.provider.ProviderFactory;

/** Makes a {@link AssentEventListener} for each session in which something happens. */
public interface AssentEventListenerFactory extends ProviderFactory<AssentEventListener> {

    @Override
    default void init(Config.Scope config) {}

    @Override
    default void postInit(KeycloakSessionFactory factory) {}

    @Override
    default void close() {}
}
