package io.assent.block;

import io.assent.server.AssentSpi;

/** The SPI of the {@link BlockStore}. */
public final class BlockSpi extends AssentSpi {

    /** The name in the server's options, as in {@code --spi-consent-block--…}. */
    public static final String NAME = "consent-block";

    public BlockSpi() {
        super(NAME, BlockStore.class, BlockStoreFactory.class);
    }
}
