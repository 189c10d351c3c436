package io.assent.detail;

import io.assent.api.PublicApi;
import org.keycloak.Config;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.provider.ProviderFactory;

/** Makes a {@link ConsentDetailType}. Its id is the {@code type} of RFC 9396, section 2; a URI may be one. */
@PublicApi
public interface ConsentDetailTypeFactory extends ProviderFactory<ConsentDetailType> {

    @Override
    default void init(Config.Scope config) {}

    @Override
    default void postInit(KeycloakSessionFactory factory) {}

    @Override
    default void close() {}
}
