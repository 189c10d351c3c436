package io.assent.lock;

import io.assent.server.Parties;
import io.assent.sql.SqlUpdate;
import jakarta.persistence.EntityManager;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;

/**
 * Makes whoever else changes something between a customer and a client wait until the session's transaction ends: by
 * what Keycloak itself stores of the two, where it stores something. It comes before any row is changed, everywhere, so
 * that no two wait for each other.
 */
public final class PartiesLock {

    private static final String ATTRIBUTE = PartiesLock.class.getName();

    /** Changes nothing, and locks on every database. */
    private static final String LOCK =
            "update {h-schema}USER_CONSENT set CLIENT_ID = CLIENT_ID where USER_ID = :user and CLIENT_ID = :client";

    private final EntityManager em;
    private final Set<Parties> held = new HashSet<>();

    private PartiesLock(EntityManager em) {
        this.em = em;
    }

    /** The one of the session. */
    public static PartiesLock of(KeycloakSession session) {
        PartiesLock lock = session.getAttribute(ATTRIBUTE, PartiesLock.class);
        if (lock == null) {
            lock = new PartiesLock(
                    session.getProvider(JpaConnectionProvider.class).getEntityManager());
            session.setAttribute(ATTRIBUTE, lock);
        }
        return lock;
    }

    /** Whether it was taken: there was something to wait for. */
    public boolean isHeld(Parties parties) {
        return held.contains(parties);
    }

    /** Waits, unless it is held. */
    public void take(Parties parties) {
        if (!isHeld(parties)) {
            took(parties, statement(parties).run());
        }
    }

    /**
     * The same, and runs an update then: in one call to the database, where that can be.
     *
     * @return whether the update found the one row that it was for
     */
    public boolean takeAndFindOne(Parties parties, SqlUpdate update) {
        if (isHeld(parties)) {
            return update.findsOne();
        }
        List<Integer> found = SqlUpdate.runInTurn(List.of(statement(parties), update));
        took(parties, found.get(0));
        return found.get(1) == 1;
    }

    private SqlUpdate statement(Parties parties) {
        return SqlUpdate.of(em, LOCK).set("user", parties.userId()).set("client", parties.clientId());
    }

    private void took(Parties parties, int rows) {
        if (rows > 0) {
            held.add(parties);
        }
    }
}
