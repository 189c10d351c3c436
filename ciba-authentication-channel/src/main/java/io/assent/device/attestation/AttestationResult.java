package io.assent.device.attestation;

import io.assent.api.PublicApi;
import java.util.Objects;

/** What came of an attestation. */
@PublicApi
public sealed interface AttestationResult {

    /** It holds. */
    record Attested(KeyAttestation attestation) implements AttestationResult {
        public Attested {
            Objects.requireNonNull(attestation);
        }
    }

    /**
     * It does not hold.
     *
     * @param why words for the app's developer, without anything of the certificates
     */
    record Refused(String why) implements AttestationResult {
        public Refused {
            Objects.requireNonNull(why);
        }
    }

    /**
     * Nobody here can say.
     *
     * @param why words for the app's developer
     */
    record Unsupported(String why) implements AttestationResult {
        public Unsupported {
            Objects.requireNonNull(why);
        }
    }
}
