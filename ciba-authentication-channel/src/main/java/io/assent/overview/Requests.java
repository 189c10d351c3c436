package io.assent.overview;

import io.assent.request.ConsentRequest;
import io.assent.request.ConsentRequestStatus;
import io.assent.request.ConsentRequests;
import io.assent.server.Position;
import io.assent.server.ServerTime;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Tuple;
import jakarta.persistence.TypedQuery;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;

/** Requests that were asked, whoever by and whomever. */
public final class Requests {

    /** Of the index: a state that is rare is not looked for among all that was ever asked. */
    static final int MOST_READ = 2_000;

    private static final String SELECT =
            "select r.id, r.createdAt, r.status, r.expiresAt, r.reported, r.realmId, r.clientId"
                    + " from ConsentRequestEntity r where ";

    private static final String AFTER = " and r.createdAt <= :afterAt and (r.createdAt < :afterAt or r.id < :afterId)";

    private static final String AFTER_END =
            " and r.expiresAt <= :afterAt and (r.expiresAt < :afterAt or r.id < :afterId)";

    private final EntityManager em;
    private final ConsentRequests requests;

    private Requests(EntityManager em, ConsentRequests requests) {
        this.em = em;
        this.requests = requests;
    }

    public static Requests of(KeycloakSession session) {
        return new Requests(
                session.getProvider(JpaConnectionProvider.class).getEntityManager(), ConsentRequests.of(session));
    }

    /**
     * The newest first; what is open of more than one customer, by the end of its time, the last end first. Reads
     * {@value #MOST_READ} rows at the most.
     *
     * @param after those after this place alone, if there is one
     * @param max how many to return at the most, 1 or more
     */
    public Part<ConsentRequest> search(RequestQuery query, Optional<Position> after, int max) {
        Instant now = ServerTime.now();
        boolean open = query.state().filter(RequestState.PENDING::equals).isPresent()
                && query.userId().isEmpty();
        return (open ? open(query, after, max, now) : asked(query, after, max, now))
                .map(found -> load(query.realmId(), found));
    }

    /**
     * By the index of the ends: little is open at once, of all that was ever asked, and what the bank asked itself may
     * have waited for weeks. No condition but that: another one could make a planner walk by another index.
     */
    private Part<Row> open(RequestQuery query, Optional<Position> after, int max, Instant now) {
        TypedQuery<Tuple> select = em.createQuery(
                        SELECT + "r.expiresAt > :now" + (after.isPresent() ? AFTER_END : "")
                                + " order by r.expiresAt desc, r.id desc",
                        Tuple.class)
                .setParameter("now", now.toEpochMilli());
        after.ifPresent(position ->
                select.setParameter("afterAt", position.at().toEpochMilli()).setParameter("afterId", position.id()));
        return part(
                select,
                MOST_READ,
                max,
                row -> row.isIn(RequestState.PENDING, now) && row.isOf(query),
                row -> new Position(row.expiresAt(), row.id()));
    }

    private Part<Row> asked(RequestQuery query, Optional<Position> after, int max, Instant now) {
        return part(
                select(query, after),
                query.state().isPresent() ? MOST_READ : max + 1,
                max,
                row -> query.state().map(state -> row.isIn(state, now)).orElse(true),
                row -> new Position(row.createdAt(), row.id()));
    }

    private static Part<Row> part(
            TypedQuery<Tuple> select, int mostRead, int max, Predicate<Row> wanted, Function<Row, Position> place) {
        List<Row> rows = select.setMaxResults(mostRead).getResultList().stream()
                .map(Row::of)
                .toList();
        return Part.of(rows, mostRead, max, wanted, place);
    }

    private TypedQuery<Tuple> select(RequestQuery query, Optional<Position> after) {
        Map<String, Object> parameters = new LinkedHashMap<>();
        StringBuilder jpql = new StringBuilder(SELECT + "r.realmId = :realm");
        parameters.put("realm", query.realmId());
        query.userId().ifPresent(user -> {
            jpql.append(" and r.userId = :user");
            parameters.put("user", user);
        });
        query.clientId().ifPresent(client -> {
            jpql.append(" and r.clientId = :client");
            parameters.put("client", client);
        });
        query.from().ifPresent(from -> {
            jpql.append(" and r.createdAt >= :from");
            parameters.put("from", from.toEpochMilli());
        });
        query.to().ifPresent(to -> {
            jpql.append(" and r.createdAt < :to");
            parameters.put("to", to.toEpochMilli());
        });
        after.ifPresent(position -> {
            jpql.append(AFTER);
            parameters.put("afterAt", position.at().toEpochMilli());
            parameters.put("afterId", position.id());
        });
        TypedQuery<Tuple> select = em.createQuery(
                jpql.append(" order by r.createdAt desc, r.id desc").toString(), Tuple.class);
        parameters.forEach(select::setParameter);
        return select;
    }

    /** All in one statement, after which each is found without another. One that went meanwhile is left out. */
    private List<ConsentRequest> load(String realmId, List<Row> found) {
        if (found.isEmpty()) {
            return List.of();
        }
        List<String> ids = found.stream().map(Row::id).toList();
        em.createQuery("select r from ConsentRequestEntity r where r.id in :ids")
                .setParameter("ids", ids)
                .getResultList();
        return ids.stream().flatMap(id -> requests.find(realmId, id).stream()).toList();
    }

    private record Row(
            String id,
            Instant createdAt,
            ConsentRequestStatus status,
            Instant expiresAt,
            boolean reported,
            String realmId,
            String clientId) {

        static Row of(Tuple row) {
            return new Row(
                    row.get(0, String.class),
                    Instant.ofEpochMilli(row.get(1, Long.class)),
                    row.get(2, ConsentRequestStatus.class),
                    Instant.ofEpochMilli(row.get(3, Long.class)),
                    row.get(4, Boolean.class),
                    row.get(5, String.class),
                    row.get(6, String.class));
        }

        boolean isIn(RequestState state, Instant now) {
            return state.is(status, expiresAt, reported, now);
        }

        /** Whoever the customer is. */
        boolean isOf(RequestQuery query) {
            return realmId.equals(query.realmId())
                    && query.clientId()
                            .filter(client -> !client.equals(clientId))
                            .isEmpty()
                    && query.from().filter(createdAt::isBefore).isEmpty()
                    && query.to().filter(to -> !createdAt.isBefore(to)).isEmpty();
        }
    }
}
