package io.assent.schema;

import io.assent.partner.PartnerAccess;
import jakarta.persistence.EntityManager;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;

/**
 * Removes the rows of one kind that are no longer needed. An index finds them, oldest first; they are then removed by
 * id. Rows that another node is removing are passed over.
 *
 * @param name for the log
 * @param find finds the ids of rows that were done with {@code :before}
 * @param remove removes the rows with these {@code :ids}
 * @param kept how long they are kept once they are done with
 */
record Purge(String name, String find, String remove, Duration kept) implements Housekeeping.Chore {

    private static final String PINGS = "select p.requestId from PingEntity p"
            + " where exists (select 1 from ConsentRequestEntity r where r.id = p.requestId and r.expiresAt + 0 < :before)";
    private static final String ANSWERS =
            "select a.id from AnswerEntity a where a.expiresAt < :before order by a.expiresAt";
    private static final String GONE =
            "select d.id from GoneDeviceEntity d where d.expiresAt < :before order by d.expiresAt";
    private static final String LOGOUTS =
            "select l.id from LogoutEntity l where l.expiresAt < :before order by l.expiresAt";
    private static final String SECURITY_EVENTS =
            "select e.id from SecurityEventEntity e where e.expiresAt < :before order by e.expiresAt";
    private static final String EVENTS =
            "select e.id from KeptEventEntity e where e.keptUntil < :before order by e.keptUntil";
    // what nobody claimed or was asked for tells nothing any more, and whoever opens a page makes one
    private static final String UNUSED_LINKS = "select l.id from LinkEntity l where l.expiresAt < :before"
            + " and l.claimedAt is null and l.requestId is null order by l.expiresAt";
    private static final String LINKS =
            "select l.id from LinkEntity l where l.expiresAt < :before order by l.expiresAt";
    // a closed row's next attempt is a lease later than its end at the most: so the sweep's index finds it
    private static final String DELIVERIES = "select o.id from OutboxEntity o where o.status = %s"
            + " and o.nextAttemptAt < :before and o.closedAt < :before order by o.nextAttemptAt";

    private static final String CONSENTS =
            "select c.id from ConsentEntity c where c.endedAt < :before order by c.endedAt";

    private static final String REVOCATIONS =
            "select r.id from RevocationEntity r where r.expiresAt < :before order by r.expiresAt";
    private static final String WISHES = "select a.id from PartnerAccessEntity a where a.status = WANTED"
            + " and a.createdAt < :before order by a.createdAt";
    private static final String PARTNER_ACCESS = "select a.id from PartnerAccessEntity a where a.endedAt < :before"
            + " and a.untoldSince is null order by a.endedAt";

    // a request may be answered up to a day after its words were noted to be in use, and its time goes on for weeks
    private static final Duration WORDS_OUTLIVE_ANSWERS = Duration.ofDays(60);
    private static final String WORDS =
            "select t.hash from ShownTextEntity t where t.usedAt < :before order by t.usedAt";

    private static final String DAYS = "select d.id from %s d where d.day < :before order by d.day";

    /** All that is done with, the secrets first. */
    static List<Purge> all(Retention retention) {
        return List.of(
                new Purge("Purged pings", PINGS, "delete from PingEntity p where p.requestId in :ids", Duration.ZERO),
                new Purge(
                        "Purged devices that were not told",
                        GONE,
                        "delete from GoneDeviceEntity d where d.id in :ids",
                        Duration.ZERO),
                new Purge(
                        "Purged answers to TPPs",
                        ANSWERS,
                        "delete from AnswerEntity a where a.id in :ids",
                        Duration.ZERO),
                new Purge("Purged logouts", LOGOUTS, "delete from LogoutEntity l where l.id in :ids", Duration.ZERO),
                new Purge(
                        "Purged security events",
                        SECURITY_EVENTS,
                        "delete from SecurityEventEntity e where e.id in :ids",
                        Duration.ZERO),
                new Purge(
                        "Purged tokens that partners did not revoke",
                        REVOCATIONS,
                        "delete from RevocationEntity r where r.id in :ids",
                        Duration.ZERO),
                partnerAccess("Purged wishes to see something at a partner", WISHES, PartnerAccess.WISH_VALIDITY),
                partnerAccess("Purged ended access to partners", PARTNER_ACCESS, retention.endedConsents()),
                new Purge(
                        "Purged dead events",
                        EVENTS,
                        "delete from KeptEventEntity e where e.id in :ids",
                        Duration.ZERO),
                // the pages that wait for them are told first
                links("Purged links that no phone had", UNUSED_LINKS, Duration.ofMinutes(1)),
                links("Purged links", LINKS, Duration.ofHours(1)),
                deliveries("DELIVERED", retention),
                deliveries("CLOSED", retention),
                deliveries("FAILED", retention),
                // takes its history along, by the foreign key
                new Purge(
                        "Purged ended consents",
                        CONSENTS,
                        "delete from ConsentEntity c where c.id in :ids",
                        retention.endedConsents()),
                // no answer names them any more
                new Purge(
                        "Purged words that customers were shown",
                        WORDS,
                        "delete from ShownTextEntity t where t.hash in :ids",
                        retention.answered().plus(WORDS_OUTLIVE_ANSWERS)),
                days("ReportDayEntity", retention),
                days("ReportCallsEntity", retention),
                days("ReportNodeEntity", retention));
    }

    private static Purge partnerAccess(String name, String find, Duration kept) {
        return new Purge(name, find, "delete from PartnerAccessEntity a where a.id in :ids", kept);
    }

    private static Purge links(String name, String find, Duration kept) {
        return new Purge(name, find, "delete from LinkEntity l where l.id in :ids", kept);
    }

    /** A day that is over by so much. */
    private static Purge days(String entity, Retention retention) {
        return new Purge(
                "Purged days of reports (" + entity + ")",
                DAYS.formatted(entity),
                "delete from " + entity + " d where d.id in :ids",
                retention.reports().plusDays(1));
    }

    private static Purge deliveries(String status, Retention retention) {
        return new Purge(
                "Purged deliveries " + status,
                DELIVERIES.formatted(status),
                "delete from OutboxEntity o where o.id in :ids",
                retention.deliveries());
    }

    @Override
    public int doSome(KeycloakSession session, Instant now, int max) {
        EntityManager em = session.getProvider(JpaConnectionProvider.class).getEntityManager();
        List<String> ids = SkipLocked.in(em.createQuery(find, String.class)
                        .setParameter("before", now.minus(kept).toEpochMilli())
                        .setMaxResults(max))
                .getResultList();
        return ids.isEmpty()
                ? 0
                : em.createQuery(remove).setParameter("ids", ids).executeUpdate();
    }
}
