package io.assent.consent;

import io.assent.detail.Details;
import io.assent.evidence.SignedContent;
import io.assent.permission.change.Replacement;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * One line of a consent's history, which is only ever added to.
 *
 * @param type what happened
 * @param by who did it
 * @param permissions the names of the permissions that it granted from then on; empty where it ended
 * @param details the authorization details that it granted from then on; none where it ended
 * @param note who of the staff did it and why, or {@code null} where it was not staff, or nobody said
 * @param signed what the customer signed it with, or {@code null} where it was not signed, or by the answer to the
 *     request that it came from
 * @param replaced where the bank's permissions changed: which of those that it granted became what
 * @param requestId the request whose answer it came from, or {@code null} where there was none, or it was not kept
 */
public record ConsentRecord(
        String consentId,
        Type type,
        Actor by,
        Instant at,
        Set<String> permissions,
        Details details,
        StaffNote note,
        SignedContent signed,
        List<Replacement> replaced,
        String requestId) {

    public ConsentRecord {
        Objects.requireNonNull(consentId);
        Objects.requireNonNull(type);
        Objects.requireNonNull(by);
        Objects.requireNonNull(at);
        permissions = Set.copyOf(permissions);
        Objects.requireNonNull(details);
        replaced = List.copyOf(replaced);
    }

    /** A line without a note, of what is not signed. */
    ConsentRecord(String consentId, Type type, Actor by, Instant at, Set<String> permissions, Details details) {
        this(consentId, type, by, at, permissions, details, null, null, List.of(), null);
    }

    ConsentRecord notedBy(StaffNote staff) {
        return new ConsentRecord(consentId, type, by, at, permissions, details, staff, signed, replaced, requestId);
    }

    ConsentRecord signedWith(SignedContent content) {
        return new ConsentRecord(consentId, type, by, at, permissions, details, note, content, replaced, requestId);
    }

    ConsentRecord replacing(List<Replacement> replacements) {
        return new ConsentRecord(consentId, type, by, at, permissions, details, note, signed, replacements, requestId);
    }

    ConsentRecord answering(String request) {
        return new ConsentRecord(consentId, type, by, at, permissions, details, note, signed, replaced, request);
    }

    /** Whether the customer said something about the consent by it, or somebody for the customer. */
    boolean isAnAnswer() {
        return type == Type.GRANTED || type == Type.IMPORTED || type == Type.NARROWED || type == Type.CONFIRMED;
    }

    public Optional<StaffNote> findNote() {
        return Optional.ofNullable(note);
    }

    public Optional<String> findRequestId() {
        return Optional.ofNullable(requestId);
    }

    public Optional<SignedContent> findSigned() {
        return Optional.ofNullable(signed);
    }

    /** What can happen to a consent. */
    public enum Type {
        GRANTED,
        /** It was granted before there were consents, and became one. */
        IMPORTED,
        NARROWED,
        /** The bank's permissions changed, and it grants the same or less by other names. */
        CHANGED,
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
