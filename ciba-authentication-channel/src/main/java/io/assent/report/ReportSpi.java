package io.assent.report;

import io.assent.server.AssentSpi;

/** The SPI of {@link Reports}. */
public final class ReportSpi extends AssentSpi {

    /** The name in the server's options, as in {@code --spi-consent-report--…}. */
    public static final String NAME = "consent-report";

    public ReportSpi() {
        super(NAME, Reports.class, ReportsFactory.class);
    }
}
