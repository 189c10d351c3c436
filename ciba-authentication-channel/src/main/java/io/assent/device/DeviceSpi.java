package io.assent.device;

import io.assent.server.AssentSpi;

/** The SPI of the {@link DeviceStore}. */
public final class DeviceSpi extends AssentSpi {

    /** The name in the server's options, as in {@code --spi-consent-device--…}. */
    public static final String NAME = "consent-device";

    public DeviceSpi() {
        super(NAME, DeviceStore.class, DeviceStoreFactory.class);
    }
}
