package io.assent.place;

import io.assent.server.AssentSpi;

/** The SPI {@value #NAME}: where an address is. The one provider that there is, or that the server's options name. */
public final class PlaceSpi extends AssentSpi {

    public static final String NAME = "consent-place";

    public PlaceSpi() {
        super(NAME, PlaceProvider.class, PlaceProviderFactory.class);
    }
}
