package io.assent.ciba.ping;

import jakarta.persistence.EntityManager;
import java.util.Optional;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;

/** Keeps what pings carry, by the id of the consent request. */
public final class PingStore {

    private final EntityManager em;

    private PingStore(EntityManager em) {
        this.em = em;
    }

    public static PingStore of(KeycloakSession session) {
        return new PingStore(session.getProvider(JpaConnectionProvider.class).getEntityManager());
    }

    public void add(String requestId, String authReqId, String clientNotificationToken) {
        em.persist(new PingEntity(requestId, authReqId, clientNotificationToken));
    }

    Optional<PingEntity> find(String requestId) {
        return Optional.ofNullable(em.find(PingEntity.class, requestId));
    }

    /** Without it no ping of the request is sent. */
    public void remove(String requestId) {
        em.createQuery("delete from PingEntity p where p.requestId = :request")
                .setParameter("request", requestId)
                .executeUpdate();
    }
}
