package io.assent.push;

import org.keycloak.provider.Provider;
import org.keycloak.provider.ProviderFactory;
import org.keycloak.provider.Spi;

/** The SPI of {@link PushSender}: one provider per platform, its id the platform's name. */
public final class PushSenderSpi implements Spi {

    /** The name in the server's options, as in {@code --spi-push-sender--…}. */
    public static final String NAME = "push-sender";

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
        return PushSender.class;
    }

    @Override
    @SuppressWarnings("rawtypes")
    public Class<? extends ProviderFactory> getProviderFactoryClass() {
        return PushSenderFactory.class;
    }
}
