package io.assent.partner.jpa;

import io.assent.partner.PartnerAccess;
import io.assent.partner.PartnerAccess.End;
import io.assent.partner.PartnerAccess.Ender;
import io.assent.partner.PartnerAccess.Status;
import io.assent.permission.Scopes;
import io.assent.server.Parties;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Objects;

/** The row of a {@link PartnerAccess}. */
@Entity
@Table(name = "CONSENT_PARTNER_ACCESS")
public class PartnerAccessEntity {

    @Id
    @Column(name = "ID", length = 36)
    private String id;

    @Column(name = "REALM_ID", length = 36, nullable = false)
    private String realmId;

    @Column(name = "USER_ID", length = 255, nullable = false)
    private String userId;

    @Column(name = "CLIENT_ID", length = 36, nullable = false)
    private String clientId;

    @Column(name = "PROVIDER_ID", length = 36)
    private String providerId;

    @Column(name = "ALIAS", length = 255, nullable = false)
    private String alias;

    @Enumerated(EnumType.STRING)
    @Column(name = "STATUS", length = 16, nullable = false)
    private Status status;

    @Column(name = "ASKED", columnDefinition = "TEXT", nullable = false)
    private String asked;

    @Column(name = "GRANTED", columnDefinition = "TEXT")
    private String granted;

    @Column(name = "CREATED_AT", nullable = false)
    private long createdAt;

    @Column(name = "CONNECTED_AT")
    private Long connectedAt;

    @Column(name = "ENDED_AT")
    private Long endedAt;

    @Enumerated(EnumType.STRING)
    @Column(name = "ENDED_BY", length = 16)
    private Ender endedBy;

    @Column(name = "REFRESHING_UNTIL")
    private Long refreshingUntil;

    /** Since when listeners are to be told that it ended; {@code null} where there is nothing to tell any more. */
    @Column(name = "UNTOLD_SINCE")
    private Long untoldSince;

    protected PartnerAccessEntity() {}

    PartnerAccessEntity(PartnerAccess access) {
        id = access.id();
        realmId = access.parties().realmId();
        userId = access.parties().userId();
        clientId = access.parties().clientId();
        providerId = access.providerId();
        alias = access.alias();
        status = access.status();
        asked = Scopes.join(access.asked());
        granted = Scopes.join(access.granted());
        createdAt = access.createdAt().toEpochMilli();
        connectedAt = access.connectedAt() == null ? null : access.connectedAt().toEpochMilli();
    }

    PartnerAccess toAccess() {
        return new PartnerAccess(
                id,
                new Parties(realmId, clientId, userId),
                Objects.requireNonNullElse(providerId, ""),
                alias,
                Scopes.split(asked),
                Scopes.split(granted),
                status,
                Instant.ofEpochMilli(createdAt),
                connectedAt == null ? null : Instant.ofEpochMilli(connectedAt),
                endedAt == null ? null : new End(endedBy, Instant.ofEpochMilli(endedAt)));
    }
}
