package io.assent.partner;

import io.assent.server.AssentSpi;

/** The SPI of the {@link PartnerStore}. */
public final class PartnerSpi extends AssentSpi {

    /** The name in the server's options, as in {@code --spi-consent-partner--…}. */
    public static final String NAME = "consent-partner";

    public PartnerSpi() {
        super(NAME, PartnerStore.class, PartnerStoreFactory.class);
    }
}
