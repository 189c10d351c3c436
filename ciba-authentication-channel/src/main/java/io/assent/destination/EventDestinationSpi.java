package io.assent.destination;

import io.assent.server.AssentSpi;

/** The SPI of {@link EventDestination}: one provider for each type of destination, its id the type. */
public final class EventDestinationSpi extends AssentSpi {

    /** The name in the server's options, as in {@code --spi-consent-event-destination--…}. */
    public static final String NAME = "consent-event-destination";

    public EventDestinationSpi() {
        super(NAME, EventDestination.class, EventDestinationFactory.class);
    }
}
