package io.assent.request.jpa;

import io.assent.evidence.ShownText;
import jakarta.persistence.EntityManager;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.utils.KeycloakModelUtils;

/** Writes each text once, in a transaction of its own: of two writers at once one finds it there already. */
final class ShownTexts {

    /** So many that a bank's clients and languages fit, and no more. */
    private static final int MAX_KNOWN = 10_000;

    private final Set<String> known = ConcurrentHashMap.newKeySet();

    void keep(KeycloakSessionFactory sessions, ShownText text) {
        String hash = text.hash();
        if (known.contains(hash)) {
            return;
        }
        try {
            KeycloakModelUtils.runJobInTransaction(sessions, own -> addIfMissing(entityManager(own), text));
        } catch (RuntimeException notAdded) {
            KeycloakModelUtils.runJobInTransaction(sessions, own -> {
                if (entityManager(own).find(ShownTextEntity.class, hash) == null) {
                    throw notAdded;
                }
            });
        }
        if (known.size() >= MAX_KNOWN) {
            known.clear();
        }
        known.add(hash);
    }

    private static void addIfMissing(EntityManager em, ShownText text) {
        if (em.find(ShownTextEntity.class, text.hash()) == null) {
            em.persist(new ShownTextEntity(text));
        }
    }

    private static EntityManager entityManager(KeycloakSession session) {
        return session.getProvider(JpaConnectionProvider.class).getEntityManager();
    }
}
