package io.assent.device.jpa;

import io.assent.device.Device;
import io.assent.device.DeviceStore;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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
    public boolean register(RealmModel realm, UserModel user, Device device) {
        DeviceEntity.Key key = key(realm, user, device.id());
        try {
            return save(key, device);
        } catch (ModelDuplicateException registeredMeanwhile) {
            return save(key, device);
        }
    }

    private boolean save(DeviceEntity.Key key, Device device) {
        return KeycloakModelUtils.runJobInTransactionWithResult(session.getKeycloakSessionFactory(), own -> {
            EntityManager devices = own.getProvider(JpaConnectionProvider.class).getEntityManager();
            DeviceEntity known = devices.find(DeviceEntity.class, key, LockModeType.PESSIMISTIC_WRITE);
            if (known != null) {
                known.refresh(device);
                return false;
            }
            devices.persist(new DeviceEntity(key, device));
            devices.flush();
            return true;
        });
    }

    @Override
    public Set<String> platforms(RealmModel realm) {
        return platforms.of(realm);
    }

    @Override
    public List<Device> list(RealmModel realm, UserModel user) {
        return em.createQuery(
                        "select d from DeviceEntity d where d.realmId = :realm and d.userId = :user"
                                + " order by d.registeredAt, d.id",
                        DeviceEntity.class)
                .setParameter("realm", realm.getId())
                .setParameter("user", user.getId())
                .getResultStream()
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
