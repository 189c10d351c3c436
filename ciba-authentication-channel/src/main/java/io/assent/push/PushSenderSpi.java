package io.assent.push;

import io.assent.server.AssentSpi;

/** The SPI of {@link PushSender}: one provider per platform, its id the platform's name. */
public final class PushSenderSpi extends AssentSpi {

    /** The name in the server's options, as in {@code --spi-push-sender--…}. */
    public static final String NAME = "push-sender";

    public PushSenderSpi() {
        super(NAME, PushSender.class, PushSenderFactory.class);
    }
}
