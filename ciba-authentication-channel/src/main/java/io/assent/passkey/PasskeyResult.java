package io.assent.passkey;

import java.util.Objects;

/** Whether an assertion was made by a customer's passkey over a challenge. */
public sealed interface PasskeyResult {

    /**
     * It was.
     *
     * @param publicKey the passkey's: a SubjectPublicKeyInfo (RFC 5280, section 4.1) in DER, in base64
     * @param userVerified whether the passkey made sure of who is there, by a finger, face or PIN
     */
    record Verified(String publicKey, boolean userVerified) implements PasskeyResult {
        public Verified {
            Objects.requireNonNull(publicKey);
        }
    }

    record Refused(Flaw flaw) implements PasskeyResult {
        public Refused {
            Objects.requireNonNull(flaw);
        }
    }

    /** Why it was not. */
    enum Flaw {
        /** A part can't be read. */
        MALFORMED,
        /** The customer has no such passkey. */
        FOREIGN,
        /** It answers another challenge. */
        CHALLENGE,
        /** The passkey did not make sure of who is there, and the realm's policy wants that. */
        UNVERIFIED,
        /** Signature, origin, relying party, or the count of signatures: what Keycloak refuses at a login, too. */
        INVALID
    }
}
