package io.assent.partner.revocation;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
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

    @Column(name = "ALIAS", length = 255, nullable = false)
    private String alias;

    @Column(name = "TOKEN", columnDefinition = "TEXT", nullable = false)
    private String token;

    @Column(name = "HINT", length = 32, nullable = false)
    private String hint;

    @Column(name = "ACCESS_TOKEN", columnDefinition = "TEXT")
    private String accessToken;

    @Column(name = "EXPIRES_AT", nullable = false)
    private long expiresAt;

    protected RevocationEntity() {}

    RevocationEntity(String realmId, String alias, Revocable token, Instant expiresAt) {
        id = UUID.randomUUID().toString();
        this.realmId = realmId;
        this.alias = alias;
        this.token = token.token();
        hint = token.hint();
        accessToken = token.accessToken();
        this.expiresAt = expiresAt.toEpochMilli();
    }

    public String id() {
        return id;
    }

    public String alias() {
        return alias;
    }

    public Revocable token() {
        return new Revocable(token, hint, accessToken);
    }
}
