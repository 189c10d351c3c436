package io.assent.account;

import io.assent.api.PublicApi;
import org.keycloak.Config;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.provider.ProviderFactory;

/** Makes an {@link AccountSource}. Its id is what a realm's setting <i>Account source</i> names. */
@PublicApi
public interface AccountSourceFactory extends ProviderFactory<AccountSource> {

    /** Whether this server has the settings that it takes. Without them it is as if there were no such source. */
    default boolean isAvailable() {
        return true;
    }

    @Override
    default void init(Config.Scope config) {}

    @Override
    default void postInit(KeycloakSessionFactory factory) {}

    @Override
    default void close() {}
}
