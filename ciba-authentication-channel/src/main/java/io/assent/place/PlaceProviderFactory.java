package io.assent.place;

import io.assent.api.PublicApi;
import org.keycloak.Config;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.provider.ProviderFactory;

/** Makes a {@link PlaceProvider}. */
@PublicApi
public interface PlaceProviderFactory extends ProviderFactory<PlaceProvider> {

    @Override
    default void init(Config.Scope config) {}

    @Override
    default void postInit(KeycloakSessionFactory factory) {}

    @Override
    default void close() {}
}
