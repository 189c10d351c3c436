package io.assent.device;

import io.assent.device.attestation.Attestation;
import io.assent.device.attestation.AttestationResult;

/** Says how keys are kept. */
@FunctionalInterface
interface Attester {

    /** @param challenge what the key was to be made in answer to */
    AttestationResult verify(Attestation attestation, String challenge, DeviceKey key);
}
