package io.assent.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.assent.device.EnrolledKey;
import io.assent.device.attestation.KeyAttestation;
import java.util.Locale;

/**
 * The key of a device as it is shown.
 *
 * @param kid its thumbprint (RFC 7638)
 */
@JsonInclude
public record KeyView(String kid, AttestationView attestation) {

    public static KeyView of(EnrolledKey enrolled) {
        return new KeyView(enrolled.key().id(), AttestationView.of(enrolled.attestation()));
    }

    /** How it is kept. */
    @JsonInclude
    public record AttestationView(String format, String level, boolean userVerification) {

        private static AttestationView of(KeyAttestation attestation) {
            return new AttestationView(
                    attestation.format(),
                    attestation.level().name().toLowerCase(Locale.ROOT),
                    attestation.userVerification());
        }
    }
}
