package io.assent.consent;

import io.assent.server.AssentSpi;

/** The SPI of the {@link ConsentStore}. */
public final class ConsentStoreSpi extends AssentSpi {

    /** The name in the server's options, as in {@code --spi-consent-store--…}. */
    public static final String NAME = "consent-store";

    public ConsentStoreSpi() {
        super(NAME, ConsentStore.class, ConsentStoreFactory.class);
    }
}
