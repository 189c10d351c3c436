package io.assent.securityevent;

import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.Optional;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;

/** Keeps what clients are still to be told. */
final class SecurityEventStore {

    private final EntityManager em;

    private SecurityEventStore(EntityManager em) {
        this.em = em;
    }

    /** In the session's transaction. */
    static SecurityEventStore of(KeycloakSession session) {
        return new SecurityEventStore(
                session.getProvider(JpaConnectionProvider.class).getEntityManager());
    }

    void add(SecurityEvent event, Instant expiresAt) {
        em.persist(new SecurityEventEntity(event, expiresAt));
    }

    Optional<SecurityEvent> find(String id) {
        return Optional.ofNullable(em.find(SecurityEventEntity.class, id)).map(SecurityEventEntity::event);
    }

    void remove(String id) {
        em.createQuery("delete from SecurityEventEntity e where e.id = :id")
                .setParameter("id", id)
                .executeUpdate();
    }
}
