package io.assent.server;

import org.keycloak.provider.Provider;
import org.keycloak.provider.ProviderFactory;
import org.keycloak.provider.Spi;

/** An SPI of this pack, which other providers may implement too: it is not internal. */
public abstract class AssentSpi implements Spi {

    private final String name;
    private final Class<? extends Provider> provider;

    @SuppressWarnings("rawtypes")
    private final Class<? extends ProviderFactory> factory;

    /** @param name the name in the server's options, as in {@code --spi-<name>--…} */
    protected <P extends Provider> AssentSpi(
            String name, Class<P> provider, Class<? extends ProviderFactory<P>> factory) {
        this.name = name;
        this.provider = provider;
        this.factory = factory;
    }

    @Override
    public final boolean isInternal() {
        return false;
    }

    @Override
    public final String getName() {
        return name;
    }

    @Override
    public final Class<? extends Provider> getProviderClass() {
        return provider;
    }

    @Override
    @SuppressWarnings("rawtypes")
    public final Class<? extends ProviderFactory> getProviderFactoryClass() {
        return factory;
    }
}
