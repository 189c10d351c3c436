package io.assent.overview;

import io.assent.block.Block;
import io.assent.server.Parties;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Tuple;
import jakarta.persistence.TypedQuery;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;

/** Blocks of all customers. There are few: most customers block nobody. */
public final class BlockList {

    private final EntityManager em;

    private BlockList(EntityManager em) {
        this.em = em;
    }

    public static BlockList of(KeycloakSession session) {
        return new BlockList(session.getProvider(JpaConnectionProvider.class).getEntityManager());
    }

    /**
     * The newest first.
     *
     * @param first how many to pass over
     * @param max how many to return at the most
     */
    public List<Block> search(BlockQuery query, int first, int max) {
        Map<String, Object> parameters = new LinkedHashMap<>();
        StringBuilder jpql = new StringBuilder("select b.realmId, b.clientId, b.userId, b.blockedAt, b.reportedAt"
                + " from BlockEntity b where b.realmId = :realm");
        parameters.put("realm", query.realmId());
        query.userId().ifPresent(user -> {
            jpql.append(" and b.userId = :user");
            parameters.put("user", user);
        });
        query.clientId().ifPresent(client -> {
            jpql.append(" and b.clientId = :client");
            parameters.put("client", client);
        });
        if (query.reported()) {
            jpql.append(" and b.reportedAt is not null");
        }
        TypedQuery<Tuple> select = em.createQuery(
                jpql.append(" order by b.blockedAt desc, b.userId desc, b.clientId desc")
                        .toString(),
                Tuple.class);
        parameters.forEach(select::setParameter);
        return select.setFirstResult(first).setMaxResults(max).getResultList().stream()
                .map(BlockList::block)
                .toList();
    }

    private static Block block(Tuple row) {
        Long reportedAt = row.get(4, Long.class);
        return new Block(
                new Parties(row.get(0, String.class), row.get(1, String.class), row.get(2, String.class)),
                Instant.ofEpochMilli(row.get(3, Long.class)),
                reportedAt == null ? null : Instant.ofEpochMilli(reportedAt));
    }
}
