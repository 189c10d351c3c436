package io.assent.schema;

import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.List;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;

/**
 * Says of words that nobody noted when they were used last that it was now: of those that a version before this one
 * wrote. So they go in time, too, and not before the answers that name them.
 */
record DateWords() implements Housekeeping.Chore {

    private static final String UNDATED = "select t.hash from ShownTextEntity t where t.usedAt is null";

    private static final String DATE =
            "update ShownTextEntity t set t.usedAt = :now where t.hash in :hashes and t.usedAt is null";

    @Override
    public String name() {
        return "Dated words that customers were shown";
    }

    @Override
    public int doSome(KeycloakSession session, Instant now, int max) {
        EntityManager em = session.getProvider(JpaConnectionProvider.class).getEntityManager();
        List<String> hashes = SkipLocked.in(
                        em.createQuery(UNDATED, String.class).setMaxResults(max))
                .getResultList();
        return hashes.isEmpty()
                ? 0
                : em.createQuery(DATE)
                        .setParameter("now", now.toEpochMilli())
                        .setParameter("hashes", hashes)
                        .executeUpdate();
    }
}
