package io.assent.device.attestation;

import java.security.interfaces.ECPublicKey;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.keycloak.models.KeycloakSession;

/** The door to whoever verifies attestations. */
public final class Attestations {

    private final Set<String> formats;
    private final Function<String, Optional<DeviceAttestationVerifier>> verifiers;

    Attestations(Set<String> formats, Function<String, Optional<DeviceAttestationVerifier>> verifiers) {
        this.formats = new TreeSet<>(formats);
        this.verifiers = verifiers;
        this.formats.add(KeyAttestation.NO_FORMAT);
    }

    public static Attestations of(KeycloakSession session) {
        return new Attestations(
                session.listProviderIds(DeviceAttestationVerifier.class),
                format -> Optional.ofNullable(session.getProvider(DeviceAttestationVerifier.class, format)));
    }

    /** As {@link DeviceAttestationVerifier#verify}; who vouches for nothing is believed. */
    public AttestationResult verify(Attestation attestation, String challenge, ECPublicKey key) {
        if (attestation.format().equals(KeyAttestation.NO_FORMAT)) {
            return attestation.chain().isEmpty()
                    ? new AttestationResult.Attested(KeyAttestation.NONE)
                    : new AttestationResult.Refused("The format 'none' has no certificates.");
        }
        return verifiers
                .apply(attestation.format())
                .map(verifier -> verifier.verify(attestation, challenge, key))
                .orElseGet(() -> new AttestationResult.Unsupported(
                        "Formats that are known here: " + String.join(", ", formats) + "."));
    }
}
