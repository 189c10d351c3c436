package io.assent.consent;

import io.assent.claim.ClaimLimits;
import io.assent.claim.ClaimSet;
import io.assent.detail.Details;
import io.assent.id.OrderedId;
import io.assent.permission.change.NamedScope;
import io.assent.server.Parties;
import io.assent.server.Position;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.BinaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What stands after a customer's yes: what one client may do, until it ends. An immutable view of a stored row, which
 * is the only truth about it; it changes through {@link Consents} alone.
 *
 * @param id a UUID; towards clients it is the {@code grant_id} of Grant Management for OAuth 2.0
 * @param parties who granted it to whom
 * @param requestId the request that it came from
 * @param access what is granted; never nothing while it is live
 * @param session what its tokens hang on
 * @param kind whether it stands, or is good for one token
 * @param status what the row says
 * @param term since when, until when, and by when it is to be confirmed
 * @param lastUsedAt when the client last got a token for it, to the hour; or {@code null} where it never did
 * @param end how it ended, or {@code null} while it is live
 * @param version how often it was changed: of two changes at once the second one sees that it comes late
 */
public record Consent(
        String id,
        Parties parties,
        String requestId,
        Access access,
        TokenSession session,
        Kind kind,
        ConsentStatus status,
        Term term,
        Instant lastUsedAt,
        End end,
        int version) {

    public Consent {
        Objects.requireNonNull(id);
        Objects.requireNonNull(parties);
        Objects.requireNonNull(requestId);
        Objects.requireNonNull(access);
        Objects.requireNonNull(session);
        Objects.requireNonNull(kind);
        Objects.requireNonNull(status);
        Objects.requireNonNull(term);
        if (status.isLive() != (end == null)) {
            throw new IllegalArgumentException("a consent has an end exactly when it is no longer live");
        }
    }

    /** Its place in a list. */
    public Position position() {
        return new Position(grantedAt(), id);
    }

    /** A new consent that stands, with an id of its own. */
    static Consent standing(Parties parties, String requestId, Access access, TokenSession session, Term term) {
        return active(OrderedId.next(), parties, requestId, access, session, Kind.STANDING, term);
    }

    /**
     * One that is good for one token. Its id is that of no other, and always the same for a request: of two calls at
     * once that grant what was answered once, the database takes one.
     */
    static Consent oneTime(Parties parties, String requestId, Access access, TokenSession session, Term term) {
        UUID id = UUID.nameUUIDFromBytes(("once " + requestId).getBytes(StandardCharsets.UTF_8));
        return active(id.toString(), parties, requestId, access, session, Kind.ONE_TIME, term);
    }

    private static Consent active(
            String id, Parties parties, String requestId, Access access, TokenSession session, Kind kind, Term term) {
        return new Consent(
                id,
                parties,
                requestId,
                access,
                session,
                kind,
                ConsentStatus.ACTIVE,
                term,
                // a session of its own is made with the first token
                session.own() ? term.grantedAt() : null,
                null,
                0);
    }

    /** The permissions that it grants. */
    public List<GrantedPermission> permissions() {
        return access.permissions();
    }

    /** The authorization details that it grants (RFC 9396). */
    public Details details() {
        return access.details();
    }

    /** Whether a token may carry what it grants. */
    public boolean stands(Instant now) {
        return stands(status, term, now);
    }

    static boolean stands(ConsentStatus status, Term term, Instant now) {
        return status == ConsentStatus.ACTIVE && !term.isOver(now) && !term.isUnconfirmed(now);
    }

    /** Whether a customer's yes to more can come on top of it, at once or once it is confirmed. */
    public boolean canBeWidened(Instant now) {
        return status.isLive() && !isOneTime() && !isOver(now);
    }

    /** Whether its time has come. */
    public boolean isOver(Instant now) {
        return term.isOver(now);
    }

    /** Whether it is worth nothing until the customer confirms it, and can still be confirmed. */
    public boolean isSuspended(Instant now) {
        return status.isLive() && !term.isOver(now) && (status == ConsentStatus.SUSPENDED || term.isUnconfirmed(now));
    }

    /** Whether the customer was asked to confirm it, and has not. */
    public boolean isConfirmationAwaited() {
        return status.isLive() && term.confirmBy() != null && term.remindAt() == null;
    }

    public Instant grantedAt() {
        return term.grantedAt();
    }

    /** The first moment at which it is worth nothing any more, or {@code null} where it has no end. */
    public Instant validUntil() {
        return term.validUntil();
    }

    /** Whether tokens of a login can be its own: one with a session of its own has no others. */
    public boolean hangsOn(String userSessionId) {
        return !session.own() || session.userSessionId().equals(userSessionId);
    }

    /** Whether it is good for one token. */
    public boolean isOneTime() {
        return kind == Kind.ONE_TIME;
    }

    /** The names of the permissions that it grants, in the order in which they were granted. */
    public Set<String> names() {
        return access.names();
    }

    /** The ids of the client scopes that it grants: by them tokens are measured, and not by names. */
    public Set<String> scopeIds() {
        return permissions().stream().map(GrantedPermission::scopeId).collect(Collectors.toSet());
    }

    /** The client scopes that it grants. */
    public List<NamedScope> scopes() {
        return permissions().stream().map(GrantedPermission::scope).toList();
    }

    /** Which of its permissions it grants for some of their claims alone. */
    public ClaimLimits claims() {
        return access.claims();
    }

    public Optional<End> findEnd() {
        return Optional.ofNullable(end);
    }

    /** Whether it has ended, and its client did not bring that about: by a call, or by what it got in exchange. */
    public boolean hasEndedWithoutItsClient() {
        boolean byAnother = findEnd().map(by -> by.by() != Actor.TPP).orElse(false);
        return byAnother && (status == ConsentStatus.REVOKED || status == ConsentStatus.EXPIRED);
    }

    Consent ended(ConsentStatus how, End end) {
        return with(access, how, term, end, version);
    }

    /** The same, with these permissions in the place of its own. */
    Consent granting(Collection<GrantedPermission> permissions) {
        return with(new Access(List.copyOf(permissions), details()), status, term, end, version + 1);
    }

    /** The same, with another status or term. */
    Consent in(ConsentStatus another, Term from) {
        return with(access, another, from, end, version + 1);
    }

    /** The same, granted again by another request, with tokens that hang on another session or still on the same. */
    Consent moved(String request, Access now, Term from, TokenSession to) {
        return new Consent(
                id, parties, request, now, to, kind, ConsentStatus.ACTIVE, from, lastUsedAt, end, version + 1);
    }

    private Consent with(Access granted, ConsentStatus another, Term from, End ending, int changes) {
        return new Consent(id, parties, requestId, granted, session, kind, another, from, lastUsedAt, ending, changes);
    }

    /**
     * What is granted.
     *
     * @param permissions by client scope
     * @param details the authorization details (RFC 9396)
     */
    public record Access(List<GrantedPermission> permissions, Details details) {

        public Access {
            permissions = List.copyOf(permissions);
            Objects.requireNonNull(details);
        }

        /** To permissions alone. */
        public static Access to(List<GrantedPermission> permissions) {
            return new Access(permissions, Details.NONE);
        }

        /** To this and more: what is granted anew takes the place of the same from before. */
        Access and(Access more) {
            return and(more, Details::and);
        }

        /** @param merged makes one of the details of both */
        Access and(Access more, BinaryOperator<Details> merged) {
            Map<String, GrantedPermission> all = new LinkedHashMap<>();
            permissions.forEach(permission -> all.put(permission.scopeId(), permission));
            more.permissions.forEach(permission -> all.merge(permission.scopeId(), permission, GrantedPermission::and));
            return new Access(List.copyOf(all.values()), merged.apply(details, more.details));
        }

        /** What of it the other does not grant: permissions by their names and their claims, details as a whole. */
        Access without(Access other) {
            Set<String> names = other.names();
            ClaimLimits limits = other.claims();
            return new Access(
                    permissions.stream()
                            .flatMap(permission -> names.contains(permission.name())
                                    ? permission.without(limits.of(permission.name())).stream()
                                    : Stream.of(permission))
                            .toList(),
                    new Details(details.all().stream()
                            .filter(detail -> !other.details.all().contains(detail))
                            .toList()));
        }

        /** Whether both grant something of a permission of the same name, or the same detail. */
        boolean overlaps(Access other) {
            Set<String> both = names();
            both.retainAll(other.names());
            return both.stream().anyMatch(name -> claims().overlap(name, other.claims()))
                    || !Collections.disjoint(details.all(), other.details.all());
        }

        /** Which of its permissions are for some of their claims alone. */
        public ClaimLimits claims() {
            Map<String, ClaimSet> limits = new LinkedHashMap<>();
            permissions.forEach(
                    permission -> permission.claims().ifPresent(claims -> limits.put(permission.name(), claims)));
            return new ClaimLimits(limits);
        }

        /** The names of its permissions, in their order. */
        public Set<String> names() {
            return permissions.stream()
                    .map(GrantedPermission::name)
                    .collect(Collectors.toCollection(LinkedHashSet::new));
        }

        public boolean isNothing() {
            return permissions.isEmpty() && details.isEmpty();
        }
    }

    /** For how long a consent is good. */
    public enum Kind {
        /** Until it ends. */
        STANDING,
        /** For the first token that comes of it: its permissions are asked for each time. */
        ONE_TIME
    }

    /**
     * What a consent's tokens hang on.
     *
     * @param userSessionId Keycloak's user session
     * @param own whether it was made for this consent alone, as in CIBA; otherwise it is the customer's login, and the
     *     consent's tokens are all those of its client in the customer's logins
     */
    public record TokenSession(String userSessionId, boolean own) {

        /** The customer's logins, where it is not known in which of them it was granted. */
        public static final TokenSession UNKNOWN = new TokenSession("unknown", false);

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
