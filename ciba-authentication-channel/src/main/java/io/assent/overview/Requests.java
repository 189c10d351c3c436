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
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;

/** Requests that were asked, whoever by and whomever. */
public final class Requests {

    /** Of the index: a state that is rare is not looked for among all that was ever asked. */
    static final int MOST_READ = 2_000;

    private static final String AFTER = " and r.createdAt <= :afterAt and (r.createdAt < :afterAt or r.id < :afterId)";

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
     * The newest first. Reads {@value #MOST_READ} rows at the most.
     *
     * @param after those after this place alone, if there is one
     * @param max how many to return at the most, 1 or more
     */
    public Part<ConsentRequest> search(RequestQuery query, Optional<Position> after, int max) {
        Instant now = ServerTime.now();
        int mostRead = query.state().isPresent() ? MOST_READ : max + 1;
        List<Row> rows = select(query, after, now).setMaxResults(mostRead).getResultList().stream()
                .map(Row::of)
                .toList();
        return Part.of(
                        rows,
                        mostRead,
                        max,
                        row -> query.state()
                                .map(state -> state.is(row.status(), row.expiresAt(), row.reported(), now))
                                .orElse(true),
                        Row::position)
                .map(found -> load(query.realmId(), found));
    }

    private TypedQuery<Tuple> select(RequestQuery query, Optional<Position> after, Instant now) {
        Map<String, Object> parameters = new LinkedHashMap<>();
        StringBuilder jpql = new StringBuilder("select r.id, r.createdAt, r.status, r.expiresAt, r.reported"
                + " from ConsentRequestEntity r where r.realmId = :realm");
        parameters.put("realm", query.realmId());
        query.userId().ifPresent(user -> {
            jpql.append(" and r.userId = :user");
            parameters.put("user", user);
        });
        query.clientId().ifPresent(client -> {
            jpql.append(" and r.clientId = :client");
            parameters.put("client", client);
        });
        from(query, now).ifPresent(from -> {
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

    private static Optional<Instant> from(RequestQuery query, Instant now) {
        if (query.state().filter(RequestState.PENDING::equals).isEmpty()) {
            return query.from();
        }
        // among a customer's few requests, also what the bank asked
        Instant oldest =
                now.minus(query.userId().isPresent() ? ConsentRequest.LONGEST_AMENDMENT : ConsentRequest.LONGEST_LIFE);
        return Optional.of(query.from().filter(oldest::isBefore).orElse(oldest));
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

    private record Row(String id, Instant createdAt, ConsentRequestStatus status, Instant expiresAt, boolean reported) {

        static Row of(Tuple row) {
            return new Row(
                    row.get(0, String.class),
                    Instant.ofEpochMilli(row.get(1, Long.class)),
                    row.get(2, ConsentRequestStatus.class),
                    Instant.ofEpochMilli(row.get(3, Long.class)),
                    row.get(4, Boolean.class));
        }

        Position position() {
            return new Position(createdAt, id);
        }
    }
}
