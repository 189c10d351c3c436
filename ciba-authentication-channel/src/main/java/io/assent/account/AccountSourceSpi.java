package io.assent.account;

import io.assent.server.AssentSpi;

/** The SPI {@value #NAME}: where a customer's accounts come from. */
public final class AccountSourceSpi extends AssentSpi {

    public static final String NAME = "account-source";

    public AccountSourceSpi() {
        super(NAME, AccountSource.class, AccountSourceFactory.class);
    }
}
