package io.assent.sql;

import jakarta.persistence.EntityManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import org.hibernate.engine.spi.SessionImplementor;

/**
 * One run of an update in SQL, in the transaction of its entity manager, after what that still has to write. By JDBC:
 * after each native query of its own Hibernate walks all entities of the server, which takes longer than the update.
 *
 * <p>What the entity manager read before is not changed by it: see {@link #changes}, or {@link Entities#forget} it
 * there.
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
                // MariaDB's driver does not tell what a batch found, and its server takes none of an insert that
                // selects
                return OneCall.isTakenBy(session) ? batch(prepared, updates) : oneByOne(prepared, updates);
            }
        });
    }

    private static int batch(PreparedStatement prepared, List<SqlUpdate> updates) throws SQLException {
        for (SqlUpdate update : updates) {
            update.bind(prepared, 0);
            prepared.addBatch();
        }
        return Arrays.stream(prepared.executeBatch())
                .filter(found -> found != Statement.SUCCESS_NO_INFO)
                .sum();
    }

    private static int oneByOne(PreparedStatement prepared, List<SqlUpdate> updates) throws SQLException {
        int found = 0;
        for (SqlUpdate update : updates) {
            update.bind(prepared, 0);
            found += prepared.executeUpdate();
        }
        return found;
    }

    /**
     * Runs some of any text, one at the least, in their order: in one call to the database, where its driver takes
     * that.
     *
     * @return how many rows each found
     */
    public static List<Integer> runInTurn(List<SqlUpdate> updates) {
        return OneCall.isTakenBy(updates.get(0).session())
                ? OneCall.run(updates, prepared -> OneCall.found(prepared, updates.size()))
                : updates.stream().map(SqlUpdate::run).toList();
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

    /**
     * The same, where the row may have been read before. What is found of it after this call is as it is now: one that
     * the update was not for is held for it, as one that it changed.
     */
    public boolean changes(Class<?> entity, String id) {
        boolean changed = findsOne();
        if (changed) {
            Entities.forget(em, entity, id);
        } else {
            Entities.hold(em, entity, id);
        }
        return changed;
    }
}
