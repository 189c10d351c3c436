package io.assent.sql;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/** The values of one run of a text. */
final class SqlValues {

    private final SqlText text;
    private final Map<String, Object> values = new HashMap<>();

    SqlValues(SqlText text) {
        this.text = text;
    }

    void set(String name, Object value) {
        if (!text.names().contains(name)) {
            throw new IllegalArgumentException("The statement has no ':" + name + "'");
        }
        values.put(name, value);
    }

    void requireAll() {
        for (String name : text.names()) {
            if (!values.containsKey(name)) {
                throw new IllegalStateException("The statement's ':" + name + "' has no value");
            }
        }
    }

    void bind(PreparedStatement prepared) throws SQLException {
        int place = 0;
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
    }
}
