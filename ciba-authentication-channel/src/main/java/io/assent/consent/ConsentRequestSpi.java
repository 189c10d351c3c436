package io.assent.consent;

import org.keycloak.provider.Provider;
import org.keycloak.provider.ProviderFactory;
import org.keycloak.provider.Spi;

/** The SPI of the {@link ConsentRequestStore}. */
public final class ConsentRequestSpi implements Spi {

    /** The name in the server's options, as in {@code --spi-consent-request--…}. */
    public static final String NAME = "consent-request";

    @Override
    public boolean isInternal() {
        return false;
    }

    @Override
    public String getName() {
        return NAME;
    }

    @Override
    public Class<? extends Provider> getProviderClass() {
        return ConsentRequestStore.class;
    }

    @Override
    @SuppressWarnings("rawtypes")
    public Class<? extends ProviderFactory> getProviderFactoryClass() {
        return ConsentRequestStoreFactory.class;
    }
}
