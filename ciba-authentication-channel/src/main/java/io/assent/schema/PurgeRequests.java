package io.assent.schema;

import io.assent.request.Expiry;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.storage.configuration.ServerConfigStorageProvider;

/**
 * Removes the requests of one kind whose time was over for as long as they are kept. Looks at each request once, in the
 * order in which they expire; how far it came is kept with the server's own settings. So no index has to say which of
 * them were answered: each answer would change it, and with it all the others of its row.
 *
 * @param kind which requests go
 * @param kept how long they are kept once their time is over
 */
record PurgeRequests(Kind kind, Duration kept) implements Housekeeping.Chore {

    private static final String NEXT = "select r.id, r.expiresAt, r.decidedAt from ConsentRequestEntity r"
            + " where r.expiresAt >= :after and r.expiresAt < :before and (r.expiresAt > :after or r.id > :id)"
            + " order by r.expiresAt, r.id";

    private static final String LOCK = "select r.id from ConsentRequestEntity r where r.id in :ids";

    /** Takes along, by the foreign keys, what is left of their deliveries and their pings. */
    private static final String REMOVE = "delete from ConsentRequestEntity r where r.id in :ids";

    static List<PurgeRequests> all(Retention retention) {
        return List.of(
                new PurgeRequests(Kind.UNANSWERED, retention.unanswered()),
                new PurgeRequests(Kind.ANSWERED, retention.answered()));
    }

    @Override
    public String name() {
        return "Looked for " + kind.words + " requests to purge, at requests";
    }

    @Override
    public int doSome(KeycloakSession session, Instant now, int max) {
        ServerConfigStorageProvider settings = session.getProvider(ServerConfigStorageProvider.class);
        Expiry looked = Expiry.parse(settings.loadOrCreate(
                kind.mark, () -> Expiry.before(Instant.EPOCH).toString()));
        EntityManager em = session.getProvider(JpaConnectionProvider.class).getEntityManager();
        List<Row> rows = next(em, looked, now.minus(kept), max);
        if (rows.isEmpty()) {
            return 0;
        }
        Set<String> left = due(rows);
        List<String> gone = lock(em, left);
        if (!gone.isEmpty()) {
            em.createQuery(REMOVE).setParameter("ids", gone).executeUpdate();
        }
        gone.forEach(left::remove);
        // what somebody else holds is looked at once more
        List<Row> done =
                rows.stream().takeWhile(row -> !left.contains(row.id())).toList();
        if (!done.isEmpty()) {
            Expiry last = done.get(done.size() - 1).expiry();
            settings.replace(kind.mark, looked.toString()::equals, last::toString);
        }
        return done.size();
    }

    private static List<Row> next(EntityManager em, Expiry looked, Instant before, int max) {
        return em
                .createQuery(NEXT, Tuple.class)
                .setParameter("after", looked.at().toEpochMilli())
                .setParameter("id", looked.requestId())
                .setParameter("before", before.toEpochMilli())
                .setMaxResults(max)
                .getResultList()
                .stream()
                .map(Row::of)
                .toList();
    }

    private Set<String> due(List<Row> rows) {
        return rows.stream()
                .filter(row -> row.answered() == kind.answered)
                .map(Row::id)
                .collect(Collectors.toCollection(HashSet::new));
    }

    private static List<String> lock(EntityManager em, Set<String> ids) {
        return ids.isEmpty()
                ? List.of()
                : SkipLocked.in(em.createQuery(LOCK, String.class).setParameter("ids", ids))
                        .getResultList();
    }

    /** Which requests, and under which name is kept how far they were looked at. */
    enum Kind {
        UNANSWERED("unanswered", false),
        ANSWERED("answered", true);

        private final String words;
        private final boolean answered;
        private final String mark;

        Kind(String words, boolean answered) {
            this.words = words;
            this.answered = answered;
            mark = "assent.consent-request.purged-" + words;
        }
    }

    /** What of a request decides. */
    private record Row(String id, Expiry expiry, boolean answered) {
        private static Row of(Tuple row) {
            String id = row.get(0, String.class);
            return new Row(
                    id, new Expiry(Instant.ofEpochMilli(row.get(1, Long.class)), id), row.get(2, Long.class) != null);
        }
    }
}
