package io.assent.sql;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hibernate.engine.spi.SessionImplementor;

/**
 * A text as JDBC takes it.
 *
 * @param names of its values, in their order
 */
record SqlText(String sql, List<String> names) {

    private static final String SCHEMA = "{h-schema}";
    private static final Pattern NAME = Pattern.compile(":([A-Za-z]+[0-9]*)");

    /** By their texts, which are of the code, and few: see also {@link SqlQuery#places}. */
    private static final Map<String, SqlText> KNOWN = new ConcurrentHashMap<>();

    /**
     * Reads one.
     *
     * @param text of the code alone, never of a caller: with {@code {h-schema}} before each table, and a {@code :name}
     *     for each value
     */
    static SqlText of(String text) {
        return KNOWN.computeIfAbsent(text, SqlText::read);
    }

    private static SqlText read(String text) {
        Matcher matcher = NAME.matcher(text);
        List<String> names =
                matcher.results().map((MatchResult found) -> found.group(1)).toList();
        return new SqlText(matcher.replaceAll("?"), names);
    }

    /** With the schema as Hibernate writes it before its own tables. */
    String in(SessionImplementor session) {
        var context = session.getFactory().getSqlStringGenerationContext();
        String schema = context.getDefaultSchema() == null
                ? ""
                : context.getDefaultSchema().render(context.getDialect()) + '.';
        return sql.replace(SCHEMA, schema);
    }
}
