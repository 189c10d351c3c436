package io.assent.request;

import io.assent.server.AssentSpi;

/** The SPI of the {@link ConsentRequestStore}. */
public final class ConsentRequestSpi extends AssentSpi {

    /** The name in the server's options, as in {@code --spi-consent-request--…}. */
    public static final String NAME = "consent-request";

    public ConsentRequestSpi() {
        super(NAME, ConsentRequestStore.class, ConsentRequestStoreFactory.class);
    }
}
