package io.assent.server;

/** The SPI of the {@link ConsentEventListener}s: all of them hear everything. */
public final class ConsentEventSpi extends AssentSpi {

    /** The name in the server's options, as in {@code --spi-consent-event--…}. */
    public static final String NAME = "consent-event";

    public ConsentEventSpi() {
        super(NAME, ConsentEventListener.class, ConsentEventListenerFactory.class);
    }
}
