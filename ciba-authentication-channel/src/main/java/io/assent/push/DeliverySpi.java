package io.assent.push;

import org.keycloak.provider.Provider;
import org.keycloak.provider.ProviderFactory;
import org.keycloak.provider.Spi;

/** The SPI of {@link DeliveryHandler}: one provider per kind of delivery, its id the kind. */
public final class DeliverySpi implements Spi {

    /** The name in the server's options, as in {@code --spi-consent-delivery--…}. */
    public static final String NAME = "consent-delivery";

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
        return DeliveryHandler.class;
    }

    @Override
    @SuppressWarnings("rawtypes")
    public Class<? extends ProviderFactory> getProviderFactoryClass() {
        return DeliveryHandlerFactory.class;
    }
}
