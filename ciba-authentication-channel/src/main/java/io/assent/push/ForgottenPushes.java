package io.assent.push;

import io.assent.outbox.Delivery;
import io.assent.outbox.PromiseHandler.Forgotten;
import io.assent.request.ConsentRequest.Journey;
import io.assent.server.Parties;
import io.assent.server.ServerTime;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Tuple;
import java.time.Instant;
import java.util.List;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;

/** The devices to which the push of a pending request was promised, and of which the outbox knows nothing. */
final class ForgottenPushes {

    /** One node wrote the request, another the device: so far their clocks may differ. */
    private static final int CLOCKS_DIFFER_MILLIS = 5_000;

    // an index has realm and time of the request; the sum is no column, so that no planner takes the index of the
    // expiry
    private static final String FIND = "select r.id, r.realmId, r.clientId, r.userId, r.createdAt, r.expiresAt, d.id"
            + " from ConsentRequestEntity r join DeviceEntity d on d.realmId = r.realmId and d.userId = r.userId"
            + " and d.registeredAt <= r.createdAt + " + CLOCKS_DIFFER_MILLIS
            + " and d.disabledAt is null and d.movedAt is null and d.nonceUntil is null"
            + " where r.realmId in :realms and r.decidedAt is null and r.createdAt >= :from and r.createdAt < :to"
            + " and r.expiresAt + 0 > :now and r.channel = '" + Journey.CIBA + "'"
            + " and not exists (select 1 from OutboxEntity o where o.ownerId = r.id and o.target = d.id"
            + " and o.kind = '" + PushHandlerFactory.KIND + "')"
            + " order by r.createdAt";

    private final EntityManager em;

    ForgottenPushes(KeycloakSession session) {
        em = session.getProvider(JpaConnectionProvider.class).getEntityManager();
    }

    List<Forgotten> find(Instant from, Instant to, int most) {
        // by name, not by a join: no database finds the rows of a time by the index then
        List<String> realms =
                em.createQuery("select r.id from RealmEntity r", String.class).getResultList();
        return em
                .createQuery(FIND, Tuple.class)
                .setParameter("realms", realms)
                .setParameter("from", from.toEpochMilli())
                .setParameter("to", to.toEpochMilli())
                .setParameter("now", ServerTime.now().toEpochMilli())
                .setMaxResults(most)
                .getResultList()
                .stream()
                .map(ForgottenPushes::forgotten)
                .toList();
    }

    private static Forgotten forgotten(Tuple row) {
        Parties parties = new Parties(row.get(1, String.class), row.get(2, String.class), row.get(3, String.class));
        Delivery delivery = new Delivery(
                PushHandlerFactory.KIND,
                parties,
                row.get(0, String.class),
                row.get(6, String.class),
                Instant.ofEpochMilli(row.get(5, Long.class)));
        return new Forgotten(delivery, Instant.ofEpochMilli(row.get(4, Long.class)));
    }
}
