package io.assent.sql;

import jakarta.transaction.InvalidTransactionException;
import jakarta.transaction.SystemException;
import jakarta.transaction.Transaction;
import jakarta.transaction.TransactionManager;
import java.sql.Connection;
import java.sql.SQLException;
import org.hibernate.engine.jdbc.connections.spi.JdbcConnectionAccess;
import org.hibernate.engine.spi.SessionImplementor;
import org.hibernate.jdbc.ReturningWork;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.transaction.JtaTransactionManagerLookup;

/** A connection that belongs to no transaction, for a moment. */
final class OutsideTransaction {

    /** @param session one that holds no connection */
    static <T> T read(KeycloakSessionFactory sessions, SessionImplementor session, ReturningWork<T> work) {
        TransactionManager transactions = transactions(sessions);
        try {
            Transaction ours = transactions == null ? null : transactions.suspend();
            try {
                return onItsOwnConnection(session, work);
            } finally {
                if (ours != null) {
                    transactions.resume(ours);
                }
            }
        } catch (SQLException failed) {
            throw session.getJdbcServices()
                    .getSqlExceptionHelper()
                    .convert(failed, "Could not read outside a transaction");
        } catch (SystemException | InvalidTransactionException failed) {
            throw new IllegalStateException("Could not read outside of the transaction", failed);
        }
    }

    private static TransactionManager transactions(KeycloakSessionFactory sessions) {
        JtaTransactionManagerLookup lookup =
                (JtaTransactionManagerLookup) sessions.getProviderFactory(JtaTransactionManagerLookup.class);
        return lookup == null ? null : lookup.getTransactionManager();
    }

    private static <T> T onItsOwnConnection(SessionImplementor session, ReturningWork<T> work) throws SQLException {
        JdbcConnectionAccess connections = session.getJdbcConnectionAccess();
        Connection connection = connections.obtainConnection();
        try {
            return work.execute(connection);
        } finally {
            connections.releaseConnection(connection);
        }
    }

    private OutsideTransaction() {}
}
