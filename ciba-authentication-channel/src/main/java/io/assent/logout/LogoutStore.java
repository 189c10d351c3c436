package io.assent.logout;

import io.assent.token.TokensEnded.EndedSession;
import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.Optional;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;

/** Keeps what clients are still to be told. */
final class LogoutStore {

    private final EntityManager em;

    private LogoutStore(EntityManager em) {
        this.em = em;
    }

    /** In the session's transaction. */
    static LogoutStore of(KeycloakSession session) {
        return new LogoutStore(session.getProvider(JpaConnectionProvider.class).getEntityManager());
    }

    /** @return the id by which it is found */
    String add(String consentId, EndedSession session, Instant expiresAt) {
        LogoutEntity logout = new LogoutEntity(consentId, session, expiresAt);
        em.persist(logout);
        return logout.id();
    }

    Optional<LogoutEntity> find(String id) {
        return Optional.ofNullable(em.find(LogoutEntity.class, id));
    }

    void remove(String id) {
        em.createQuery("delete from LogoutEntity l where l.id = :id")
                .setParameter("id", id)
                .executeUpdate();
    }
}
