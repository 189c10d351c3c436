package io.assent.device.jpa;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;

/**
 * A row to hold on to while a customer's devices are counted: a user of a federated store has none in Keycloak's own
 * tables.
 */
@Entity
@Table(name = "CONSENT_DEVICE_OWNER")
@IdClass(DeviceOwnerEntity.Key.class)
public class DeviceOwnerEntity {

    @Id
    @Column(name = "REALM_ID", length = 36)
    private String realmId;

    @Id
    @Column(name = "USER_ID", length = 255)
    private String userId;

    protected DeviceOwnerEntity() {}

    DeviceOwnerEntity(Key key) {
        realmId = key.realmId();
        userId = key.userId();
    }

    /** A customer. */
    public record Key(String realmId, String userId) implements Serializable {}
}
