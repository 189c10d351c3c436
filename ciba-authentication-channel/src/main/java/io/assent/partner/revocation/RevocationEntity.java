package io.assent.partner.revocation;

import io.assent.server.Parties;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/** A token that a partner is to revoke. Goes once it was told, or when there is no use in it any more. */
@Entity
@Table(name = "CONSENT_PARTNER_REVOCATION")
public class RevocationEntity {

    @Id
    @Column(name = "ID", length = 36)
    private String id;

    @Column(name = "REALM_ID", length = 36, nullable = false)
    private String realmId;

    /** Only for the eye of an operator: another identity provider may have it by now. */
    @Column(name = "ALIAS", length = 255, nullable = false)
    private String alias;

    @Column(name = "PROVIDER_ID", length = 36)
    private String providerId;

    @Column(name = "TOKEN", columnDefinition = "TEXT", nullable = false)
    private String token;

    @Column(name = "HINT", length = 32, nullable = false)
    private String hint;

    @Column(name = "ACCESS_TOKEN", columnDefinition = "TEXT")
    private String accessToken;

    @Column(name = "EXPIRES_AT", nullable = false)
    private long expiresAt;

    protected RevocationEntity() {}

    RevocationEntity(Origin origin, Revocable token, Instant expiresAt) {
        id = UUID.randomUUID().toString();
        realmId = origin.parties().realmId();
        alias = origin.alias();
        providerId = origin.providerId();
        this.token = token.token();
        hint = token.hint();
        accessToken = token.accessToken();
        this.expiresAt = expiresAt.toEpochMilli();
    }

    public String id() {
        return id;
    }

    /** Whom it is told; empty where the row is of a build that noted an alias alone. */
    public Optional<String> providerId() {
        return Optional.ofNullable(providerId);
    }

    /** Where a token comes from that is revoked after this one. */
    public Origin origin(Parties parties) {
        return new Origin(parties, Objects.requireNonNullElse(providerId, ""), alias);
    }

    public Revocable token() {
        return new Revocable(token, hint, accessToken);
    }
}
