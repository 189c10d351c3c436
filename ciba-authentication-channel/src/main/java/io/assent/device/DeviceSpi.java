package io.assent.device;

import org.keycloak.provider.Provider;
import org.keycloak.provider.ProviderFactory;
import org.keycloak.provider.Spi;

/** The SPI of the {@link DeviceStore}. */
public final class DeviceSpi implements Spi {

    /** The name in the server's options, as in {@code --spi-consent-device--…}. */
    public static final String NAME = "consent-device";

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
        return DeviceStore.class;
    }

    @Override
    @SuppressWarnings("rawtypes")
    public Class<? extends ProviderFactory> getProviderFactoryClass() {
        return DeviceStoreFactory.class;
    }
}
