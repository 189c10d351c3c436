package io.assent.text;

import io.assent.server.AssentSpi;

/** The SPI of the {@link TextSource}. */
public final class TextSourceSpi extends AssentSpi {

    /** The name in the server's options, as in {@code --spi-consent-text--…}. */
    public static final String NAME = "consent-text";

    public TextSourceSpi() {
        super(NAME, TextSource.class, TextSourceFactory.class);
    }
}
