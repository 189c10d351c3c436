package io.assent.block.jpa;

import io.assent.block.Block;
import io.assent.block.BlockStore;
import io.assent.server.Customer;
import io.assent.server.Parties;
import io.assent.server.Position;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Query;
import jakarta.persistence.TypedQuery;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.utils.KeycloakModelUtils;

/** Keeps blocks in Keycloak's database. */
final class JpaBlockStore implements BlockStore {

    private static final String OF_CLIENT = " where b.realmId = :realm and b.userId = :user and b.clientId = :client";

    private static final String AFTER = " and b.blockedAt <= :at and (b.blockedAt < :at or b.clientId < :id)";

    private final EntityManager em;
    private final KeycloakSessionFactory sessions;

    JpaBlockStore(EntityManager em, KeycloakSessionFactory sessions) {
        this.em = em;
        this.sessions = sessions;
    }

    /** In a transaction of its own: of two at once one finds the other's row. */
    @Override
    public boolean add(Block block) {
        try {
            return addOrReport(block);
        } catch (RuntimeException somebodyWasFaster) {
            return addOrReport(block);
        }
    }

    private boolean addOrReport(Block block) {
        AtomicBoolean added = new AtomicBoolean();
        KeycloakModelUtils.runJobInTransaction(sessions, own -> {
            EntityManager rows = own.getProvider(JpaConnectionProvider.class).getEntityManager();
            BlockEntity row = rows.find(BlockEntity.class, BlockEntity.key(block.parties()));
            added.set(row == null);
            if (row == null) {
                rows.persist(new BlockEntity(block));
            } else if (block.reported()) {
                row.report(block.reportedAt());
            }
        });
        return added.get();
    }

    @Override
    public boolean remove(Parties parties) {
        return of(parties, em.createQuery("delete from BlockEntity b" + OF_CLIENT))
                        .executeUpdate()
                == 1;
    }

    @Override
    public boolean contains(Parties parties) {
        return !of(parties, em.createQuery("select b.clientId from BlockEntity b" + OF_CLIENT))
                .getResultList()
                .isEmpty();
    }

    private static Query of(Parties parties, Query query) {
        return query.setParameter("realm", parties.realmId())
                .setParameter("user", parties.userId())
                .setParameter("client", parties.clientId());
    }

    @Override
    public List<Block> list(Customer customer, Optional<Position> after, int max) {
        TypedQuery<BlockEntity> query = em.createQuery(
                        "select b from BlockEntity b where b.realmId = :realm and b.userId = :user"
                                + (after.isPresent() ? AFTER : "")
                                + " order by b.blockedAt desc, b.clientId desc",
                        BlockEntity.class)
                .setParameter("realm", customer.realmId())
                .setParameter("user", customer.userId());
        after.ifPresent(position ->
                query.setParameter("at", position.at().toEpochMilli()).setParameter("id", position.id()));
        return query.setMaxResults(max).getResultList().stream()
                .map(BlockEntity::toBlock)
                .toList();
    }

    @Override
    public void removeAll(String realmId) {
        em.createQuery("delete from BlockEntity b where b.realmId = :realm")
                .setParameter("realm", realmId)
                .executeUpdate();
    }

    @Override
    public void removeAll(Customer customer) {
        em.createQuery("delete from BlockEntity b where b.realmId = :realm and b.userId = :user")
                .setParameter("realm", customer.realmId())
                .setParameter("user", customer.userId())
                .executeUpdate();
    }

    @Override
    public void removeAll(String realmId, String clientId) {
        em.createQuery("delete from BlockEntity b where b.realmId = :realm and b.clientId = :client")
                .setParameter("realm", realmId)
                .setParameter("client", clientId)
                .executeUpdate();
    }

    @Override
    public void close() {}
}
