package io.assent.device.jpa;

import io.assent.device.Device;
import io.assent.device.DeviceStore.OwnedDevice;
import io.assent.server.Customer;
import io.assent.server.Sha256;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.time.Instant;

/** The row of a {@link Device}. */
@Entity
@Table(name = "CONSENT_DEVICE")
@IdClass(DeviceEntity.Key.class)
public class DeviceEntity {

    @Id
    @Column(name = "REALM_ID", length = 36)
    private String realmId;

    @Id
    @Column(name = "USER_ID", length = 255)
    private String userId;

    @Id
    @Column(name = "ID", length = 36)
    private String id;

    @Column(name = "PLATFORM", length = 20, nullable = false)
    private String platform;

    @Column(name = "PUSH_TOKEN", columnDefinition = "TEXT", nullable = false)
    private String pushToken;

    @Column(name = "LABEL", length = 255)
    private String label;

    @Column(name = "LOCALE", length = 35)
    private String locale;

    @Column(name = "SESSION_ID", length = 255)
    private String sessionId;

    @Column(name = "REGISTERED_AT", nullable = false)
    private long registeredAt;

    @Column(name = "PUSH_TOKEN_HASH", length = 64)
    private String pushTokenHash;

    @Column(name = "ADDRESS", length = 512)
    private String vendorHandle;

    @Column(name = "DISABLED_AT")
    private Long disabledAt;

    protected DeviceEntity() {}

    DeviceEntity(Key key, Device device) {
        realmId = key.realmId();
        userId = key.userId();
        id = key.id();
        registeredAt = device.registeredAt().toEpochMilli();
        refresh(device);
    }

    final void refresh(Device device) {
        platform = device.platform();
        pushToken = device.pushToken();
        pushTokenHash = Sha256.of(device.pushToken());
        label = device.label();
        locale = device.locale();
        sessionId = device.sessionId();
        vendorHandle = device.vendorHandle();
        if (!device.disabled()) {
            disabledAt = null;
        }
    }

    Device toDevice() {
        return new Device(
                id,
                platform,
                pushToken,
                label,
                locale,
                sessionId,
                Instant.ofEpochMilli(registeredAt),
                vendorHandle,
                disabledAt != null);
    }

    OwnedDevice toOwnedDevice() {
        return new OwnedDevice(new Customer(realmId, userId), toDevice());
    }

    /** A device's id is its app's choice, so it is unique for one customer only. */
    public record Key(String realmId, String userId, String id) implements Serializable {}
}
