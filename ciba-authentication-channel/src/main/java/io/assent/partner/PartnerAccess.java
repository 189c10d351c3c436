package io.assent.partner;

import io.assent.server.Parties;
import io.assent.server.Position;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * What the bank may see of a customer at a partner, or is to be allowed to see.
 *
 * @param parties the customer, and the client that the partner is in this realm
 * @param providerId the identity provider that the partner is, by the id that Keycloak gives to no other one; empty
 *     where it is gone, and where nobody noted it: what such an access is about is told to nobody
 * @param alias of the identity provider; once it is gone, another one may have it
 * @param asked the scopes that the customer chose
 * @param granted those that the partner's token is for; none before it is {@link Status#CONNECTED}
 * @param createdAt when the customer chose them
 * @param connectedAt when the partner gave its token, or {@code null}
 * @param end how it ended, or {@code null}
 */
public record PartnerAccess(
        String id,
        Parties parties,
        String providerId,
        String alias,
        Set<String> asked,
        Set<String> granted,
        Status status,
        Instant createdAt,
        Instant connectedAt,
        End end) {

    /** The required action that takes a browser to the partner; an app names it as {@code kc_action}. */
    public static final String ACTION = "consent-partner";

    /** How long the customer has to be through at the partner. */
    public static final Duration WISH_VALIDITY = Duration.ofHours(1);

    public PartnerAccess {
        asked = Set.copyOf(asked);
        granted = Set.copyOf(granted);
    }

    /** What stands. */
    public enum Status {
        /** The customer chose, and is not through at the partner. */
        WANTED,
        /** The partner gave a token. */
        CONNECTED,
        /** The bank sees nothing any more. */
        ENDED
    }

    /** Whose word ended it. */
    public enum Ender {
        CUSTOMER,
        STAFF,
        /** The partner takes the token no more. */
        PARTNER,
        /** The client or the identity provider is gone. */
        SYSTEM,
        /** A later answer of the customer took its place. */
        REPLACED
    }

    /** An end. */
    public record End(Ender by, Instant at) {}

    /** Whether the customer can still go to the partner by it. */
    boolean isOpen(Instant now) {
        return status == Status.WANTED && now.isBefore(createdAt.plus(WISH_VALIDITY));
    }

    PartnerAccess withId(String other) {
        return new PartnerAccess(
                other, parties, providerId, alias, asked, granted, status, createdAt, connectedAt, end);
    }

    PartnerAccess connected(Set<String> scopes, Instant at) {
        return new PartnerAccess(id, parties, providerId, alias, asked, scopes, Status.CONNECTED, createdAt, at, null);
    }

    PartnerAccess ended(End last) {
        return new PartnerAccess(
                id, parties, providerId, alias, asked, granted, Status.ENDED, createdAt, connectedAt, last);
    }

    public Optional<End> findEnd() {
        return Optional.ofNullable(end);
    }

    /** Its place in a list. */
    public Position position() {
        return new Position(createdAt, id);
    }
}
