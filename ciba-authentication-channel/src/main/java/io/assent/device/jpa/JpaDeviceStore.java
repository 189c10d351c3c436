package io.assent.device.jpa;

import io.assent.device.Device;
import io.assent.device.DeviceStore;
import io.assent.push.Platforms;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.keycloak.common.util.Time;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.ModelDuplicateException;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.utils.KeycloakModelUtils;

/** Keeps devices in Keycloak's database. */
final class JpaDeviceStore implements DeviceStore {

    private final KeycloakSession session;
    private final EntityManager em;
    private final Platforms platforms;

    JpaDeviceStore(KeycloakSession session, EntityManager em, Platforms platforms) {
        this.session = session;
        this.em = em;
        this.platforms = platforms;
    }

    @Override
    public Registration register(RealmModel realm, UserModel user, Device device) {
        DeviceEntity.Key key = key(realm, user, device.id());
        try {
            return save(key, device);
        } catch (ModelDuplicateException registeredMeanwhile) {
            return save(key, device);
        }
    }

    private Registration save(DeviceEntity.Key key, Device device) {
        return KeycloakModelUtils.runJobInTransactionWithResult(
                session.getKeycloakSessionFactory(),
                own -> save(own.getProvider(JpaConnectionProvider.class).getEntityManager(), key, device));
    }

    private static Registration save(EntityManager own, DeviceEntity.Key key, Device device) {
        DeviceEntity known = own.find(DeviceEntity.class, key, LockModeType.PESSIMISTIC_WRITE);
        if (known == null && countOfOthers(own, key, device) >= MAX_DEVICES) {
            return new Registration.TooMany();
        }
        own.createQuery("delete from DeviceEntity d where d.realmId = :realm and d.pushTokenHash = :hash"
                        + " and d.platform = :platform and not (d.userId = :user and d.id = :id)")
                .setParameter("realm", key.realmId())
                .setParameter("hash", PushTokenHash.of(device.pushToken()))
                .setParameter("platform", device.platform())
                .setParameter("user", key.userId())
                .setParameter("id", key.id())
                .executeUpdate();
        if (known != null) {
            known.refresh(device);
            return new Registration.Registered(known.toDevice(), false);
        }
        DeviceEntity created = new DeviceEntity(key, device);
        own.persist(created);
        own.flush();
        return new Registration.Registered(created.toDevice(), true);
    }

    /** Without the one that had the push token before, and makes room. */
    private static long countOfOthers(EntityManager own, DeviceEntity.Key key, Device device) {
        return own.createQuery(
                        "select count(d) from DeviceEntity d where d.realmId = :realm and d.userId = :user"
                                + " and (d.pushTokenHash is null or d.pushTokenHash <> :hash)",
                        Long.class)
                .setParameter("realm", key.realmId())
                .setParameter("user", key.userId())
                .setParameter("hash", PushTokenHash.of(device.pushToken()))
                .getSingleResult();
    }

    @Override
    public void recordVendorHandle(String realmId, String userId, Device device, String vendorHandle) {
        whileTokenIs(device, realmId, userId, "d.vendorHandle = :value", vendorHandle);
    }

    @Override
    public void disable(String realmId, String userId, Device device) {
        whileTokenIs(device, realmId, userId, "d.disabledAt = :value", Time.currentTimeMillis());
    }

    private void whileTokenIs(Device device, String realmId, String userId, String change, Object value) {
        em.createQuery("update DeviceEntity d set " + change + " where d.realmId = :realm and d.userId = :user"
                        + " and d.id = :id and d.pushTokenHash = :hash")
                .setParameter("value", value)
                .setParameter("realm", realmId)
                .setParameter("user", userId)
                .setParameter("id", device.id())
                .setParameter("hash", PushTokenHash.of(device.pushToken()))
                .executeUpdate();
    }

    @Override
    public Set<String> platforms(RealmModel realm) {
        return platforms.of(realm);
    }

    @Override
    public List<Device> list(RealmModel realm, UserModel user) {
        return em
                .createQuery(
                        "select d from DeviceEntity d where d.realmId = :realm and d.userId = :user"
                                + " order by d.registeredAt, d.id",
                        DeviceEntity.class)
                .setParameter("realm", realm.getId())
                .setParameter("user", user.getId())
                .getResultList()
                .stream()
                .map(DeviceEntity::toDevice)
                .toList();
    }

    @Override
    public Optional<Device> find(RealmModel realm, UserModel user, String id) {
        return Optional.ofNullable(em.find(DeviceEntity.class, key(realm, user, id)))
                .map(DeviceEntity::toDevice);
    }

    @Override
    public void remove(RealmModel realm, UserModel user, String id) {
        em.createQuery("delete from DeviceEntity d where d.realmId = :realm and d.userId = :user and d.id = :id")
                .setParameter("realm", realm.getId())
                .setParameter("user", user.getId())
                .setParameter("id", id)
                .executeUpdate();
    }

    @Override
    public void removeAll(RealmModel realm) {
        em.createQuery("delete from DeviceEntity d where d.realmId = :realm")
                .setParameter("realm", realm.getId())
                .executeUpdate();
    }

    @Override
    public void removeAll(RealmModel realm, UserModel user) {
        em.createQuery("delete from DeviceEntity d where d.realmId = :realm and d.userId = :user")
                .setParameter("realm", realm.getId())
                .setParameter("user", user.getId())
                .executeUpdate();
    }

    @Override
    public void close() {}

    private static DeviceEntity.Key key(RealmModel realm, UserModel user, String id) {
        return new DeviceEntity.Key(realm.getId(), user.getId(), id);
    }
}
