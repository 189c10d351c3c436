package io.assent.claim;

import java.util.Objects;

/**
 * The reason why a parameter {@code claims} can't be read.
 *
 * @param description why, in words for a developer that repeat nothing of it
 */
public record ClaimsFlaw(String description) implements ClaimsReading {
    public ClaimsFlaw {
        Objects.requireNonNull(description);
    }
}
