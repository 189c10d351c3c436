package io.assent.sql;

import jakarta.persistence.EntityManager;
import jakarta.transaction.InvalidTransactionException;
import jakarta.transaction.SystemException;
import jakarta.transaction.Transaction;
import jakarta.transaction.TransactionManager;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.OptionalLong;
import org.hibernate.engine.jdbc.connections.spi.JdbcConnectionAccess;
import org.hibernate.engine.spi.SessionImplementor;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.transaction.JtaTransactionManagerLookup;

/**
 * One select of what is committed, for a call that asks the database for nothing else: outside of its transaction,
 * whose beginning and end would be two more calls. Where the transaction has a connection already it reads there: a
 * session that held two at once could wait for ever for its second one, beside others that do the same.
 */
public final class SqlRead {

    private final KeycloakSessionFactory sessions;
    private final EntityManager em;
    private final SqlText text;
    private final SqlValues values;

    private SqlRead(KeycloakSessionFactory sessions, EntityManager em, SqlText text) {
        this.sessions = sessions;
        this.em = em;
        this.text = text;
        values = new SqlValues(text);
    }

    /** @param text as {@link SqlUpdate#of} takes it */
    public static SqlRead of(KeycloakSessionFactory sessions, EntityManager em, String text) {
        return new SqlRead(sessions, em, SqlText.of(text));
    }

    public SqlRead set(String name, String value) {
        values.set(name, value);
        return this;
    }

    public SqlRead set(String name, long value) {
        values.set(name, value);
        return this;
    }

    /** @return the first row's first column; empty where there is no row, or it is {@code null} there */
    public OptionalLong findNumber() {
        values.requireAll();
        SessionImplementor session = em.unwrap(SessionImplementor.class);
        if (session.getJdbcCoordinator().getLogicalConnection().isPhysicallyConnected()) {
            em.flush();
            return session.doReturningWork(connection -> read(connection, session));
        }
        TransactionManager transactions = transactions();
        try {
            Transaction ours = transactions == null ? null : transactions.suspend();
            try {
                return readOnItsOwn(session);
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

    private TransactionManager transactions() {
        JtaTransactionManagerLookup lookup =
                (JtaTransactionManagerLookup) sessions.getProviderFactory(JtaTransactionManagerLookup.class);
        return lookup == null ? null : lookup.getTransactionManager();
    }

    private OptionalLong readOnItsOwn(SessionImplementor session) throws SQLException {
        JdbcConnectionAccess connections = session.getJdbcConnectionAccess();
        Connection connection = connections.obtainConnection();
        try {
            return read(connection, session);
        } finally {
            connections.releaseConnection(connection);
        }
    }

    private OptionalLong read(Connection connection, SessionImplementor session) throws SQLException {
        try (PreparedStatement prepared = connection.prepareStatement(text.in(session))) {
            values.bind(prepared);
            try (ResultSet rows = prepared.executeQuery()) {
                if (!rows.next()) {
                    return OptionalLong.empty();
                }
                long number = rows.getLong(1);
                return rows.wasNull() ? OptionalLong.empty() : OptionalLong.of(number);
            }
        }
    }
}
