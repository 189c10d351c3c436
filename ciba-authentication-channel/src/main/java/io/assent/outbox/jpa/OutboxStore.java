package io.assent.outbox.jpa;

import io.assent.id.OrderedId;
import io.assent.outbox.Delivery;
import io.assent.outbox.GivenUpReason;
import io.assent.outbox.OutboxCounts;
import io.assent.outbox.PromiseHandler.Forgotten;
import io.assent.outbox.Recipient;
import io.assent.outbox.jpa.OutboxTask.Progress;
import io.assent.outbox.jpa.PromisedRows.Row;
import io.assent.trace.TracePlace;
import jakarta.persistence.EntityManager;
import jakarta.persistence.FlushModeType;
import jakarta.persistence.LockModeType;
import jakarta.persistence.Query;
import jakarta.persistence.Tuple;
import jakarta.persistence.TypedQuery;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hibernate.Timeouts;
import org.hibernate.jpa.SpecHints;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;

/** The outbox's rows. Whoever changes one holds its lease. */
final class OutboxStore {

    /** What fits into the column. */
    private static final int MAX_REASON = 255;

    /** How long before a row's conclusion its lease may have run out, if nobody else has taken it up. */
    private static final Duration MAX_LATENESS = Duration.ofMinutes(1);

    /** How many rows one statement names. */
    private static final int MAX_IDS = 1_000;

    /** How many clients at the most leave a part of what is claimed to the others. */
    private static final int MOST_CROWDS = 3;

    private static final String DELETE = "delete from OutboxEntity o";

    private final EntityManager em;

    private OutboxStore(EntityManager em) {
        this.em = em;
    }

    /** In the session's transaction. */
    static OutboxStore of(KeycloakSession session) {
        return new OutboxStore(session.getProvider(JpaConnectionProvider.class).getEntityManager());
    }

    /** Writes a row that the caller has already claimed. */
    OutboxTask add(Delivery delivery, Lease lease, Instant now) {
        String id = OrderedId.next();
        em.persist(new OutboxEntity(id, delivery, lease, now));
        return new OutboxTask(id, delivery, lease, Progress.none(now), TracePlace.current(), Optional.empty());
    }

    /** Writes the row of what was promised, leased. @return whether it did */
    boolean write(OutboxTask promised) {
        return promised(List.of(Row.leased(promised))) == 1;
    }

    /** Writes rows of what was promised, that nobody holds, and that are due. */
    void write(List<Forgotten> forgotten, Instant now) {
        promised(forgotten.stream()
                .map(one -> Row.due(one.delivery(), one.promisedAt(), now))
                .toList());
    }

    private int promised(List<Row> rows) {
        return new PromisedRows(em).write(rows);
    }

    /** Writes a row that nobody holds, and that is due then. */
    void addFor(Instant due, Delivery delivery, Instant now) {
        em.persist(new OutboxEntity(OrderedId.next(), delivery, due, now));
    }

    /**
     * Claims rows of a kind that are due and that nobody else holds or is claiming, the longest waiting first. A client
     * of which more than half of them are leaves half to the others.
     */
    List<OutboxTask> claimDue(String kind, Instant now, Lease lease, int max) {
        return claim(shared(kind, now, max, Set.of()), now, lease);
    }

    /** @param crowds the clients that leave this part to the others */
    private List<OutboxEntity> shared(String kind, Instant now, int max, Set<String> crowds) {
        TypedQuery<OutboxEntity> query = due(
                        "o.kind = :kind" + (crowds.isEmpty() ? "" : " and o.clientId not in :crowds"),
                        "o.nextAttemptAt",
                        now)
                .setParameter("kind", kind);
        if (!crowds.isEmpty()) {
            query.setParameter("crowds", crowds);
        }
        List<OutboxEntity> due = locked(query, max);
        Optional<String> crowd =
                due.size() < max || max == 1 || crowds.size() == MOST_CROWDS ? Optional.empty() : crowd(due);
        return crowd.map(client -> beside(shared(kind, now, max / 2, with(crowds, client)), due, max))
                .orElse(due);
    }

    private static Optional<String> crowd(List<OutboxEntity> due) {
        return due.stream()
                .collect(Collectors.groupingBy(OutboxEntity::clientId, Collectors.counting()))
                .entrySet()
                .stream()
                .filter(client -> client.getValue() > due.size() / 2)
                .map(Map.Entry::getKey)
                .findFirst();
    }

    private static Set<String> with(Set<String> crowds, String client) {
        return Stream.concat(crowds.stream(), Stream.of(client)).collect(Collectors.toSet());
    }

    private static List<OutboxEntity> beside(List<OutboxEntity> others, List<OutboxEntity> due, int max) {
        return Stream.concat(others.stream(), due.stream())
                .distinct()
                .limit(max)
                .toList();
    }

    /** Claims rows that are due and whose time is over, the longest over first. */
    List<OutboxTask> claimExpired(Instant now, Lease lease, int max) {
        return claim(locked(due("o.expiresAt <= :now", "o.expiresAt", now), max), now, lease);
    }

    private TypedQuery<OutboxEntity> due(String condition, String order, Instant now) {
        return em.createQuery(
                        "select o from OutboxEntity o where o.status = WAITING and o.nextAttemptAt <= :now and "
                                + condition + " order by " + order,
                        OutboxEntity.class)
                .setParameter("now", now.toEpochMilli());
    }

    private static List<OutboxEntity> locked(TypedQuery<OutboxEntity> query, int max) {
        return query.setMaxResults(max)
                .setLockMode(LockModeType.PESSIMISTIC_WRITE)
                .setHint(SpecHints.HINT_SPEC_LOCK_TIMEOUT, Timeouts.SKIP_LOCKED_MILLI)
                .getResultList();
    }

    private List<OutboxTask> claim(List<OutboxEntity> due, Instant now, Lease lease) {
        if (due.isEmpty()) {
            return List.of();
        }
        // conditional as well, for databases that do not lock what they select
        int claimed = em.createQuery("update OutboxEntity o set o.lease = :lease, o.nextAttemptAt = :until"
                        + " where o.id in :ids and o.status = WAITING and o.nextAttemptAt <= :now")
                .setParameter("lease", lease.id())
                .setParameter("until", lease.until().toEpochMilli())
                .setParameter("ids", due.stream().map(OutboxEntity::id).toList())
                .setParameter("now", now.toEpochMilli())
                .executeUpdate();
        if (claimed < due.size()) {
            // whose the others are is not known: all of these wait until the lease runs out, which loses nothing
            return List.of();
        }
        return due.stream().map(row -> row.task(lease)).toList();
    }

    /**
     * Concludes a row. One that is not kept goes at once.
     *
     * @return whether the task's lease was still held, so that the row has been concluded
     */
    boolean conclude(OutboxTask task, Conclusion conclusion, Instant now) {
        if (!task.hasRow()) {
            return promised(List.of(Row.concluded(task, conclusion, now))) == 1;
        }
        String which = " where o.id = :id and o.lease = :lease";
        Query change = task.delivery().isKept() ? conclusion(which, conclusion, now) : em.createQuery(DELETE + which);
        return change.setParameter("id", task.id())
                        .setParameter("lease", task.lease().id())
                        .executeUpdate()
                == 1;
    }

    /**
     * Concludes rows in the same way.
     *
     * @return for how many the tasks' leases were still held
     */
    int concludeAll(List<OutboxTask> tasks, Conclusion conclusion, Instant now) {
        String which = " where o.id in :ids and o.lease in :leases";
        List<Row> promised = tasks.stream()
                .filter(task -> !task.hasRow())
                .map(task -> Row.concluded(task, conclusion, now))
                .toList();
        Map<Boolean, List<OutboxTask>> byKept = tasks.stream()
                .filter(OutboxTask::hasRow)
                .collect(Collectors.partitioningBy(task -> task.delivery().isKept()));
        return promised(promised)
                + change(conclusion(which, conclusion, now), byKept.get(true))
                + change(em.createQuery(DELETE + which), byKept.get(false));
    }

    private static int change(Query change, List<OutboxTask> tasks) {
        return tasks.isEmpty()
                ? 0
                : change.setParameter("ids", tasks.stream().map(OutboxTask::id).toList())
                        .setParameter(
                                "leases",
                                tasks.stream()
                                        .map(task -> task.lease().id())
                                        .distinct()
                                        .toList())
                        .executeUpdate();
    }

    private Query conclusion(String which, Conclusion conclusion, Instant now) {
        return em.createQuery("update OutboxEntity o set o.status = :status, o.reason = :reason, o.lease = null,"
                        + " o.closedAt = :now, o.attempts = o.attempts + :attempts" + which)
                .setParameter("status", conclusion.status())
                .setParameter("reason", shortened(conclusion.reason()))
                .setParameter("now", now.toEpochMilli())
                .setParameter("attempts", conclusion.newAttempts());
    }

    /**
     * Gives the row back, to be attempted again.
     *
     * @return whether the task's lease was still held
     */
    boolean retry(OutboxTask task, Instant nextAttemptAt, String reason) {
        if (!task.hasRow()) {
            return promised(List.of(Row.delayed(task, nextAttemptAt, reason))) == 1;
        }
        return em.createQuery("update OutboxEntity o set o.nextAttemptAt = :next, o.reason = :reason, o.lease = null,"
                                + " o.attempts = :attempts where o.id = :id and o.lease = :lease")
                        .setParameter("next", nextAttemptAt.toEpochMilli())
                        .setParameter("reason", shortened(reason))
                        .setParameter("attempts", task.attempts() + 1)
                        .setParameter("id", task.id())
                        .setParameter("lease", task.lease().id())
                        .executeUpdate()
                == 1;
    }

    /**
     * Asks by the lease alone, which no concluded row has: a condition on the status could make a planner look for the
     * row among all that wait.
     *
     * @return whether the row is still to be sent, and by this task; if so, others keep away until then
     */
    boolean renew(OutboxTask task, Instant until) {
        return em.createQuery("update OutboxEntity o set o.nextAttemptAt = :until"
                                + " where o.id = :id and o.lease = :lease")
                        .setParameter("until", until.toEpochMilli())
                        .setParameter("id", task.id())
                        .setParameter("lease", task.lease().id())
                        .executeUpdate()
                == 1;
    }

    /** Opens a concluded row again, or brings its next attempt forward; never one that somebody holds. */
    void resend(String id, Instant takenBefore, Instant now) {
        em.createQuery("update OutboxEntity o set o.status = WAITING, o.nextAttemptAt = :now, o.closedAt = null"
                        + " where o.id = :id and o.lease is null and o.expiresAt > :now and (o.status in (FAILED, CLOSED)"
                        + " or o.status = WAITING and o.nextAttemptAt > :now"
                        + " or o.status = DELIVERED and o.closedAt < :takenBefore)")
                .setParameter("id", id)
                .setParameter("now", now.toEpochMilli())
                .setParameter("takenBefore", takenBefore.equals(Instant.MIN) ? 0L : takenBefore.toEpochMilli())
                .executeUpdate();
    }

    /** What waits for a recipient, is held by nobody, and is due before a moment, is due at that moment. */
    void park(Recipient recipient, Instant until) {
        setDue(recipient, "<", until, until);
    }

    /** What waits for a recipient, is held by nobody, and was parked until a moment, is due at another. */
    void move(Recipient recipient, Instant parkedUntil, Instant due) {
        setDue(recipient, "=", parkedUntil, due);
    }

    /** What waits for a recipient, is held by nobody, and is due after a moment, is due at that moment. */
    void hasten(Recipient recipient, Instant due) {
        setDue(recipient, ">", due, due);
    }

    /** What waits for a recipient, and is held by nobody, goes. */
    void drop(Recipient recipient) {
        inChunks(locked(recipient, "", query -> {}), DELETE, query -> {});
    }

    /** @param than how the present due time compares to {@code bound} */
    private void setDue(Recipient recipient, String than, Instant bound, Instant due) {
        inChunks(
                locked(
                        recipient,
                        " and o.nextAttemptAt " + than + " :bound",
                        query -> query.setParameter("bound", bound.toEpochMilli())),
                "update OutboxEntity o set o.nextAttemptAt = :due",
                query -> query.setParameter("due", due.toEpochMilli()));
    }

    /**
     * Locks what waits for a recipient and is held by nobody, in the order of ids: of two who change the same rows at
     * once, one waits for the other, and never each for a row of the other's. Writes nothing else of the session
     * before: no row that is new in it could be meant.
     */
    private List<String> locked(Recipient recipient, String condition, Consumer<Query> parameters) {
        TypedQuery<String> query = em.createQuery(
                        "select o.id from OutboxEntity o where o.status = WAITING and o.kind = :kind"
                                + " and o.clientId = :client and o.lease is null" + condition + " order by o.id",
                        String.class)
                .setParameter("kind", recipient.kind())
                .setParameter("client", recipient.clientId())
                .setLockMode(LockModeType.PESSIMISTIC_WRITE)
                .setFlushMode(FlushModeType.COMMIT);
        parameters.accept(query);
        return query.getResultList();
    }

    private void inChunks(List<String> ids, String change, Consumer<Query> parameters) {
        for (int first = 0; first < ids.size(); first += MAX_IDS) {
            Query query = em.createQuery(change + " where o.id in :ids")
                    .setParameter("ids", ids.subList(first, Math.min(first + MAX_IDS, ids.size())))
                    .setFlushMode(FlushModeType.COMMIT);
            parameters.accept(query);
            query.executeUpdate();
        }
    }

    /** Asks the index of rows that are due, which knows of a concluded row about when that was. */
    List<OutboxCounts> counts(Instant givenUpSince) {
        Map<List<String>, OutboxCounts> counts = new HashMap<>();
        em.createQuery(
                        "select o.realmId, o.kind, count(o), min(o.createdAt) from OutboxEntity o"
                                + " where o.status = WAITING group by o.realmId, o.kind",
                        Tuple.class)
                .getResultList()
                .forEach(row -> counts.put(realmAndKind(row), waiting(row)));
        em.createQuery(
                        "select o.realmId, o.kind, sum(case when o.status = FAILED then 1 else 0 end),"
                                + " sum(case when o.status = CLOSED and o.reason = '" + OutboxStatus.EXPIRED
                                + "' then 1 else 0 end), count(o) from OutboxEntity o where o.status in (FAILED, CLOSED)"
                                + " and o.nextAttemptAt >= :about and o.closedAt >= :since group by o.realmId, o.kind",
                        Tuple.class)
                .setParameter("about", givenUpSince.minus(MAX_LATENESS).toEpochMilli())
                .setParameter("since", givenUpSince.toEpochMilli())
                .getResultList()
                .forEach(row -> counts.merge(realmAndKind(row), givenUp(row), OutboxStore::both));
        return List.copyOf(counts.values());
    }

    private static List<String> realmAndKind(Tuple row) {
        return List.of(row.get(0, String.class), row.get(1, String.class));
    }

    private static OutboxCounts waiting(Tuple row) {
        return new OutboxCounts(
                row.get(0, String.class),
                row.get(1, String.class),
                row.get(2, Long.class),
                Optional.of(Instant.ofEpochMilli(row.get(3, Long.class))),
                Map.of());
    }

    private static OutboxCounts givenUp(Tuple row) {
        long refused = row.get(2, Long.class);
        long expired = row.get(3, Long.class);
        Map<GivenUpReason, Long> byReason = new EnumMap<>(Map.of(
                GivenUpReason.REFUSED, refused,
                GivenUpReason.EXPIRED, expired,
                GivenUpReason.OBSOLETE, row.get(4, Long.class) - refused - expired));
        byReason.values().removeIf(count -> count == 0);
        return new OutboxCounts(row.get(0, String.class), row.get(1, String.class), 0, Optional.empty(), byReason);
    }

    private static OutboxCounts both(OutboxCounts waiting, OutboxCounts givenUp) {
        return new OutboxCounts(
                waiting.realmId(), waiting.kind(), waiting.waiting(), waiting.oldestWaiting(), givenUp.givenUp());
    }

    /** As the column has room for it. */
    static String shortened(String reason) {
        return reason == null ? null : reason.substring(0, Math.min(reason.length(), MAX_REASON));
    }
}
