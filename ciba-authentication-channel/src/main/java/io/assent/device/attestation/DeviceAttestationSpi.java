package io.assent.device.attestation;

import io.assent.server.AssentSpi;

/** The SPI {@value #NAME}: who vouches for devices' keys. */
public final class DeviceAttestationSpi extends AssentSpi {

    public static final String NAME = "consent-device-attestation";

    public DeviceAttestationSpi() {
        super(NAME, DeviceAttestationVerifier.class, DeviceAttestationVerifierFactory.class);
    }
}
