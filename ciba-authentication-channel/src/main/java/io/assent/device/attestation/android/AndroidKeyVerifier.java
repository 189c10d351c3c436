package io.assent.device.attestation.android;

import io.assent.device.attestation.Attestation;
import io.assent.device.attestation.AttestationResult;
import io.assent.device.attestation.DeviceAttestationVerifier;
import io.assent.server.OperatorLog;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.time.InstantSource;
import java.util.Optional;

/** Verifies Android's key attestation: certificates that lead to a trusted root, the first of which is the key's. */
final class AndroidKeyVerifier implements DeviceAttestationVerifier {

    static final String FORMAT = "android-key";

    private final Roots roots;
    private final InstantSource clock;
    private final OperatorLog log;
    private final String option;

    /** @param option what an operator sets to name the roots */
    AndroidKeyVerifier(Roots roots, InstantSource clock, OperatorLog log, String option) {
        this.roots = roots;
        this.clock = clock;
        this.log = log;
        this.option = option;
    }

    @Override
    public AttestationResult verify(Attestation attestation, String challenge, ECPublicKey key) {
        if (roots.isEmpty()) {
            log.warn(
                    FORMAT,
                    "An app sent an attestation of the format '" + FORMAT
                            + "', and this server trusts no root for it: set " + option
                            + " to a PEM file with the roots.");
            return new AttestationResult.Unsupported("This server trusts no root for attestations of the format '"
                    + FORMAT + "'. Its operator has to name the roots.");
        }
        Optional<AttestedChain> chain = AttestedChain.parse(attestation.chain());
        if (chain.isEmpty()) {
            return refused("x5c is not a list of X.509 certificates");
        }
        Optional<String> objection = chain.get().objection(roots, clock.instant());
        if (objection.isPresent()) {
            return refused(objection.get());
        }
        if (!isSame(chain.get().leaf().getPublicKey(), key)) {
            return refused("the first certificate is not that of the key");
        }
        Optional<KeyDescription> description = KeyDescription.of(chain.get().leaf());
        if (description.isEmpty()) {
            return refused("the first certificate has no extension " + KeyDescription.OID + " that can be read");
        }
        return description
                .get()
                .objection(challenge)
                .map(AndroidKeyVerifier::refused)
                .orElseGet(
                        () -> new AttestationResult.Attested(description.get().attestation(FORMAT)));
    }

    private static AttestationResult refused(String why) {
        return new AttestationResult.Refused("The attestation does not hold: " + why + ".");
    }

    private static boolean isSame(PublicKey certified, ECPublicKey key) {
        return certified instanceof ECPublicKey other
                && other.getW().equals(key.getW())
                && other.getParams().getCurve().equals(key.getParams().getCurve());
    }
}
