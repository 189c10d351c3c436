package io.assent.ciba.ping;

import jakarta.persistence.EntityManager;
import java.util.Optional;

/** Keeps what pings carry, by the id of the consent request. */
public final class PingStore {

    private final EntityManager em;

    public PingStore(EntityManager em) {
        this.em = em;
    }

    public void add(String requestId, String authReqId, String clientNotificationToken) {
        em.persist(new PingEntity(requestId, authReqId, clientNotificationToken));
    }

    Optional<PingEntity> find(String requestId) {
        return Optional.ofNullable(em.find(PingEntity.class, requestId));
    }

    void remove(String requestId) {
        em.createQuery("delete from PingEntity p where p.requestId = :request")
                .setParameter("request", requestId)
                .executeUpdate();
    }
}
