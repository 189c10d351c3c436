package io.assent.link;

import io.assent.server.AssentSpi;

/** The SPI of the {@link LinkStore}. */
public final class LinkSpi extends AssentSpi {

    /** The name in the server's options, as in {@code --spi-consent-link--…}. */
    public static final String NAME = "consent-link";

    public LinkSpi() {
        super(NAME, LinkStore.class, LinkStoreFactory.class);
    }
}
