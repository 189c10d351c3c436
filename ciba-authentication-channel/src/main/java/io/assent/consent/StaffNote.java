package io.assent.consent;

import java.util.Objects;

/**
 * Who of the bank's staff did something to a consent, and why. For staff alone: customers and clients learn neither.
 *
 * @param staffId the id of the user whose admin token it was
 * @param reason in words
 */
public record StaffNote(String staffId, String reason) {
    public StaffNote {
        Objects.requireNonNull(staffId);
        Objects.requireNonNull(reason);
    }
}
