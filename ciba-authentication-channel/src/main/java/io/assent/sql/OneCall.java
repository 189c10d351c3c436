package io.assent.sql;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.hibernate.dialect.PostgreSQLDialect;
import org.hibernate.engine.spi.SessionImplementor;

/**
 * Several statements in one call to the database: a call takes longer than most statements do. They are run in their
 * order, and where one fails, none of those after it.
 */
final class OneCall {

    /** Whether the driver takes several at once, and tells what each of them found. PostgreSQL's does. */
    static boolean isTakenBy(SessionImplementor session) {
        return session.getFactory().getJdbcServices().getDialect() instanceof PostgreSQLDialect;
    }

    /**
     * Runs them in the transaction of their entity manager, after what that still has to write.
     *
     * @param all one at the least
     * @param answer reads what they found, from the first one's result on
     */
    static <T> T run(List<? extends SqlStatement<?>> all, Answer<T> answer) {
        all.forEach(SqlStatement::requireAllValues);
        SqlStatement<?> any = all.get(0);
        any.em.flush();
        SessionImplementor session = any.session();
        String texts = all.stream().map(one -> one.text.in(session)).collect(Collectors.joining("; "));
        return session.doReturningWork(connection -> {
            try (PreparedStatement prepared = connection.prepareStatement(texts)) {
                int bound = 0;
                for (SqlStatement<?> one : all) {
                    bound = one.bind(prepared, bound);
                }
                prepared.execute();
                return answer.read(prepared);
            }
        });
    }

    /** How many rows each of some updates found; the result that is next is that of the statement after them. */
    static List<Integer> found(PreparedStatement prepared, int updates) throws SQLException {
        List<Integer> found = new ArrayList<>();
        while (found.size() < updates) {
            int rows = prepared.getUpdateCount();
            if (rows < 0) {
                throw new IllegalStateException("The driver does not tell what each of several statements found");
            }
            found.add(rows);
            prepared.getMoreResults();
        }
        return found;
    }

    @FunctionalInterface
    interface Answer<T> {
        T read(PreparedStatement prepared) throws SQLException;
    }

    private OneCall() {}
}
