package io.assent.detail;

import io.assent.server.AssentSpi;

/** The SPI {@value #NAME}: one provider for each type of authorization details. */
public final class ConsentDetailTypeSpi extends AssentSpi {

    static final String NAME = "consent-detail-type";

    public ConsentDetailTypeSpi() {
        super(NAME, ConsentDetailType.class, ConsentDetailTypeFactory.class);
    }
}
