package io.assent.overview;

import io.assent.server.ServerTime;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Tuple;
import jakarta.persistence.TypedQuery;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;

/**
 * How deliveries fare in a realm, by whom they go to. Each figure is one statement by the outbox's index, which knows
 * about when a row was concluded; it reads what waits, what was taken in an hour and what was given up in a day.
 */
public final class DeliveryHealth {

    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration DAY = Duration.ofDays(1);

    /** How long before a row's conclusion its lease may have run out. */
    private static final Duration MAX_LATENESS = Duration.ofMinutes(1);

    /** Of the newest: who failed last is among them. */
    private static final int MOST_REASONS = 500;

    private static final Comparator<PeerHealth> WORST_FIRST = Comparator.comparing(PeerHealth::failedLastDay)
            .thenComparing(PeerHealth::waiting)
            .reversed()
            .thenComparing(PeerHealth::peer);

    private static final String FAILED = "(o.status = FAILED or o.status = CLOSED and o.reason = 'expired')";

    private final EntityManager em;

    private DeliveryHealth(EntityManager em) {
        this.em = em;
    }

    public static DeliveryHealth of(KeycloakSession session) {
        return new DeliveryHealth(
                session.getProvider(JpaConnectionProvider.class).getEntityManager());
    }

    /** By the platform of the devices that pushes go to; those that are gone are left out. The worst first. */
    public List<PeerHealth> ofPlatforms(String realmId) {
        return of(
                "d.platform",
                "OutboxEntity o join DeviceEntity d on d.realmId = o.realmId and d.userId = o.userId and d.id = o.target",
                "o.realmId = :realm",
                realmId);
    }

    /** By the client whose server is told. The worst first. */
    public List<PeerHealth> ofClients(String realmId) {
        return of("o.clientId", "OutboxEntity o", "o.realmId = :realm and o.target = o.clientId", realmId);
    }

    private List<PeerHealth> of(String peer, String from, String which, String realmId) {
        Instant now = ServerTime.now();
        Map<String, PeerHealth> all = new HashMap<>();
        String condition = " from " + from + " where " + which;
        query(
                        "select " + peer + ", count(o), min(o.createdAt)" + condition
                                + " and o.status = WAITING group by " + peer,
                        realmId)
                .getResultList()
                .forEach(row -> change(
                        all,
                        row,
                        health ->
                                health.waiting(row.get(1, Long.class), Instant.ofEpochMilli(row.get(2, Long.class)))));
        since(
                        query(
                                "select " + peer + ", count(o)" + condition + " and o.status = DELIVERED"
                                        + " and o.nextAttemptAt >= :about and o.closedAt >= :since group by " + peer,
                                realmId),
                        now.minus(HOUR))
                .getResultList()
                .forEach(row -> change(all, row, health -> health.delivered(row.get(1, Long.class))));
        since(
                        query(
                                "select " + peer + ", sum(case when o.closedAt >= :hour then 1 else 0 end), count(o)"
                                        + condition + " and o.status in (FAILED, CLOSED) and " + FAILED
                                        + " and o.nextAttemptAt >= :about and o.closedAt >= :since group by " + peer,
                                realmId),
                        now.minus(DAY))
                .setParameter("hour", now.minus(HOUR).toEpochMilli())
                .getResultList()
                .forEach(row ->
                        change(all, row, health -> health.failed(row.get(1, Long.class), row.get(2, Long.class))));
        query(
                        "select " + peer + ", o.reason" + condition + " and o.status = WAITING and o.reason is not null"
                                + " order by o.nextAttemptAt desc",
                        realmId)
                .setMaxResults(MOST_REASONS)
                .getResultList()
                .forEach(row -> change(all, row, health -> health.because(row.get(1, String.class))));
        since(
                        query(
                                "select " + peer + ", o.reason" + condition + " and o.status = FAILED"
                                        + " and o.reason is not null and o.nextAttemptAt >= :about"
                                        + " and o.closedAt >= :since order by o.nextAttemptAt desc",
                                realmId),
                        now.minus(DAY))
                .setMaxResults(MOST_REASONS)
                .getResultList()
                .forEach(row -> change(all, row, health -> health.because(row.get(1, String.class))));
        return all.values().stream().sorted(WORST_FIRST).toList();
    }

    private TypedQuery<Tuple> query(String jpql, String realmId) {
        return em.createQuery(jpql, Tuple.class).setParameter("realm", realmId);
    }

    private static TypedQuery<Tuple> since(TypedQuery<Tuple> query, Instant since) {
        return query.setParameter("since", since.toEpochMilli())
                .setParameter("about", since.minus(MAX_LATENESS).toEpochMilli());
    }

    private static void change(Map<String, PeerHealth> all, Tuple row, UnaryOperator<PeerHealth> change) {
        all.compute(
                row.get(0, String.class),
                (peer, health) -> change.apply(health == null ? PeerHealth.none(peer) : health));
    }
}
