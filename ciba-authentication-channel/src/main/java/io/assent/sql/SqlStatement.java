package io.assent.sql;

import jakarta.persistence.EntityManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.hibernate.engine.spi.SessionImplementor;

/** One run of a text, with its values. */
abstract class SqlStatement<S extends SqlStatement<S>> {

    final EntityManager em;
    final SqlText text;
    private final Map<String, Object> values = new HashMap<>();

    SqlStatement(EntityManager em, SqlText text) {
        this.em = em;
        this.text = text;
    }

    abstract S self();

    /** @param value {@code null} for none */
    public S set(String name, String value) {
        return put(name, value);
    }

    public S set(String name, long value) {
        return put(name, value);
    }

    /**
     * In milliseconds.
     *
     * @param value {@code null} for none, which is 0 for the text to make nothing of ({@code nullif}): a database can't
     *     tell the type of a parameter that is null
     */
    public S set(String name, Instant value) {
        return set(name, value == null ? 0 : value.toEpochMilli());
    }

    public S set(String name, boolean value) {
        return put(name, value);
    }

    private S put(String name, Object value) {
        if (!text.names().contains(name)) {
            throw new IllegalArgumentException("The statement has no ':" + name + "'");
        }
        values.put(name, value);
        return self();
    }

    final void requireAllValues() {
        for (String name : text.names()) {
            if (!values.containsKey(name)) {
                throw new IllegalStateException("The statement's ':" + name + "' has no value");
            }
        }
    }

    final SessionImplementor session() {
        return em.unwrap(SessionImplementor.class);
    }

    /**
     * @param before how many values stand before its own
     * @return how many with its own
     */
    final int bind(PreparedStatement prepared, int before) throws SQLException {
        int place = before;
        for (String name : text.names()) {
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
        return place;
    }
}
