package io.assent.identity;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.assent.api.PublicApi;
import java.util.Objects;

/**
 * What was verified about a customer under one trust framework (OpenID Connect for Identity Assurance 1.0, section 5).
 *
 * @param verification how: a JSON object with {@code trust_framework}, and what else the bank tells of it
 * @param claims what: a JSON object, by the claims' names
 */
@PublicApi
public record VerifiedIdentity(ObjectNode verification, ObjectNode claims) {

    /** The element of {@link #verification} that has to be there. */
    public static final String TRUST_FRAMEWORK = "trust_framework";

    public VerifiedIdentity {
        Objects.requireNonNull(verification);
        Objects.requireNonNull(claims);
        if (!verification.path(TRUST_FRAMEWORK).isTextual()) {
            throw new IllegalArgumentException("a verification names its trust_framework");
        }
    }
}
