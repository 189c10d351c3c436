package io.assent.identity;

import io.assent.server.AssentSpi;

/** The SPI {@value #NAME}: what the bank verified about its customers. */
public final class VerifiedIdentitySourceSpi extends AssentSpi {

    public static final String NAME = "verified-identity-source";

    public VerifiedIdentitySourceSpi() {
        super(NAME, VerifiedIdentitySource.class, VerifiedIdentitySourceFactory.class);
    }
}
