package io.assent.consent.jpa;

import io.assent.claim.ClaimLimits;
import io.assent.consent.Actor;
import io.assent.consent.ClientName;
import io.assent.consent.Consent;
import io.assent.consent.ConsentStatus;
import io.assent.consent.GrantedPermission;
import io.assent.consent.Term;
import io.assent.detail.Details;
import io.assent.server.Parties;
import io.assent.server.Sha256;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The row of a {@link Consent}, to be read: {@link NewConsent} writes it, and after that conditional updates alone. */
@Entity
@Table(name = "CONSENT")
public class ConsentEntity {

    @Id
    @Column(name = "ID", length = 36)
    private String id;

    @Column(name = "REALM_ID", length = 36, nullable = false)
    private String realmId;

    @Column(name = "CLIENT_ID", length = 36, nullable = false)
    private String clientId;

    @Column(name = "USER_ID", length = 255, nullable = false)
    private String userId;

    @Column(name = "REQUEST_ID", length = 36, nullable = false)
    private String requestId;

    @Column(name = "PERMISSIONS", columnDefinition = "TEXT", nullable = false)
    private String permissions;

    @Column(name = "SCOPE_IDS", columnDefinition = "TEXT", nullable = false)
    private String scopeIds;

    @Column(name = "CLAIMS", columnDefinition = "TEXT")
    private String claims;

    @Column(name = "DETAILS", columnDefinition = "TEXT")
    private String details;

    @Column(name = "USER_SESSION_ID", length = 255, nullable = false)
    private String userSessionId;

    @Column(name = "OWN_SESSION", nullable = false)
    private boolean ownSession;

    @Column(name = "SLOT", length = 64, nullable = false)
    private String slot;

    @Enumerated(EnumType.STRING)
    @Column(name = "KIND", length = 10, nullable = false)
    private Consent.Kind kind;

    @Enumerated(EnumType.STRING)
    @Column(name = "STATUS", length = 10, nullable = false)
    private ConsentStatus status;

    @Column(name = "GRANTED_AT", nullable = false)
    private long grantedAt;

    @Column(name = "VALID_UNTIL")
    private Long validUntil;

    /** {@code null} in rows of the first version, which were never confirmed. */
    @Column(name = "CONFIRMED_AT")
    private Long confirmedAt;

    @Column(name = "CONFIRM_BY")
    private Long confirmBy;

    @Column(name = "REMIND_AT")
    private Long remindAt;

    @Column(name = "LAST_USED_AT")
    private Long lastUsedAt;

    @Enumerated(EnumType.STRING)
    @Column(name = "ENDED_BY", length = 10)
    private Actor endedBy;

    @Column(name = "ENDED_AT")
    private Long endedAt;

    @Column(name = "VERSION", nullable = false)
    private int version;

    @Column(name = "OAUTH_CLIENT_ID", length = 255)
    private String oauthClientId;

    @Column(name = "CLIENT_NAME", length = 255)
    private String clientName;

    protected ConsentEntity() {}

    Optional<ClientName> grantedTo() {
        return Optional.ofNullable(oauthClientId).map(clientIdThen -> new ClientName(clientIdThen, clientName));
    }

    Consent toConsent() {
        return new Consent(
                id,
                new Parties(realmId, clientId, userId),
                requestId,
                new Consent.Access(granted(), Details.parse(details)),
                new Consent.TokenSession(userSessionId, ownSession),
                kind,
                status,
                new Term(
                        Instant.ofEpochMilli(grantedAt),
                        instant(validUntil),
                        instant(confirmedAt == null ? (Long) grantedAt : confirmedAt),
                        instant(confirmBy),
                        instant(remindAt)),
                instant(lastUsedAt),
                endedAt == null ? null : new Consent.End(endedBy, Instant.ofEpochMilli(endedAt)),
                version);
    }

    private static Instant instant(Long millis) {
        return millis == null ? null : Instant.ofEpochMilli(millis);
    }

    private List<GrantedPermission> granted() {
        List<String> names = split(permissions);
        List<String> ids = split(scopeIds);
        ClaimLimits limits = ClaimLimits.parse(claims);
        return IntStream.range(0, names.size())
                .mapToObj(index -> new GrantedPermission(ids.get(index), names.get(index), limits.of(names.get(index))))
                .toList();
    }

    /** Taken once: a customer and a client have one live consent that hangs on the customer's own logins. */
    static String slot(Consent consent) {
        return consent.session().own() || consent.isOneTime() ? consent.id() : slot(consent.parties());
    }

    private static String slot(Parties parties) {
        return Sha256.of(parties.realmId() + ' ' + parties.clientId() + ' ' + parties.userId());
    }

    static String names(Collection<GrantedPermission> permissions) {
        return permissions.stream().map(GrantedPermission::name).collect(Collectors.joining(" "));
    }

    static String scopeIds(Collection<GrantedPermission> permissions) {
        return permissions.stream().map(GrantedPermission::scopeId).collect(Collectors.joining(" "));
    }

    static List<String> split(String list) {
        return Arrays.stream(list.split(" ")).filter(item -> !item.isEmpty()).toList();
    }
}
