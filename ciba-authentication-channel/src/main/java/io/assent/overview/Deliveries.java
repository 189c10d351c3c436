package io.assent.overview;

import io.assent.cloudevent.EventHandlerFactory;
import io.assent.outbox.Delivery;
import io.assent.outbox.DeliveryHandler;
import io.assent.outbox.Outbox;
import io.assent.outbox.http.ClientDeliveryHandlerFactory;
import io.assent.push.PushHandlerFactory;
import io.assent.request.ConsentRequest;
import io.assent.request.ConsentRequest.Journey;
import io.assent.request.ConsentRequestStore.Filter;
import io.assent.request.ConsentRequests;
import io.assent.server.Customer;
import io.assent.server.Parties;
import io.assent.server.Position;
import io.assent.server.ServerTime;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.Tuple;
import jakarta.persistence.TypedQuery;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;

/** What was left to the outbox, and what became of it. */
public final class Deliveries {

    /** Of the index, for each page. */
    static final int MOST_READ = 2_000;

    /** A push that was taken so lately is not sent again: who asks twice gets one. */
    static final Duration PAUSE = Duration.ofMinutes(1);

    /** More do not wait for one customer; a newer one is among the newest. */
    private static final int MOST_PENDING = 20;

    private static final String SELECT = "select o.id, o.kind, o.realmId, o.clientId, o.userId, o.ownerId, o.target,"
            + " o.status, o.reason, o.attempts, o.nextAttemptAt, o.lease, o.createdAt, o.expiresAt, o.closedAt"
            + " from OutboxEntity o where o.kind <> '" + EventHandlerFactory.KIND + "' and ";

    private static final String AFTER =
            " and o.nextAttemptAt <= :at and (o.nextAttemptAt < :at or o.nextAttemptAt = :at and o.id < :id)";

    private static final Comparator<DeliveryRecord> NEWEST_FIRST = Comparator.comparing(DeliveryRecord::nextAttemptAt)
            .thenComparing(DeliveryRecord::id)
            .reversed();

    private final EntityManager em;
    private final Outbox outbox;
    private final ConsentRequests requests;
    private final KeycloakSessionFactory kinds;

    private Deliveries(EntityManager em, Outbox outbox, ConsentRequests requests, KeycloakSessionFactory kinds) {
        this.em = em;
        this.outbox = outbox;
        this.requests = requests;
        this.kinds = kinds;
    }

    public static Deliveries of(KeycloakSession session) {
        return new Deliveries(
                session.getProvider(JpaConnectionProvider.class).getEntityManager(),
                session.getProvider(Outbox.class),
                ConsentRequests.of(session),
                session.getKeycloakSessionFactory());
    }

    /** Whether a delivery is posted to the client that it is about. Any other is for the customer. */
    public boolean isToTheClient(DeliveryRecord row) {
        return kinds.getProviderFactory(DeliveryHandler.class, row.delivery().kind())
                instanceof ClientDeliveryHandlerFactory;
    }

    /**
     * Those of a realm but its events, which have a list of their own, the one that is or was due last first. Reads
     * {@value #MOST_READ} rows of each state at the most.
     *
     * @param clientId the internal id of the client that they are about
     * @param after those after this place alone, if there is one
     * @param max how many to return at the most, 1 or more
     */
    public Part<DeliveryRecord> search(
            String realmId, Optional<String> clientId, Set<DeliveryState> states, Optional<Position> after, int max) {
        // the index has the order of each status alone
        List<DeliveryRecord> rows = states.stream()
                .flatMap(Deliveries::statuses)
                .distinct()
                .flatMap(status -> select(realmId, status, after).stream())
                .sorted(NEWEST_FIRST)
                .limit(MOST_READ)
                .toList();
        return Part.of(
                        rows,
                        MOST_READ,
                        max,
                        row -> states.contains(row.state())
                                && clientId.filter(client -> !client.equals(
                                                row.delivery().parties().clientId()))
                                        .isEmpty(),
                        DeliveryRecord::position)
                .map(this::withPlatforms);
    }

    private static Stream<String> statuses(DeliveryState state) {
        return state == DeliveryState.FAILED
                ? Stream.of(DeliveryState.FAILED.name(), DeliveryState.CLOSED.name())
                : Stream.of(state.name());
    }

    private List<DeliveryRecord> select(String realmId, String status, Optional<Position> after) {
        TypedQuery<Tuple> query = em.createQuery(
                        SELECT + "o.realmId = :realm and o.status = " + status + (after.isPresent() ? AFTER : "")
                                + " order by o.nextAttemptAt desc, o.id desc",
                        Tuple.class)
                .setParameter("realm", realmId);
        after.ifPresent(position ->
                query.setParameter("at", position.at().toEpochMilli()).setParameter("id", position.id()));
        return records(query.setMaxResults(MOST_READ));
    }

    public Optional<DeliveryRecord> find(String realmId, String id) {
        return withPlatforms(records(em.createQuery(SELECT + "o.id = :id and o.realmId = :realm", Tuple.class)
                        .setParameter("id", id)
                        .setParameter("realm", realmId)))
                .stream()
                .findFirst();
    }

    /** Those of some requests, the oldest first, by the requests' ids. */
    public Map<String, List<DeliveryRecord>> of(Collection<ConsentRequest> owners) {
        if (owners.isEmpty()) {
            return Map.of();
        }
        return withPlatforms(records(em.createQuery(
                                SELECT + "o.ownerId in :ids order by o.createdAt, o.id", Tuple.class)
                        .setParameter(
                                "ids", owners.stream().map(ConsentRequest::id).toList())))
                .stream()
                .collect(Collectors.groupingBy(row -> row.delivery().ownerId()));
    }

    /**
     * Has a delivery attempted now that was given up or waits. Once at a time, and safe to repeat: what waits already
     * is attempted once, and what was taken stays so.
     *
     * @return how it stands; empty where there is no use in it
     */
    public Optional<DeliveryRecord> resend(DeliveryRecord known) {
        if (known.state() == DeliveryState.DELIVERED) {
            return Optional.of(known);
        }
        Instant now = ServerTime.now();
        Optional<ConsentRequest> request = Optional.ofNullable(known.delivery().ownerId())
                .flatMap(id -> requests.find(known.delivery().parties().realmId(), id));
        if (!known.canBeResent(request, now)) {
            return Optional.empty();
        }
        outbox.resend(known.id(), Instant.MIN);
        return find(known.delivery().parties().realmId(), known.id())
                .filter(row -> row.state() != DeliveryState.CLOSED);
    }

    /**
     * Tells a device again of all that waits for its customer's answer, also where it was told, but for the last
     * {@link #PAUSE}.
     *
     * @param deviceId one that pushes reach
     * @return its pushes
     */
    public List<DeliveryRecord> tellAgain(Customer customer, String deviceId) {
        List<ConsentRequest> waiting = requests.list(customer, Filter.PENDING, Optional.empty(), MOST_PENDING).stream()
                .filter(request -> !request.journey().is(Journey.REDIRECT))
                .toList();
        if (waiting.isEmpty()) {
            return List.of();
        }
        hold(waiting);
        Instant takenBefore = ServerTime.now().minus(PAUSE);
        Map<String, List<DeliveryRecord>> pushes = pushes(waiting, deviceId);
        for (ConsentRequest request : waiting) {
            List<DeliveryRecord> known = pushes.getOrDefault(request.id(), List.of());
            known.forEach(push -> outbox.resend(push.id(), takenBefore));
            // whoever scanned a link has the question before them
            if (known.isEmpty() && !request.journey().is(Journey.APP_LINK)) {
                outbox.enqueue(new Delivery(
                        PushHandlerFactory.KIND, request.parties(), request.id(), deviceId, request.expiresAt()));
            }
        }
        return pushes(waiting, deviceId).values().stream()
                .flatMap(List::stream)
                .sorted(NEWEST_FIRST)
                .toList();
    }

    /** Of two at once the second one sees what the first has written. */
    private void hold(List<ConsentRequest> waiting) {
        em.createQuery("select r from ConsentRequestEntity r where r.id in :ids order by r.id")
                .setParameter("ids", waiting.stream().map(ConsentRequest::id).toList())
                .setLockMode(LockModeType.PESSIMISTIC_WRITE)
                .getResultList();
    }

    private Map<String, List<DeliveryRecord>> pushes(List<ConsentRequest> waiting, String deviceId) {
        Map<String, List<DeliveryRecord>> pushes = new HashMap<>();
        of(waiting)
                .forEach((id, rows) -> pushes.put(
                        id,
                        rows.stream()
                                .filter(row -> row.delivery().kind().equals(PushHandlerFactory.KIND)
                                        && row.delivery().target().equals(deviceId))
                                .toList()));
        return pushes;
    }

    private List<DeliveryRecord> withPlatforms(List<DeliveryRecord> rows) {
        if (rows.isEmpty()) {
            return rows;
        }
        Map<List<String>, String> platforms = new HashMap<>();
        em.createQuery(
                        "select d.realmId, d.userId, d.id, d.platform from DeviceEntity d where d.realmId in :realms"
                                + " and d.userId in :users and d.id in :ids",
                        Tuple.class)
                .setParameter(
                        "realms",
                        rows.stream()
                                .map(row -> row.delivery().parties().realmId())
                                .collect(Collectors.toSet()))
                .setParameter(
                        "users",
                        rows.stream()
                                .map(row -> row.delivery().parties().userId())
                                .collect(Collectors.toSet()))
                .setParameter(
                        "ids", rows.stream().map(row -> row.delivery().target()).collect(Collectors.toSet()))
                .getResultList()
                .forEach(row -> platforms.put(
                        List.of(row.get(0, String.class), row.get(1, String.class), row.get(2, String.class)),
                        row.get(3, String.class)));
        return rows.stream()
                .map(row -> row.reachedBy(Optional.ofNullable(platforms.get(List.of(
                        row.delivery().parties().realmId(),
                        row.delivery().parties().userId(),
                        row.delivery().target())))))
                .toList();
    }

    private static List<DeliveryRecord> records(TypedQuery<Tuple> query) {
        return query.getResultList().stream().map(Deliveries::record).toList();
    }

    private static DeliveryRecord record(Tuple row) {
        String reason = row.get(8, String.class);
        return new DeliveryRecord(
                row.get(0, String.class),
                new Delivery(
                        row.get(1, String.class),
                        new Parties(row.get(2, String.class), row.get(3, String.class), row.get(4, String.class)),
                        row.get(5, String.class),
                        row.get(6, String.class),
                        Instant.ofEpochMilli(row.get(13, Long.class))),
                DeliveryState.of(row.get(7, Enum.class).name(), reason),
                row.get(9, Integer.class),
                Optional.ofNullable(reason),
                row.get(11, String.class) != null,
                Instant.ofEpochMilli(row.get(12, Long.class)),
                Instant.ofEpochMilli(row.get(10, Long.class)),
                Optional.ofNullable(row.get(14, Long.class)).map(Instant::ofEpochMilli),
                Optional.empty());
    }
}
