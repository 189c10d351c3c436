package io.assent.overview;

import io.assent.overview.ClientFigures.Asked;
import io.assent.overview.ClientFigures.Blocked;
import io.assent.overview.ClientFigures.Counted;
import io.assent.server.ServerTime;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Tuple;
import jakarta.persistence.TypedQuery;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;

/** Figures of clients, a page of them at a time: each is one statement by an index, for all of them together. */
public final class Figures {

    /** How far back is counted what was asked and what failed. */
    public static final Duration LATELY = Duration.ofDays(1);

    /** How long before a row's conclusion its lease may have run out. */
    private static final Duration MAX_LATENESS = Duration.ofMinutes(1);

    private static final String ASKED = "select r.clientId, count(r),"
            + " sum(case when r.status in (APPROVED, REDEEMED, WITHDRAWN) then 1 else 0 end),"
            + " sum(case when r.status = DENIED then 1 else 0 end),"
            + " sum(case when r.status = DENIED and r.reported = true then 1 else 0 end),"
            + " sum(case when r.status = PENDING and r.expiresAt <= :now then 1 else 0 end),"
            + " sum(case when r.status = PENDING and r.expiresAt > :now then 1 else 0 end)"
            + " from ConsentRequestEntity r where r.realmId = :realm and r.clientId in :ids and r.createdAt >= :since"
            + " group by r.clientId";

    private static final String LIVE = "select c.clientId, count(c) from ConsentEntity c where c.realmId = :realm"
            + " and c.clientId in :ids and c.status in (ACTIVE, SUSPENDED) group by c.clientId";

    private static final String BLOCKS = "select b.clientId, count(*), count(b.reportedAt) from BlockEntity b"
            + " where b.realmId = :realm and b.clientId in :ids group by b.clientId";

    private static final String PINGS = "select o.clientId, count(o) from OutboxEntity o where o.realmId = :realm"
            + " and o.clientId in :ids and o.target = o.clientId and ";

    private final EntityManager em;

    private Figures(EntityManager em) {
        this.em = em;
    }

    public static Figures of(KeycloakSession session) {
        return new Figures(session.getProvider(JpaConnectionProvider.class).getEntityManager());
    }

    /** @param clientIds internal ids, a page of them */
    public Map<String, ClientFigures> of(String realmId, Collection<String> clientIds) {
        Map<String, Counted> all = new HashMap<>();
        if (clientIds.isEmpty()) {
            return Map.of();
        }
        clientIds.forEach(id -> all.put(id, Counted.NOTHING));
        Instant now = ServerTime.now();
        Instant since = now.minus(LATELY);
        count(
                query(ASKED, realmId, clientIds)
                        .setParameter("now", now.toEpochMilli())
                        .setParameter("since", since.toEpochMilli()),
                all,
                (counted, row) -> counted.with(new Asked(
                        number(row, 1),
                        number(row, 2),
                        number(row, 3),
                        number(row, 4),
                        number(row, 5),
                        number(row, 6))));
        count(query(LIVE, realmId, clientIds), all, (counted, row) -> counted.withLiveConsents(number(row, 1)));
        count(
                query(BLOCKS, realmId, clientIds),
                all,
                (counted, row) -> counted.with(new Blocked(number(row, 1), number(row, 2))));
        count(
                query(PINGS + "o.status = WAITING group by o.clientId", realmId, clientIds),
                all,
                (counted, row) -> counted.withPingsWaiting(number(row, 1)));
        count(
                query(
                                PINGS + "o.status in (FAILED, CLOSED) and (o.status = FAILED or o.reason = 'expired')"
                                        + " and o.nextAttemptAt >= :about and o.closedAt >= :since group by o.clientId",
                                realmId,
                                clientIds)
                        .setParameter("about", since.minus(MAX_LATENESS).toEpochMilli())
                        .setParameter("since", since.toEpochMilli()),
                all,
                (counted, row) -> counted.withPingsFailed(number(row, 1)));
        return all.entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey, counted -> counted.getValue()
                .figures()));
    }

    private TypedQuery<Tuple> query(String jpql, String realmId, Collection<String> clientIds) {
        return em.createQuery(jpql, Tuple.class).setParameter("realm", realmId).setParameter("ids", clientIds);
    }

    private static void count(
            TypedQuery<Tuple> query, Map<String, Counted> all, BiFunction<Counted, Tuple, Counted> counted) {
        query.getResultList()
                .forEach(row ->
                        all.computeIfPresent(row.get(0, String.class), (id, before) -> counted.apply(before, row)));
    }

    private static long number(Tuple row, int column) {
        return row.get(column, Long.class);
    }
}
