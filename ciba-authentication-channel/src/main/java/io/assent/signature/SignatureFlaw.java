package io.assent.signature;

import java.util.Locale;

/** What is wrong with a signature, in the order in which it is looked at. */
public enum SignatureFlaw {
    /** It is no JWS in compact form, or no JSON in it, or too long. */
    MALFORMED,
    /** The header is not that of a decision: {@code alg}, {@code typ}, {@code kid} and nothing else. */
    HEADER,
    /** The customer has no device with this key, or the key is not good enough for what the bank demands. */
    KEY,
    /** It was not made by this key over this text. */
    SIGNATURE,
    /** A claim is missing or of the wrong form, or there is one that a decision does not have. */
    CLAIMS,
    /** {@code iss} is not the device that has the key. */
    ISSUER,
    /** {@code aud} is not this realm. */
    AUDIENCE,
    /** {@code sub} is not the customer. */
    SUBJECT,
    /** {@code req} is another request. */
    REQUEST,
    /** {@code dec} is not what is answered. */
    DECISION,
    /** {@code grt} is not what is granted. */
    GRANT,
    /** {@code chl} is not the request's. */
    CHALLENGE,
    /** {@code iat} or {@code exp} is out of bounds. */
    TIME;

    /** As the API writes it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
