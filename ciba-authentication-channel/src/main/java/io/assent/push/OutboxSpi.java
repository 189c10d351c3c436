package io.assent.push;

import org.keycloak.provider.Provider;
import org.keycloak.provider.ProviderFactory;
import org.keycloak.provider.Spi;

/** The SPI of the {@link Outbox}. */
public final class OutboxSpi implements Spi {

    /** The name in the server's options, as in {@code --spi-consent-outbox--…}. */
    public static final String NAME = "consent-outbox";

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
        return Outbox.class;
    }

    @Override
    @SuppressWarnings("rawtypes")
    public Class<? extends ProviderFactory> getProviderFactoryClass() {
        return OutboxFactory.class;
    }
}
