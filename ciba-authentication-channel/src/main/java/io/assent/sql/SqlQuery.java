package io.assent.sql;

import jakarta.persistence.EntityManager;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.hibernate.engine.spi.SessionImplementor;
import org.keycloak.models.KeycloakSessionFactory;

/**
 * One run of a select in SQL. By JDBC: a native query of Hibernate's takes as long to make as the database takes to
 * answer.
 */
public final class SqlQuery extends SqlStatement<SqlQuery> {

    private SqlQuery(EntityManager em, SqlText text) {
        super(em, text);
    }

    /** @param text as {@link SqlUpdate#of} takes it */
    public static SqlQuery of(EntityManager em, String text) {
        return new SqlQuery(em, SqlText.of(text));
    }

    /**
     * Places for some values, between the brackets of {@code in}, to be set by {@link #setEach}: for so many or some
     * more, so that few texts come of it, each of which the database makes a plan of.
     *
     * @param values how many, one at the least, and no more than some bound: each power of two is a text that is kept
     */
    public static String places(String name, int values) {
        return IntStream.range(0, powerOfTwo(values))
                .mapToObj(place -> ":" + name + place)
                .collect(Collectors.joining(", "));
    }

    private static int powerOfTwo(int atLeast) {
        return atLeast <= 1 ? 1 : Integer.highestOneBit(atLeast - 1) * 2;
    }

    /** Sets the values of {@link #places}, one at the least; the last one again where there are more places. */
    public SqlQuery setEach(String name, List<String> values) {
        for (int place = 0; place < powerOfTwo(values.size()); place++) {
            set(name + place, values.get(Math.min(place, values.size() - 1)));
        }
        return this;
    }

    @Override
    SqlQuery self() {
        return this;
    }

    /**
     * Reads in the transaction of the entity manager, after what that still has to write.
     *
     * @param read makes something of the row at which the cursor stands
     */
    public <T> List<T> list(Reader<T> read) {
        requireAllValues();
        em.flush();
        SessionImplementor session = session();
        return session.doReturningWork(connection -> read(connection, session, read));
    }

    /** The same after some updates: with them in one call to the database, where its driver takes that. */
    public <T> List<T> listAfter(List<SqlUpdate> updates, Reader<T> read) {
        if (!OneCall.isTakenBy(session())) {
            updates.forEach(SqlUpdate::run);
            return list(read);
        }
        List<SqlStatement<?>> all = new ArrayList<>(updates);
        all.add(this);
        return OneCall.run(all, prepared -> {
            OneCall.found(prepared, updates.size());
            return rows(prepared.getResultSet(), read);
        });
    }

    /**
     * Reads what is committed, for a call that may ask the database for nothing else: outside of its transaction, whose
     * beginning and end would be two more calls. Where the transaction has a connection already it reads there, and so
     * what the transaction itself wrote: a session that held two at once could wait for ever for its second one, beside
     * others that do the same.
     */
    public <T> List<T> listCommitted(KeycloakSessionFactory sessions, Reader<T> read) {
        SessionImplementor session = session();
        if (session.getJdbcCoordinator().getLogicalConnection().isPhysicallyConnected()) {
            return list(read);
        }
        requireAllValues();
        return OutsideTransaction.read(sessions, session, connection -> read(connection, session, read));
    }

    private <T> List<T> read(Connection connection, SessionImplementor session, Reader<T> read) throws SQLException {
        try (PreparedStatement prepared = connection.prepareStatement(text.in(session))) {
            bind(prepared, 0);
            return rows(prepared.executeQuery(), read);
        }
    }

    /** Reads them all, and closes them. */
    static <T> List<T> rows(ResultSet rows, Reader<T> read) throws SQLException {
        try (rows) {
            List<T> all = new ArrayList<>();
            while (rows.next()) {
                all.add(read.from(rows));
            }
            return all;
        }
    }

    /** Reads a row. */
    @FunctionalInterface
    public interface Reader<T> {
        T from(ResultSet row) throws SQLException;
    }
}
