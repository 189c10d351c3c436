package io.assent.partner.revocation;

import jakarta.persistence.EntityManager;
import java.util.Optional;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;

/** Keeps the tokens that partners are still to revoke. */
public final class RevocationStore {

    private final EntityManager em;

    private RevocationStore(EntityManager em) {
        this.em = em;
    }

    /** In the session's transaction. */
    public static RevocationStore of(KeycloakSession session) {
        return new RevocationStore(
                session.getProvider(JpaConnectionProvider.class).getEntityManager());
    }

    void add(RevocationEntity revocation) {
        em.persist(revocation);
    }

    public Optional<RevocationEntity> find(String id) {
        return Optional.ofNullable(em.find(RevocationEntity.class, id));
    }

    public void remove(String id) {
        em.createQuery("delete from RevocationEntity r where r.id = :id")
                .setParameter("id", id)
                .executeUpdate();
    }

    /** Those of an identity provider that is gone. */
    public void removeAll(String realmId, String providerId) {
        em.createQuery("delete from RevocationEntity r where r.realmId = :realm and r.providerId = :provider")
                .setParameter("realm", realmId)
                .setParameter("provider", providerId)
                .executeUpdate();
    }

    public void removeAll(String realmId) {
        em.createQuery("delete from RevocationEntity r where r.realmId = :realm")
                .setParameter("realm", realmId)
                .executeUpdate();
    }
}
