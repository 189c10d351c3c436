package io.assent.consent;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * One line of a consent's history, which is only ever added to.
 *
 * @param type what happened
 * @param by who did it
 * @param permissions the names of the permissions that it granted from then on; empty where it ended
 * @param note who of the staff did it and why, or {@code null} where it was not staff, or nobody said
 */
public record ConsentRecord(
        String consentId, Type type, Actor by, Instant at, Set<String> permissions, StaffNote note) {

    public ConsentRecord {
        Objects.requireNonNull(consentId);
        Objects.requireNonNull(type);
        Objects.requireNonNull(by);
        Objects.requireNonNull(at);
        permissions = Set.copyOf(permissions);
    }

    /** A line without a note. */
    ConsentRecord(String consentId, Type type, Actor by, Instant at, Set<String> permissions) {
        this(consentId, type, by, at, permissions, null);
    }

    public Optional<StaffNote> findNote() {
        return Optional.ofNullable(note);
    }

    /** What can happen to a consent. */
    public enum Type {
        GRANTED,
        /** It was granted before there were consents, and became one. */
        IMPORTED,
        NARROWED,
        /** The customer was asked to confirm it. */
        REMINDED,
        CONFIRMED,
        /** It was not confirmed in time. */
        SUSPENDED,
        REVOKED,
        EXPIRED,
        REPLACED,
        CONSUMED
    }
}
