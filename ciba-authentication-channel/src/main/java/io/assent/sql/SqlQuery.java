package io.assent.sql;

import jakarta.persistence.EntityManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.hibernate.engine.spi.SessionImplementor;

/**
 * One run of a select in SQL, in the transaction of its entity manager, after what that still has to write. By JDBC: a
 * native query of Hibernate's takes as long to make as the database takes to answer.
 */
public final class SqlQuery {

    private final EntityManager em;
    private final SqlText text;
    private final SqlValues values;

    private SqlQuery(EntityManager em, SqlText text) {
        this.em = em;
        this.text = text;
        values = new SqlValues(text);
    }

    /** @param text as {@link SqlUpdate#of} takes it */
    public static SqlQuery of(EntityManager em, String text) {
        return new SqlQuery(em, SqlText.of(text));
    }

    public SqlQuery set(String name, String value) {
        values.set(name, value);
        return this;
    }

    public SqlQuery set(String name, long value) {
        values.set(name, value);
        return this;
    }

    /** @param read makes something of the row at which the cursor stands */
    public <T> List<T> list(Reader<T> read) {
        values.requireAll();
        em.flush();
        SessionImplementor session = em.unwrap(SessionImplementor.class);
        return session.doReturningWork(connection -> {
            try (PreparedStatement prepared = connection.prepareStatement(text.in(session))) {
                values.bind(prepared);
                try (ResultSet rows = prepared.executeQuery()) {
                    List<T> all = new ArrayList<>();
                    while (rows.next()) {
                        all.add(read.from(rows));
                    }
                    return all;
                }
            }
        });
    }

    /** Reads a row. */
    @FunctionalInterface
    public interface Reader<T> {
        T from(ResultSet row) throws SQLException;
    }
}
