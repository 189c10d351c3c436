package io.assent.device.jpa;

import io.assent.device.Device;
import io.assent.device.DeviceStore.GoneDevice;
import io.assent.server.Customer;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/** The row of a {@link GoneDevice}: what reaches it, in its language, and nothing else of what it was. */
@Entity
@Table(name = "CONSENT_GONE_DEVICE")
public class GoneDeviceEntity {

    @Id
    @Column(name = "ID", length = 36)
    private String id;

    @Column(name = "REALM_ID", length = 36, nullable = false)
    private String realmId;

    @Column(name = "USER_ID", length = 255, nullable = false)
    private String userId;

    @Column(name = "DEVICE_ID", length = 36, nullable = false)
    private String deviceId;

    @Column(name = "PLATFORM", length = 20, nullable = false)
    private String platform;

    @Column(name = "PUSH_TOKEN", columnDefinition = "TEXT", nullable = false)
    private String pushToken;

    @Column(name = "ADDRESS", length = 512)
    private String vendorHandle;

    @Column(name = "LOCALE", length = 35)
    private String locale;

    @Column(name = "EXPIRES_AT", nullable = false)
    private long expiresAt;

    protected GoneDeviceEntity() {}

    GoneDeviceEntity(GoneDevice gone) {
        id = gone.id();
        realmId = gone.customer().realmId();
        userId = gone.customer().userId();
        deviceId = gone.device().id();
        platform = gone.device().platform();
        pushToken = gone.device().pushToken();
        vendorHandle = gone.device().vendorHandle();
        locale = gone.device().locale();
        expiresAt = gone.until().toEpochMilli();
    }

    GoneDevice toGoneDevice() {
        Instant until = Instant.ofEpochMilli(expiresAt);
        return new GoneDevice(
                id,
                new Customer(realmId, userId),
                new Device(deviceId, platform, pushToken, null, locale, null, until, vendorHandle, false),
                until);
    }
}
