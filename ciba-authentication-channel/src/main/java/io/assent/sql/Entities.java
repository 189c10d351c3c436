package io.assent.sql;

import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import org.hibernate.engine.spi.EntityKey;
import org.hibernate.engine.spi.SessionImplementor;

/** What an entity manager knows of rows, beside which a {@link SqlUpdate} changes them. */
public final class Entities {

    /** Lets a row be read anew that was read before. Asks the database for nothing. */
    public static void forget(EntityManager em, Class<?> entity, String id) {
        SessionImplementor session = em.unwrap(SessionImplementor.class);
        EntityKey key = session.generateEntityKey(
                id, session.getFactory().getMappingMetamodel().getEntityDescriptor(entity));
        Object known = session.getPersistenceContext().getEntity(key);
        if (known != null) {
            em.detach(known);
        }
    }

    /**
     * Reads a row as it is now, which nobody else changes until the transaction ends. Where a transaction goes on
     * seeing what it saw first (MariaDB), only a read that locks sees what is there.
     *
     * @return {@code null} where it is gone
     */
    public static <T> T hold(EntityManager em, Class<T> entity, String id) {
        // what waits to be written of it is not lost
        em.flush();
        forget(em, entity, id);
        return em.find(entity, id, LockModeType.PESSIMISTIC_WRITE);
    }

    private Entities() {}
}
