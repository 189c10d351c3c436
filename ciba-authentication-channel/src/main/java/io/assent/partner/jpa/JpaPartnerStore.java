package io.assent.partner.jpa;

import io.assent.partner.PartnerAccess;
import io.assent.partner.PartnerAccess.End;
import io.assent.partner.PartnerAccess.Status;
import io.assent.partner.PartnerStore;
import io.assent.permission.Scopes;
import io.assent.server.Customer;
import io.assent.server.Parties;
import io.assent.server.Position;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.Query;
import jakarta.persistence.TypedQuery;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.hibernate.Timeouts;
import org.hibernate.jpa.SpecHints;

/** Keeps what a bank may see at partners in Keycloak's database. */
final class JpaPartnerStore implements PartnerStore {

    private static final String OF_CUSTOMER =
            "select a from PartnerAccessEntity a where a.realmId = :realm and a.userId = :user";
    private static final String AFTER = " and a.createdAt <= :at and (a.createdAt < :at or a.id < :id)";

    private static final String END_ALL =
            "update PartnerAccessEntity a set a.status = :ended, a.endedAt = :at, a.endedBy = :by, a.untoldSince = :at";

    private final EntityManager em;

    JpaPartnerStore(EntityManager em) {
        this.em = em;
    }

    @Override
    public void add(PartnerAccess access) {
        em.persist(new PartnerAccessEntity(access));
        em.flush();
    }

    @Override
    public Optional<PartnerAccess> find(String realmId, String id) {
        return find(realmId, id, LockModeType.NONE);
    }

    @Override
    public Optional<PartnerAccess> lock(String realmId, String id) {
        return find(realmId, id, LockModeType.PESSIMISTIC_WRITE);
    }

    private Optional<PartnerAccess> find(String realmId, String id, LockModeType lock) {
        return rows(em.createQuery(
                                "select a from PartnerAccessEntity a where a.realmId = :realm and a.id = :id",
                                PartnerAccessEntity.class)
                        .setParameter("realm", realmId)
                        .setParameter("id", id)
                        .setLockMode(lock))
                .findFirst();
    }

    @Override
    public Optional<PartnerAccess> wanted(Parties parties) {
        return rows(ofCustomer(
                                parties.customer(),
                                OF_CUSTOMER + " and a.status = :status and a.clientId = :client"
                                        + " order by a.createdAt desc")
                        .setParameter("status", Status.WANTED)
                        .setParameter("client", parties.clientId())
                        .setMaxResults(1))
                .findFirst();
    }

    @Override
    public List<PartnerAccess> connected(Customer customer) {
        return rows(ofCustomer(customer, OF_CUSTOMER + " and a.status = :status order by a.createdAt desc")
                        .setParameter("status", Status.CONNECTED))
                .toList();
    }

    @Override
    public int endAllOf(String realmId, String clientId, End end) {
        return endAll(END_ALL + " where a.realmId = :realm and a.clientId = :client and a.status = :connected", end)
                .setParameter("realm", realmId)
                .setParameter("client", clientId)
                .executeUpdate();
    }

    @Override
    public int endAllBy(String realmId, String providerId, String alias, End end) {
        return endAll(
                        END_ALL + " where a.realmId = :realm and a.status = :connected and"
                                + " (a.providerId = :provider or a.providerId is null and a.alias = :alias)",
                        end)
                .setParameter("realm", realmId)
                .setParameter("provider", providerId)
                .setParameter("alias", alias)
                .executeUpdate();
    }

    @Override
    public void forgetProvider(String realmId, String providerId) {
        em.createQuery("delete from PartnerAccessEntity a where a.realmId = :realm and a.providerId = :provider"
                        + " and a.status = :wanted")
                .setParameter("realm", realmId)
                .setParameter("provider", providerId)
                .setParameter("wanted", Status.WANTED)
                .executeUpdate();
        em.createQuery("update PartnerAccessEntity a set a.providerId = null where a.realmId = :realm"
                        + " and a.providerId = :provider and a.status = :ended and a.untoldSince is not null")
                .setParameter("realm", realmId)
                .setParameter("provider", providerId)
                .setParameter("ended", Status.ENDED)
                .executeUpdate();
    }

    private Query endAll(String update, End end) {
        return em.createQuery(update)
                .setParameter("ended", Status.ENDED)
                .setParameter("at", end.at().toEpochMilli())
                .setParameter("by", end.by())
                .setParameter("connected", Status.CONNECTED);
    }

    @Override
    public List<PartnerAccess> untold(int max) {
        return rows(em.createQuery(
                                "select a from PartnerAccessEntity a where a.untoldSince is not null"
                                        + " order by a.untoldSince",
                                PartnerAccessEntity.class)
                        .setMaxResults(max))
                .toList();
    }

    /**
     * The link before the row: whoever removes a realm, an identity provider or a link locks the links and then our
     * rows, and whoever is told of an end removes its link.
     */
    @Override
    public boolean holdUntold(PartnerAccess access) {
        return holdLink(access)
                && !passingOver(em.createQuery(
                                        "select a from PartnerAccessEntity a where a.untoldSince is not null"
                                                + " and a.id = :id",
                                        PartnerAccessEntity.class)
                                .setParameter("id", access.id()))
                        .getResultList()
                        .isEmpty();
    }

    /** @return whether nobody else holds it; also where there is none */
    private boolean holdLink(PartnerAccess access) {
        return links(access, UnaryOperator.identity()) == links(access, JpaPartnerStore::passingOver);
    }

    private int links(PartnerAccess access, UnaryOperator<TypedQuery<String>> how) {
        return how.apply(em.createQuery(
                                "select f.identityProvider from FederatedIdentityEntity f where f.user.id = :user"
                                        + " and f.identityProvider = :alias",
                                String.class)
                        .setParameter("user", access.parties().userId())
                        .setParameter("alias", access.alias()))
                .getResultList()
                .size();
    }

    @Override
    public void putOff(PartnerAccess access, Instant since) {
        em.createQuery("update PartnerAccessEntity a set a.untoldSince = :since where a.id = :id"
                        + " and a.untoldSince is not null")
                .setParameter("since", since.toEpochMilli())
                .setParameter("id", access.id())
                .executeUpdate();
    }

    /** What another transaction holds. */
    private static <T> TypedQuery<T> passingOver(TypedQuery<T> query) {
        return query.setLockMode(LockModeType.PESSIMISTIC_WRITE)
                .setHint(SpecHints.HINT_SPEC_LOCK_TIMEOUT, Timeouts.SKIP_LOCKED_MILLI);
    }

    @Override
    public List<PartnerAccess> untold(Customer customer) {
        return rows(ofCustomer(customer, OF_CUSTOMER + " and a.untoldSince is not null order by a.createdAt desc"))
                .toList();
    }

    @Override
    public boolean told(PartnerAccess access) {
        return em.createQuery("update PartnerAccessEntity a set a.untoldSince = null where a.id = :id"
                                + " and a.untoldSince is not null")
                        .setParameter("id", access.id())
                        .executeUpdate()
                == 1;
    }

    @Override
    public List<PartnerAccess> list(Customer customer, Optional<Position> after, int max) {
        TypedQuery<PartnerAccessEntity> query = ofCustomer(
                        customer,
                        OF_CUSTOMER + " and a.status <> :status" + (after.isPresent() ? AFTER : "")
                                + " order by a.createdAt desc, a.id desc")
                .setParameter("status", Status.WANTED);
        after.ifPresent(position ->
                query.setParameter("at", position.at().toEpochMilli()).setParameter("id", position.id()));
        return rows(query.setMaxResults(max)).toList();
    }

    private TypedQuery<PartnerAccessEntity> ofCustomer(Customer customer, String query) {
        return em.createQuery(query, PartnerAccessEntity.class)
                .setParameter("realm", customer.realmId())
                .setParameter("user", customer.userId());
    }

    /** As they are in the database now, whatever this transaction read before. */
    private Stream<PartnerAccess> rows(TypedQuery<PartnerAccessEntity> query) {
        return query.getResultList().stream().map(row -> {
            PartnerAccess access = row.toAccess();
            em.detach(row);
            return access;
        });
    }

    @Override
    public boolean change(PartnerAccess before, PartnerAccess after) {
        return em.createQuery(
                                "update PartnerAccessEntity a set a.providerId = :provider, a.alias = :alias, a.asked = :asked,"
                                        + " a.granted = :granted, a.status = :status, a.createdAt = :createdAt,"
                                        + " a.connectedAt = :connectedAt where a.id = :id and a.status = :before")
                        .setParameter("provider", after.providerId())
                        .setParameter("alias", after.alias())
                        .setParameter("asked", Scopes.join(after.asked()))
                        .setParameter("granted", Scopes.join(after.granted()))
                        .setParameter("status", after.status())
                        .setParameter("createdAt", after.createdAt().toEpochMilli())
                        .setParameter(
                                "connectedAt",
                                after.connectedAt() == null
                                        ? null
                                        : after.connectedAt().toEpochMilli())
                        .setParameter("id", before.id())
                        .setParameter("before", before.status())
                        .executeUpdate()
                == 1;
    }

    @Override
    public boolean end(PartnerAccess access, End end) {
        return em.createQuery("update PartnerAccessEntity a set a.status = :ended, a.endedAt = :at, a.endedBy = :by"
                                + " where a.id = :id and a.status = :connected")
                        .setParameter("ended", Status.ENDED)
                        .setParameter("at", end.at().toEpochMilli())
                        .setParameter("by", end.by())
                        .setParameter("id", access.id())
                        .setParameter("connected", Status.CONNECTED)
                        .executeUpdate()
                == 1;
    }

    @Override
    public boolean lease(PartnerAccess access, Instant now, Instant until) {
        return em.createQuery("update PartnerAccessEntity a set a.refreshingUntil = :until where a.id = :id"
                                + " and a.status = :connected"
                                + " and (a.refreshingUntil is null or a.refreshingUntil <= :now)")
                        .setParameter("until", until.toEpochMilli())
                        .setParameter("id", access.id())
                        .setParameter("connected", Status.CONNECTED)
                        .setParameter("now", now.toEpochMilli())
                        .executeUpdate()
                == 1;
    }

    @Override
    public void release(PartnerAccess access, Instant until) {
        em.createQuery("update PartnerAccessEntity a set a.refreshingUntil = null"
                        + " where a.id = :id and a.refreshingUntil = :until")
                .setParameter("id", access.id())
                .setParameter("until", until.toEpochMilli())
                .executeUpdate();
    }

    @Override
    public void remove(PartnerAccess access) {
        em.createQuery("delete from PartnerAccessEntity a where a.id = :id and a.status = :wanted")
                .setParameter("id", access.id())
                .setParameter("wanted", Status.WANTED)
                .executeUpdate();
    }

    @Override
    public void removeAll(String realmId) {
        em.createQuery("delete from PartnerAccessEntity a where a.realmId = :realm")
                .setParameter("realm", realmId)
                .executeUpdate();
    }

    @Override
    public void removeAll(Customer customer) {
        em.createQuery("delete from PartnerAccessEntity a where a.realmId = :realm and a.userId = :user")
                .setParameter("realm", customer.realmId())
                .setParameter("user", customer.userId())
                .executeUpdate();
    }
}
