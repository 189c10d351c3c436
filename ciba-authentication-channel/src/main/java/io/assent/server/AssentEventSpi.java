package io.assent.server;

/** The SPI of the {@link AssentEventListener}s: all of them hear everything. */
public final class AssentEventSpi extends AssentSpi {

    /** The name in the server's options, as in {@code --spi-consent-event--…}. */
    public static final String NAME = "consent-event";

    public AssentEventSpi() {
        super(NAME, AssentEventListener.class, AssentEventListenerFactory.class);
    }
}
