package io.assent.sql;

import jakarta.persistence.EntityManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hibernate.engine.spi.SessionImplementor;

/**
 * One run of an update in SQL, in the transaction of its entity manager, after what that still has to write. By JDBC:
 * after each native query of its own Hibernate walks all entities of the server, which takes longer than the update.
 *
 * <p>What the entity manager read before is not changed by it: forget it there.
 */
public final class SqlUpdate {

    private static final String SCHEMA = "{h-schema}";
    private static final Pattern NAME = Pattern.compile(":([A-Za-z]+)");

    /** By their texts, which are constants of the code, and few. */
    private static final Map<String, Statement> KNOWN = new ConcurrentHashMap<>();

    private final EntityManager em;
    private final Statement statement;
    private final Map<String, Object> values = new HashMap<>();

    private SqlUpdate(EntityManager em, Statement statement) {
        this.em = em;
        this.statement = statement;
    }

    /**
     * Prepares one.
     *
     * @param text of the code alone, never of a caller: with {@code {h-schema}} before each table, and a {@code :name}
     *     for each value
     */
    public static SqlUpdate of(EntityManager em, String text) {
        return new SqlUpdate(em, KNOWN.computeIfAbsent(text, Statement::of));
    }

    /** @param value {@code null} for none */
    public SqlUpdate set(String name, String value) {
        return put(name, value);
    }

    public SqlUpdate set(String name, long value) {
        return put(name, value);
    }

    public SqlUpdate set(String name, boolean value) {
        return put(name, value);
    }

    private SqlUpdate put(String name, Object value) {
        if (!statement.names().contains(name)) {
            throw new IllegalArgumentException("The statement has no ':" + name + "'");
        }
        values.put(name, value);
        return this;
    }

    /** @return how many rows it found, also where it changed nothing in them */
    public int run() {
        return runAll(List.of(this));
    }

    /**
     * Runs some of the same text, in one batch.
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
        SessionImplementor session = any.em.unwrap(SessionImplementor.class);
        return session.doReturningWork(connection -> {
            try (PreparedStatement prepared = connection.prepareStatement(any.statement.in(schema(session)))) {
                if (updates.size() == 1) {
                    any.bind(prepared);
                    return prepared.executeUpdate();
                }
                for (SqlUpdate update : updates) {
                    update.bind(prepared);
                    prepared.addBatch();
                }
                return Arrays.stream(prepared.executeBatch())
                        // a driver may not know how many it found, and then it found some
                        .map(found -> found == java.sql.Statement.SUCCESS_NO_INFO ? 1 : found)
                        .sum();
            }
        });
    }

    private void requireLike(SqlUpdate other) {
        if (statement != other.statement || em != other.em) {
            throw new IllegalArgumentException("A batch has one text and one transaction");
        }
        for (String name : statement.names()) {
            if (!values.containsKey(name)) {
                throw new IllegalStateException("The statement's ':" + name + "' has no value");
            }
        }
    }

    /** Runs it, and says whether it found the one row that it was for. */
    public boolean findsOne() {
        return run() == 1;
    }

    private void bind(PreparedStatement prepared) throws SQLException {
        int place = 0;
        for (String name : statement.names()) {
            place++;
            Object value = values.get(name);
            if (value instanceof Long number) {
                prepared.setLong(place, number);
            } else if (value instanceof Boolean flag) {
                prepared.setBoolean(place, flag);
            } else {
                prepared.setString(place, (String) value);
            }
        }
    }

    /** As Hibernate writes it before its own tables. */
    private static String schema(SessionImplementor session) {
        var context = session.getFactory().getSqlStringGenerationContext();
        return context.getDefaultSchema() == null
                ? ""
                : context.getDefaultSchema().render(context.getDialect()) + '.';
    }

    /**
     * A text as JDBC takes it.
     *
     * @param names of its values, in their order
     */
    private record Statement(String sql, List<String> names) {

        private static Statement of(String text) {
            Matcher matcher = NAME.matcher(text);
            List<String> names =
                    matcher.results().map((MatchResult found) -> found.group(1)).toList();
            return new Statement(matcher.replaceAll("?"), names);
        }

        private String in(String schema) {
            return sql.replace(SCHEMA, schema);
        }
    }
}
