package io.assent.consent;

import io.assent.server.Parties;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * What stands after a customer's yes: what one client may do, until it ends. An immutable view of a stored row, which
 * is the only truth about it; it changes through {@link Consents} alone.
 *
 * @param id a random UUID; towards clients it is the {@code grant_id} of Grant Management for OAuth 2.0
 * @param parties who granted it to whom
 * @param requestId the request that it came from
 * @param permissions what is granted; never empty while it is live
 * @param session what its tokens hang on
 * @param status what the row says
 * @param grantedAt when the customer granted it
 * @param validUntil the first moment at which it is worth nothing any more, or {@code null} where it has no end
 * @param end how it ended, or {@code null} while it is live
 * @param version how often it was changed: of two changes at once the second one sees that it comes late
 */
public record Consent(
        String id,
        Parties parties,
        String requestId,
        List<GrantedPermission> permissions,
        TokenSession session,
        ConsentStatus status,
        Instant grantedAt,
        Instant validUntil,
        End end,
        int version) {

    public Consent {
        Objects.requireNonNull(id);
        Objects.requireNonNull(parties);
        Objects.requireNonNull(requestId);
        permissions = List.copyOf(permissions);
        Objects.requireNonNull(session);
        Objects.requireNonNull(status);
        Objects.requireNonNull(grantedAt);
        if (status.isLive() != (end == null)) {
            throw new IllegalArgumentException("a consent has an end exactly when it is no longer live");
        }
    }

    /** A new consent, active, with an id of its own. */
    static Consent active(
            Parties parties,
            String requestId,
            List<GrantedPermission> permissions,
            TokenSession session,
            Instant grantedAt,
            Instant validUntil) {
        return new Consent(
                UUID.randomUUID().toString(),
                parties,
                requestId,
                permissions,
                session,
                ConsentStatus.ACTIVE,
                grantedAt,
                validUntil,
                null,
                0);
    }

    /** Whether a token may carry what it grants. */
    public boolean stands(Instant now) {
        return status == ConsentStatus.ACTIVE && !isOver(now);
    }

    /** Whether its time has come. */
    public boolean isOver(Instant now) {
        return validUntil != null && !now.isBefore(validUntil);
    }

    /** The names of the permissions that it grants, in the order in which they were granted. */
    public Set<String> names() {
        return permissions.stream().map(GrantedPermission::name).collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** The ids of the client scopes that it grants: by them tokens are measured, and not by names. */
    public Set<String> scopeIds() {
        return permissions.stream().map(GrantedPermission::scopeId).collect(Collectors.toSet());
    }

    public Optional<End> findEnd() {
        return Optional.ofNullable(end);
    }

    Consent ended(ConsentStatus how, End end) {
        return new Consent(id, parties, requestId, permissions, session, how, grantedAt, validUntil, end, version);
    }

    Consent narrowed(Collection<GrantedPermission> rest) {
        return new Consent(
                id, parties, requestId, List.copyOf(rest), session, status, grantedAt, validUntil, end, version + 1);
    }

    /** The same, granted again: what it grants, since when and until when are those of the new answer. */
    Consent granted(List<GrantedPermission> now, Instant at, Instant until) {
        return new Consent(id, parties, requestId, now, session, status, at, until, end, version + 1);
    }

    /**
     * What a consent's tokens hang on.
     *
     * @param userSessionId Keycloak's user session
     * @param own whether it was made for this consent alone, as in CIBA; otherwise it is the customer's login, and the
     *     consent's tokens are all those of its client in the customer's logins
     */
    public record TokenSession(String userSessionId, boolean own) {
        public TokenSession {
            Objects.requireNonNull(userSessionId);
        }
    }

    /**
     * How a consent ended.
     *
     * @param by who ended it
     * @param at when
     */
    public record End(Actor by, Instant at) {
        public End {
            Objects.requireNonNull(by);
            Objects.requireNonNull(at);
        }
    }
}
