package io.assent.sql;

import jakarta.persistence.EntityManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import org.hibernate.dialect.PostgreSQLDialect;
import org.hibernate.engine.spi.SessionImplementor;

/**
 * One run of an update in SQL, in the transaction of its entity manager, after what that still has to write. By JDBC:
 * after each native query of its own Hibernate walks all entities of the server, which takes longer than the update.
 *
 * <p>What the entity manager read before is not changed by it: {@link Entities#forget} it there.
 */
public final class SqlUpdate extends SqlStatement<SqlUpdate> {

    private SqlUpdate(EntityManager em, SqlText text) {
        super(em, text);
    }

    /**
     * Prepares one.
     *
     * @param text of the code alone, never of a caller: with {@code {h-schema}} before each table, and a {@code :name}
     *     for each value
     */
    public static SqlUpdate of(EntityManager em, String text) {
        return new SqlUpdate(em, SqlText.of(text));
    }

    @Override
    SqlUpdate self() {
        return this;
    }

    /** @return how many rows it found, also where it changed nothing in them */
    public int run() {
        return runAll(List.of(this));
    }

    /**
     * Runs some of the same text: in one call to the database, where its driver tells what they found.
     *
     * @return how many rows they found
     */
    public static int runAll(List<SqlUpdate> updates) {
        if (updates.isEmpty()) {
            return 0;
        }
        SqlUpdate any = updates.get(0);
        for (SqlUpdate update : updates) {
            update.requireLike(any);
        }
        any.em.flush();
        SessionImplementor session = any.session();
        return session.doReturningWork(connection -> {
            try (PreparedStatement prepared = connection.prepareStatement(any.text.in(session))) {
                return knowsWhatABatchFound(session) ? batch(prepared, updates) : oneByOne(prepared, updates);
            }
        });
    }

    /** MariaDB's driver does not, and its server takes no batch of an insert that selects. */
    private static boolean knowsWhatABatchFound(SessionImplementor session) {
        return session.getFactory().getJdbcServices().getDialect() instanceof PostgreSQLDialect;
    }

    private static int batch(PreparedStatement prepared, List<SqlUpdate> updates) throws SQLException {
        for (SqlUpdate update : updates) {
            update.bind(prepared);
            prepared.addBatch();
        }
        return Arrays.stream(prepared.executeBatch())
                .filter(found -> found != Statement.SUCCESS_NO_INFO)
                .sum();
    }

    private static int oneByOne(PreparedStatement prepared, List<SqlUpdate> updates) throws SQLException {
        int found = 0;
        for (SqlUpdate update : updates) {
            update.bind(prepared);
            found += prepared.executeUpdate();
        }
        return found;
    }

    private void requireLike(SqlUpdate other) {
        if (text != other.text || em != other.em) {
            throw new IllegalArgumentException("A batch has one text and one transaction");
        }
        requireAllValues();
    }

    /** Runs it, and says whether it found the one row that it was for. */
    public boolean findsOne() {
        return run() == 1;
    }
}
