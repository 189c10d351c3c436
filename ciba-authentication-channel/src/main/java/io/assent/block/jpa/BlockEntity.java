package io.assent.block.jpa;

import io.assent.block.Block;
import io.assent.server.Parties;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.time.Instant;

/** The row of a {@link Block}. */
@Entity
@Table(name = "CONSENT_BLOCK")
@IdClass(BlockEntity.Key.class)
public class BlockEntity {

    @Id
    @Column(name = "REALM_ID", length = 36)
    private String realmId;

    @Id
    @Column(name = "USER_ID", length = 255)
    private String userId;

    @Id
    @Column(name = "CLIENT_ID", length = 36)
    private String clientId;

    @Column(name = "BLOCKED_AT", nullable = false)
    private long blockedAt;

    @Column(name = "REPORTED_AT")
    private Long reportedAt;

    protected BlockEntity() {}

    BlockEntity(Block block) {
        realmId = block.parties().realmId();
        userId = block.parties().userId();
        clientId = block.parties().clientId();
        blockedAt = block.since().toEpochMilli();
        reportedAt = block.reported() ? block.reportedAt().toEpochMilli() : null;
    }

    /** The first report counts. */
    void report(Instant now) {
        if (reportedAt == null) {
            reportedAt = now.toEpochMilli();
        }
    }

    Block toBlock() {
        return new Block(
                new Parties(realmId, clientId, userId),
                Instant.ofEpochMilli(blockedAt),
                reportedAt == null ? null : Instant.ofEpochMilli(reportedAt));
    }

    static Key key(Parties parties) {
        return new Key(parties.realmId(), parties.userId(), parties.clientId());
    }

    /** Whose block it is, and of whom. */
    public record Key(String realmId, String userId, String clientId) implements Serializable {}
}
