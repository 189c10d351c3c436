package io.assent.benchmark.channel;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.keycloak.common.util.Time;
import org.keycloak.protocol.oidc.grants.ciba.channel.CIBAAuthenticationRequest;

/** The least that a request needs to survive a restart: one row, found by its primary key. */
@Entity
@Table(name = "BENCHMARK_ROW")
public class RowEntity {

    @Id
    @Column(name = "ID", length = 36)
    private String id;

    @Column(name = "REALM_ID", length = 36, nullable = false)
    private String realmId;

    @Column(name = "CLIENT_ID", length = 36, nullable = false)
    private String clientId;

    @Column(name = "USER_ID", length = 255, nullable = false)
    private String userId;

    @Column(name = "SCOPE", columnDefinition = "TEXT", nullable = false)
    private String scope;

    @Column(name = "CREATED_AT", nullable = false)
    private long createdAt;

    protected RowEntity() {}

    RowEntity(String realmId, CIBAAuthenticationRequest request) {
        this.id = request.getId();
        this.realmId = realmId;
        this.clientId = request.getClient().getId();
        this.userId = request.getUser().getId();
        this.scope = request.getScope();
        this.createdAt = Time.currentTimeMillis();
    }
}
