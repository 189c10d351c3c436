package io.assent.ciba.ping;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** What a ping to the client carries; gone once the ping is settled, and with its consent request. */
@Entity
@Table(name = "CIBA_PING")
public class PingEntity {

    @Id
    @Column(name = "REQUEST_ID", length = 36)
    private String requestId;

    @Column(name = "AUTH_REQ_ID", columnDefinition = "TEXT", nullable = false)
    private String authReqId;

    @Column(name = "CLIENT_NOTIFICATION_TOKEN", length = 1024, nullable = false)
    private String clientNotificationToken;

    protected PingEntity() {}

    PingEntity(String requestId, String authReqId, String clientNotificationToken) {
        this.requestId = requestId;
        this.authReqId = authReqId;
        this.clientNotificationToken = clientNotificationToken;
    }

    String authReqId() {
        return authReqId;
    }

    String clientNotificationToken() {
        return clientNotificationToken;
    }
}
