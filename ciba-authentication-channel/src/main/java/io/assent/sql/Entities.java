package io.assent.sql;

import jakarta.persistence.EntityManager;
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

    private Entities() {}
}
