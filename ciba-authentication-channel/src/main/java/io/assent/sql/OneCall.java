package io.assent.sql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.hibernate.dialect.PostgreSQLDialect;
import org.hibernate.engine.spi.SessionImplementor;

/**
 * Some updates, and perhaps a query after them, in one call to the database: a call takes longer than most statements
 * do. Where one fails, none of those after it is run.
 */
final class OneCall {

    /** Whether the driver takes several statements at once, and tells what each of them found. PostgreSQL's does. */
    static boolean isTakenBy(SessionImplementor session) {
        return session.getFactory().getJdbcServices().getDialect() instanceof PostgreSQLDialect;
    }

    /** @return how many rows each update found */
    static List<Integer> run(Connection connection, SessionImplementor session, List<SqlUpdate> updates)
            throws SQLException {
        return run(connection, session, updates, updates, (prepared, found) -> found);
    }

    /** @return the rows of the query, which sees what the updates wrote */
    static <T> List<T> run(
            Connection connection,
            SessionImplementor session,
            List<SqlUpdate> updates,
            SqlQuery query,
            SqlQuery.Reader<T> read)
            throws SQLException {
        List<SqlStatement<?>> all = new ArrayList<>(updates);
        all.add(query);
        return run(
                connection, session, updates, all, (prepared, found) -> SqlQuery.rows(prepared.getResultSet(), read));
    }

    private static <T> T run(
            Connection connection,
            SessionImplementor session,
            List<SqlUpdate> updates,
            List<? extends SqlStatement<?>> all,
            Answer<T> answer)
            throws SQLException {
        String texts = all.stream().map(one -> one.text.in(session)).collect(Collectors.joining("; "));
        try (PreparedStatement prepared = connection.prepareStatement(texts)) {
            int bound = 0;
            for (SqlStatement<?> one : all) {
                bound = one.bind(prepared, bound);
            }
            prepared.execute();
            List<Integer> found = new ArrayList<>();
            for (int update = 0; update < updates.size(); update++) {
                found.add(found(prepared));
                prepared.getMoreResults();
            }
            return answer.read(prepared, found);
        }
    }

    private static int found(PreparedStatement prepared) throws SQLException {
        int rows = prepared.getUpdateCount();
        if (rows < 0) {
            throw new IllegalStateException("The driver does not tell what each of several statements found");
        }
        return rows;
    }

    @FunctionalInterface
    private interface Answer<T> {
        T read(PreparedStatement prepared, List<Integer> found) throws SQLException;
    }

    private OneCall() {}
}
