package io.assent.cloudevent;

import io.assent.cloudevent.DeadLetters.Backlog;
import io.assent.server.Position;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.Tuple;
import jakarta.persistence.TypedQuery;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;

/**
 * The events that are kept. Of the events of one subject that wait for one destination, the first has a delivery in the
 * outbox, and no other has. Whoever changes which is the first holds the subject's lock.
 */
final class EventStore {

    /** What fits into the column. */
    private static final int MAX_REASON = 255;

    private final EntityManager em;

    private EventStore(EntityManager em) {
        this.em = em;
    }

    /** In the session's transaction. */
    static EventStore of(KeycloakSession session) {
        return new EventStore(session.getProvider(JpaConnectionProvider.class).getEntityManager());
    }

    /**
     * The number of a subject's next event, from 1 on, without a gap. Locks the subject: what changes at the same time
     * waits until this transaction is over.
     */
    int nextSequence(Subject subject) {
        int known = em.createQuery("update EventSubjectEntity s set s.last = s.last + 1 where s.id = :id")
                .setParameter("id", subject.id())
                .executeUpdate();
        if (known == 0) {
            em.persist(new EventSubjectEntity(subject));
            return 1;
        }
        return em.createQuery("select s.last from EventSubjectEntity s where s.id = :id", Integer.class)
                .setParameter("id", subject.id())
                .getSingleResult();
    }

    /** Waits until nobody else changes which events of the subject wait for the destination. */
    void lock(String destinationId, Subject subject) {
        int locked = em.createQuery("update EventSubjectEntity s set s.last = s.last where s.id = :id")
                .setParameter("id", subject.id())
                .executeUpdate();
        if (locked == 0) {
            // its request or consent is gone: it has no more events, and those that it had are locked themselves
            em.createQuery(
                            "select e.id from KeptEventEntity e where e.destinationId = :destination"
                                    + " and e.subject = :subject order by e.id",
                            String.class)
                    .setParameter("destination", destinationId)
                    .setParameter("subject", subject.text())
                    .setLockMode(LockModeType.PESSIMISTIC_WRITE)
                    .getResultList();
        }
    }

    void add(KeptEventEntity event) {
        em.persist(event);
    }

    Optional<KeptEventEntity> find(String id) {
        return Optional.ofNullable(em.find(KeptEventEntity.class, id));
    }

    /** The first of a subject's events that waits for a destination; called with the lock. */
    Optional<String> first(String destinationId, Subject subject) {
        // locking, which reads what is committed by now, also where a transaction sees the state of its beginning
        return em
                .createQuery(
                        "select e.id from KeptEventEntity e where e.destinationId = :destination and e.subject = :subject"
                                + " and e.state = WAITING order by e.sequence",
                        String.class)
                .setParameter("destination", destinationId)
                .setParameter("subject", subject.text())
                .setMaxResults(1)
                .setLockMode(LockModeType.PESSIMISTIC_WRITE)
                .getResultList()
                .stream()
                .findFirst();
    }

    void remove(String id) {
        em.createQuery("delete from KeptEventEntity e where e.id = :id")
                .setParameter("id", id)
                .executeUpdate();
    }

    void bury(String id, String reason, Instant now) {
        em.createQuery("update KeptEventEntity e set e.state = DEAD, e.reason = :reason, e.diedAt = :now"
                        + " where e.id = :id and e.state = WAITING")
                .setParameter("reason", reason.substring(0, Math.min(reason.length(), MAX_REASON)))
                .setParameter("now", now.toEpochMilli())
                .setParameter("id", id)
                .executeUpdate();
    }

    /**
     * A dead one waits again, for as long as when it was new.
     *
     * @return whether it was dead
     */
    boolean revive(KeptEventEntity event, Instant now) {
        Instant end = now.plus(event.times().timeToLive());
        return em.createQuery("update KeptEventEntity e set e.state = WAITING, e.reason = null, e.diedAt = null,"
                                + " e.createdAt = :now, e.expiresAt = :end, e.keptUntil = :kept"
                                + " where e.id = :id and e.state = DEAD")
                        .setParameter("now", now.toEpochMilli())
                        .setParameter("end", end.toEpochMilli())
                        .setParameter("kept", end.plus(event.times().deadFor()).toEpochMilli())
                        .setParameter("id", event.id())
                        .executeUpdate()
                == 1;
    }

    /** The dead ones of a realm, newest first. */
    List<KeptEventEntity> dead(String realmId, Optional<String> destinationId, Optional<Position> after, int max) {
        TypedQuery<KeptEventEntity> query = em.createQuery(
                        "select e from KeptEventEntity e where e.realmId = :realm and e.state = DEAD"
                                + destinationId
                                        .map(id -> " and e.destinationId = :destination")
                                        .orElse("")
                                + after.map(place -> " and (e.diedAt < :at or e.diedAt = :at and e.id < :id)")
                                        .orElse("")
                                + " order by e.diedAt desc, e.id desc",
                        KeptEventEntity.class)
                .setParameter("realm", realmId)
                .setMaxResults(max);
        destinationId.ifPresent(id -> query.setParameter("destination", id));
        after.ifPresent(
                place -> query.setParameter("at", place.at().toEpochMilli()).setParameter("id", place.id()));
        return query.getResultList();
    }

    /** By the destination's id; one that nothing is kept for has none. */
    Map<String, Backlog> backlogs(String realmId) {
        Map<String, Backlog> backlogs = new HashMap<>();
        em.createQuery(
                        "select e.destinationId, sum(case when e.state = WAITING then 1 else 0 end),"
                                + " min(case when e.state = WAITING then e.createdAt else null end), count(e)"
                                + " from KeptEventEntity e where e.realmId = :realm group by e.destinationId",
                        Tuple.class)
                .setParameter("realm", realmId)
                .getResultList()
                .forEach(row -> {
                    long waiting = row.get(1, Long.class);
                    backlogs.put(
                            row.get(0, String.class),
                            new Backlog(
                                    waiting,
                                    Optional.ofNullable(row.get(2, Long.class)).map(Instant::ofEpochMilli),
                                    row.get(3, Long.class) - waiting));
                });
        return backlogs;
    }

    /** Whether the database has it, whatever the caches say. */
    boolean hasDestination(String destinationId) {
        return em.createQuery("select count(c) from ComponentEntity c where c.id = :id", Long.class)
                        .setParameter("id", destinationId)
                        .getSingleResult()
                > 0;
    }

    void removeOfDestination(String destinationId) {
        em.createQuery("delete from KeptEventEntity e where e.destinationId = :destination")
                .setParameter("destination", destinationId)
                .executeUpdate();
    }

    void removeOfRealm(String realmId) {
        em.createQuery("delete from KeptEventEntity e where e.realmId = :realm")
                .setParameter("realm", realmId)
                .executeUpdate();
    }
}
