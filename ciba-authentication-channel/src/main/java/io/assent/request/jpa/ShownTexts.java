package io.assent.request.jpa;

import io.assent.evidence.ShownText;
import io.assent.server.ServerTime;
import jakarta.persistence.EntityManager;
import java.time.Instant;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.utils.KeycloakModelUtils;

/**
 * Writes each text once, and once a day that it is in use, in a transaction of its own: of two writers at once one
 * finds it there already. Who names a text whose row is about to go waits for that, and writes it anew.
 */
final class ShownTexts {

    private static final String USE = "update ShownTextEntity t set t.usedAt = :now where t.hash = :hash";

    private final NotedTexts noted = new NotedTexts();

    void keep(KeycloakSessionFactory sessions, ShownText text) {
        String hash = text.hash();
        Instant now = ServerTime.now();
        if (noted.has(hash, now)) {
            return;
        }
        try {
            KeycloakModelUtils.runJobInTransaction(sessions, own -> useOrAdd(entityManager(own), text, now));
        } catch (RuntimeException notAdded) {
            KeycloakModelUtils.runJobInTransaction(sessions, own -> {
                if (!use(entityManager(own), hash, now)) {
                    throw notAdded;
                }
            });
        }
        noted.add(hash, now);
    }

    private static void useOrAdd(EntityManager em, ShownText text, Instant now) {
        if (!use(em, text.hash(), now)) {
            em.persist(new ShownTextEntity(text, now));
        }
    }

    /** @return whether it is there */
    private static boolean use(EntityManager em, String hash, Instant now) {
        return em.createQuery(USE)
                        .setParameter("now", now.toEpochMilli())
                        .setParameter("hash", hash)
                        .executeUpdate()
                == 1;
    }

    private static EntityManager entityManager(KeycloakSession session) {
        return session.getProvider(JpaConnectionProvider.class).getEntityManager();
    }
}
