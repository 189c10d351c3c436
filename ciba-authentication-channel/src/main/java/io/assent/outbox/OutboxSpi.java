package io.assent.outbox;

import io.assent.server.AssentSpi;

/** The SPI of the {@link Outbox}. */
public final class OutboxSpi extends AssentSpi {

    /** The name in the server's options, as in {@code --spi-consent-outbox--…}. */
    public static final String NAME = "consent-outbox";

    public OutboxSpi() {
        super(NAME, Outbox.class, OutboxFactory.class);
    }
}
