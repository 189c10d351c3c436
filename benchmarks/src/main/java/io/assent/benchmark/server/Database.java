package io.assent.benchmark.server;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.sql.DataSource;

/** The database of one server, as its operator sees it. */
public final class Database {

    private final String name;
    private final String url;
    private final DataSource connections;

    Database(String name, String url, DataSource connections) {
        this.name = name;
        this.url = url;
        this.connections = connections;
    }

    String name() {
        return name;
    }

    String url() {
        return url;
    }

    /** Runs one statement, and returns how many rows it changed. */
    public int execute(String sql, Object... parameters) {
        try (Connection connection = connections.getConnection();
                PreparedStatement statement = prepare(connection, sql, parameters)) {
            statement.execute();
            return Math.max(0, statement.getUpdateCount());
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    /** The one text, or number, that a query yields. */
    public String text(String sql, Object... parameters) {
        return pairs(
                        "SELECT 'one', (" + sql.replaceFirst("^SHOW (.*)$", "SELECT current_setting('$1')") + ")",
                        parameters)
                .get("one");
    }

    public long number(String sql, Object... parameters) {
        return Long.parseLong(text(sql, parameters));
    }

    /** The rows of a query with two columns, by the first. */
    public Map<String, String> pairs(String sql, Object... parameters) {
        Map<String, String> pairs = new LinkedHashMap<>();
        try (Connection connection = connections.getConnection();
                PreparedStatement statement = prepare(connection, sql, parameters);
                ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                pairs.put(rows.getString(1), rows.getString(2));
            }
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
        return pairs;
    }

    private static PreparedStatement prepare(Connection connection, String sql, Object... parameters)
            throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        for (int i = 0; i < parameters.length; i++) {
            statement.setObject(i + 1, parameters[i]);
        }
        return statement;
    }
}
