package io.assent.account;

import org.keycloak.provider.ProviderFactory;

/** Makes an {@link AccountSource}. Its id is what a realm's setting <i>Account source</i> names. */
public interface AccountSourceFactory extends ProviderFactory<AccountSource> {

    /** Whether this server has the settings that it takes. Without them it is as if there were no such source. */
    default boolean isAvailable() {
        return true;
    }
}
