package io.assent.device.jpa;

import io.assent.device.Device;
import io.assent.device.DeviceStore;
import io.assent.server.Customer;
import io.assent.server.ServerTime;
import io.assent.server.Sha256;
import io.assent.sql.EntityReader;
import io.assent.sql.SqlQuery;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.keycloak.models.KeycloakSessionFactory;

/** Keeps devices in Keycloak's database. */
final class JpaDeviceStore implements DeviceStore {

    private static final List<String> TABLES = List.of("DeviceEntity", "DeviceOwnerEntity", "GoneDeviceEntity");

    private static final EntityReader<DeviceEntity> ROWS = new EntityReader<>(DeviceEntity.class);

    /** In SQL: with each other number of customers Hibernate would translate the same query anew. */
    private static final String OF_CUSTOMERS = "select " + ROWS.columns()
            + " from {h-schema}CONSENT_DEVICE where REALM_ID = :realm and USER_ID in (%s) order by REGISTERED_AT, ID";

    /** In SQL: each answer asks it, and Hibernate's own way takes as long as the database does. */
    private static final String REGISTERED_IN = "select ID from {h-schema}CONSENT_DEVICE where REALM_ID = :realm"
            + " and USER_ID = :user and SESSION_ID = :session order by REGISTERED_AT, ID limit 1";

    private final EntityManager em;
    private final KeycloakSessionFactory sessions;

    JpaDeviceStore(EntityManager em, KeycloakSessionFactory sessions) {
        this.em = em;
        this.sessions = sessions;
    }

    @Override
    public void lock(Customer customer) {
        DeviceOwnerEntity.Key key = new DeviceOwnerEntity.Key(customer.realmId(), customer.userId());
        if (em.find(DeviceOwnerEntity.class, key, LockModeType.PESSIMISTIC_WRITE) == null) {
            em.persist(new DeviceOwnerEntity(key));
            em.flush();
        }
    }

    @Override
    public List<Device> list(Customer customer) {
        return em
                .createQuery(
                        "select d from DeviceEntity d where d.realmId = :realm and d.userId = :user"
                                + " order by d.registeredAt, d.id",
                        DeviceEntity.class)
                .setParameter("realm", customer.realmId())
                .setParameter("user", customer.userId())
                .getResultList()
                .stream()
                .map(DeviceEntity::toDevice)
                .toList();
    }

    @Override
    public List<OwnedDevice> listCommitted(String realmId, Collection<String> userIds) {
        if (userIds.isEmpty()) {
            return List.of();
        }
        return SqlQuery.of(em, OF_CUSTOMERS.formatted(SqlQuery.places("user", userIds.size())))
                .set("realm", realmId)
                .setEach("user", List.copyOf(userIds))
                .listCommitted(sessions, ROWS)
                .stream()
                .map(DeviceEntity::toOwnedDevice)
                .toList();
    }

    @Override
    public Optional<String> registeredIn(Customer customer, String sessionId) {
        return SqlQuery.of(em, REGISTERED_IN)
                .set("realm", customer.realmId())
                .set("user", customer.userId())
                .set("session", sessionId)
                .list(row -> row.getString(1))
                .stream()
                .findFirst();
    }

    @Override
    public Optional<Device> find(Customer customer, String id) {
        return Optional.ofNullable(em.find(DeviceEntity.class, key(customer, id)))
                .map(DeviceEntity::toDevice);
    }

    @Override
    public Optional<Device> findForUpdate(Customer customer, String id) {
        return Optional.ofNullable(em.find(DeviceEntity.class, key(customer, id), LockModeType.PESSIMISTIC_WRITE))
                .map(DeviceEntity::toDevice);
    }

    @Override
    public List<OwnedDevice> withPushToken(String realmId, String platform, String pushToken) {
        return em
                .createQuery(
                        "select d from DeviceEntity d where d.pushTokenHash = :hash and d.realmId = :realm"
                                + " and d.platform = :platform",
                        DeviceEntity.class)
                .setParameter("hash", Sha256.of(pushToken))
                .setParameter("realm", realmId)
                .setParameter("platform", platform)
                .getResultList()
                .stream()
                .map(DeviceEntity::toOwnedDevice)
                .toList();
    }

    @Override
    public Device add(Customer customer, Device device) {
        DeviceEntity row = new DeviceEntity(key(customer, device.id()), device);
        em.persist(row);
        em.flush();
        return row.toDevice();
    }

    @Override
    public Device update(Customer customer, Device device) {
        DeviceEntity row = em.find(DeviceEntity.class, key(customer, device.id()));
        row.refresh(device);
        return row.toDevice();
    }

    @Override
    public boolean recordVendorHandle(Customer customer, Device device, String vendorHandle) {
        return whileTokenIs(customer, device, "d.vendorHandle = :value", vendorHandle, "");
    }

    @Override
    public boolean disable(Customer customer, Device device) {
        return whileTokenIs(
                customer,
                device,
                "d.disabledAt = :value",
                ServerTime.now().toEpochMilli(),
                " and d.disabledAt is null");
    }

    @Override
    public boolean moveAway(OwnedDevice owned) {
        return em.createQuery("update DeviceEntity d set d.movedAt = :now, d.pushToken = '', d.pushTokenHash = null,"
                                + " d.vendorHandle = null, d.disabledAt = null, d.nonceHash = null, d.nonceUntil = null"
                                + " where d.realmId = :realm and d.userId = :user and d.id = :id"
                                + " and d.pushTokenHash = :hash")
                        .setParameter("now", ServerTime.now().toEpochMilli())
                        .setParameter("realm", owned.customer().realmId())
                        .setParameter("user", owned.customer().userId())
                        .setParameter("id", owned.device().id())
                        .setParameter("hash", Sha256.of(owned.device().pushToken()))
                        .executeUpdate()
                == 1;
    }

    @Override
    public boolean recordNonce(Customer customer, Device device, String nonceHash) {
        return whileTokenIs(customer, device, "d.nonceHash = :value", nonceHash, " and d.nonceUntil is not null");
    }

    private boolean whileTokenIs(Customer customer, Device device, String change, Object value, String condition) {
        return em.createQuery("update DeviceEntity d set " + change + " where d.realmId = :realm and d.userId = :user"
                                + " and d.id = :id and d.pushTokenHash = :hash" + condition)
                        .setParameter("value", value)
                        .setParameter("realm", customer.realmId())
                        .setParameter("user", customer.userId())
                        .setParameter("id", device.id())
                        .setParameter("hash", Sha256.of(device.pushToken()))
                        .executeUpdate()
                == 1;
    }

    @Override
    public boolean remove(Customer customer, String id) {
        return em.createQuery("delete from DeviceEntity d where d.realmId = :realm and d.userId = :user and d.id = :id")
                        .setParameter("realm", customer.realmId())
                        .setParameter("user", customer.userId())
                        .setParameter("id", id)
                        .executeUpdate()
                == 1;
    }

    @Override
    public void add(GoneDevice gone) {
        em.persist(new GoneDeviceEntity(gone));
    }

    @Override
    public Optional<GoneDevice> findGone(String id) {
        return Optional.ofNullable(em.find(GoneDeviceEntity.class, id)).map(GoneDeviceEntity::toGoneDevice);
    }

    @Override
    public void forgetGone(String id) {
        em.createQuery("delete from GoneDeviceEntity d where d.id = :id")
                .setParameter("id", id)
                .executeUpdate();
    }

    @Override
    public void removeAll(String realmId) {
        for (String rows : TABLES) {
            em.createQuery("delete from " + rows + " d where d.realmId = :realm")
                    .setParameter("realm", realmId)
                    .executeUpdate();
        }
    }

    @Override
    public void removeAll(Customer customer) {
        for (String rows : TABLES) {
            em.createQuery("delete from " + rows + " d where d.realmId = :realm and d.userId = :user")
                    .setParameter("realm", customer.realmId())
                    .setParameter("user", customer.userId())
                    .executeUpdate();
        }
    }

    @Override
    public void close() {}

    private static DeviceEntity.Key key(Customer customer, String id) {
        return new DeviceEntity.Key(customer.realmId(), customer.userId(), id);
    }
}
