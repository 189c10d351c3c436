package io.assent.outbox;

import io.assent.server.AssentSpi;

/** The SPI of {@link DeliveryHandler}: one provider per kind of delivery, its id the kind. */
public final class DeliverySpi extends AssentSpi {

    /** The name in the server's options, as in {@code --spi-consent-delivery--…}. */
    public static final String NAME = "consent-delivery";

    public DeliverySpi() {
        super(NAME, DeliveryHandler.class, DeliveryHandlerFactory.class);
    }
}
