package io.assent.destination;

import java.sql.Connection;
import org.hibernate.Session;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;

/**
 * How far the database keeps transactions apart. Events of one subject are put in order by locks that are meant for
 * READ COMMITTED. With more than that MariaDB and MySQL lock the gaps between rows as well, and transactions that have
 * nothing to do with each other lock each other out.
 */
public final class DatabaseIsolation {

    /** Whether it is more than destinations can do with. Asks the session's connection. */
    public static boolean isTooMuch(KeycloakSession session) {
        return session.getProvider(JpaConnectionProvider.class)
                .getEntityManager()
                .unwrap(Session.class)
                .doReturningWork(
                        connection -> connection.getTransactionIsolation() > Connection.TRANSACTION_READ_COMMITTED);
    }

    private DatabaseIsolation() {}
}
