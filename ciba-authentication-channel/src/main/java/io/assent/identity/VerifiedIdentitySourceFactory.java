package io.assent.identity;

import io.assent.api.PublicApi;
import org.keycloak.Config;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.provider.ProviderFactory;

/** Makes a {@link VerifiedIdentitySource}. */
@PublicApi
public interface VerifiedIdentitySourceFactory extends ProviderFactory<VerifiedIdentitySource> {

    @Override
    default void init(Config.Scope config) {}

    @Override
    default void postInit(KeycloakSessionFactory factory) {}

    @Override
    default void close() {}
}
