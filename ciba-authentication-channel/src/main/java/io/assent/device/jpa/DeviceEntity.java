package io.assent.device.jpa;

import io.assent.device.Device;
import io.assent.device.DeviceKey;
import io.assent.device.DeviceState;
import io.assent.device.DeviceStore.OwnedDevice;
import io.assent.device.EnrolledKey;
import io.assent.device.attestation.KeyAttestation;
import io.assent.server.Customer;
import io.assent.server.Sha256;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.time.Instant;
import java.util.Optional;

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

    @Column(name = "MOVED_AT")
    private Long movedAt;

    @Column(name = "NONCE_HASH", length = 64)
    private String nonceHash;

    @Column(name = "NONCE_UNTIL")
    private Long nonceUntil;

    @Column(name = "NONCE_WRONG", nullable = false)
    private int nonceWrong;

    @Column(name = "DEVICE_KEY", length = 255)
    private String key;

    @Column(name = "KEY_USED_AT")
    private Long keyUsedAt;

    @Column(name = "ATTESTATION_FORMAT", length = 20)
    private String attestationFormat;

    @Column(name = "ATTESTATION_LEVEL", length = 10)
    private String attestationLevel;

    @Column(name = "ATTESTATION_VERIFIES_USER")
    private Boolean attestationVerifiesUser;

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
        if (!(device.state() instanceof DeviceState.Disabled)) {
            disabledAt = null;
        }
        movedAt = device.state() instanceof DeviceState.Moved moved
                ? (Long) moved.at().toEpochMilli()
                : null;
        refreshProof(device.state());
        key = device.enrolledKey().map(has -> has.key().jwk()).orElse(null);
        keyUsedAt = device.enrolledKey().map(has -> has.usedAt().toEpochMilli()).orElse(null);
        refreshAttestation(device.enrolledKey()
                .map(EnrolledKey::attestation)
                .filter(attestation -> attestation.level() != KeyAttestation.Level.NONE));
    }

    private void refreshAttestation(Optional<KeyAttestation> attestation) {
        attestationFormat = attestation.map(KeyAttestation::format).orElse(null);
        attestationLevel =
                attestation.map(KeyAttestation::level).map(Enum::name).orElse(null);
        attestationVerifiesUser =
                attestation.map(KeyAttestation::userVerification).orElse(null);
    }

    private KeyAttestation attestation() {
        return attestationFormat == null
                ? KeyAttestation.NONE
                : new KeyAttestation(
                        attestationFormat, KeyAttestation.Level.valueOf(attestationLevel), attestationVerifiesUser);
    }

    private void refreshProof(DeviceState state) {
        nonceHash = null;
        nonceUntil = null;
        nonceWrong = 0;
        if (state instanceof DeviceState.Proving proving) {
            nonceHash = proving.nonceHash().orElse(null);
            nonceUntil = proving.until().toEpochMilli();
            nonceWrong = proving.wrong();
        } else if (state instanceof DeviceState.Active active) {
            nonceHash = active.provedBy().orElse(null);
        }
    }

    private DeviceState state() {
        if (movedAt != null) {
            return new DeviceState.Moved(Instant.ofEpochMilli(movedAt));
        }
        if (disabledAt != null) {
            return new DeviceState.Disabled();
        }
        return nonceUntil != null
                ? new DeviceState.Proving(Optional.ofNullable(nonceHash), Instant.ofEpochMilli(nonceUntil), nonceWrong)
                : new DeviceState.Active(Optional.ofNullable(nonceHash));
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
                state(),
                Optional.ofNullable(key)
                        .map(jwk ->
                                new EnrolledKey(DeviceKey.parse(jwk), Instant.ofEpochMilli(keyUsedAt), attestation())));
    }

    OwnedDevice toOwnedDevice() {
        return new OwnedDevice(new Customer(realmId, userId), toDevice());
    }

    /** A device's id is its app's choice, so it is unique for one customer only. */
    public record Key(String realmId, String userId, String id) implements Serializable {}
}
