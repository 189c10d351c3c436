package io.assent.detail;

import java.util.Objects;

/**
 * Details that are refused: {@value #ERROR} (RFC 9396, section 5).
 *
 * @param description why, in words for a developer, with the name of the field and nothing of its value
 */
public record DetailFlaw(String description) implements DetailReading {

    /** The OAuth error. */
    public static final String ERROR = "invalid_authorization_details";

    public DetailFlaw {
        Objects.requireNonNull(description);
    }
}
