package io.assent.sql;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.persistence.EntityManager;
import java.lang.reflect.Proxy;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SqlQueryTest {

    private static final EntityManager NONE = null;

    @Test
    void whatIsAskedOfManyHasFewTexts() {
        assertThat(SqlQuery.places("user", 1)).isEqualTo(":user0");
        assertThat(SqlQuery.places("user", 3)).isEqualTo(":user0, :user1, :user2, :user3");
        assertThat(IntStream.rangeClosed(1, 50)
                        .mapToObj(size -> SqlQuery.places("user", size))
                        .distinct())
                .hasSize(7);
    }

    @Test
    void theLastValueFillsThePlacesThatAreLeft() throws SQLException {
        SqlQuery query = SqlQuery.of(NONE, "select 1 where ID in (" + SqlQuery.places("id", 5) + ")")
                .setEach("id", List.of("a", "b", "c", "d", "e"));

        assertThat(bound(query)).containsExactly("a", "b", "c", "d", "e", "e", "e", "e");
    }

    private static List<String> bound(SqlQuery query) throws SQLException {
        List<String> bound = new ArrayList<>();
        query.requireAllValues();
        query.bind(
                (PreparedStatement) Proxy.newProxyInstance(
                        SqlQueryTest.class.getClassLoader(),
                        new Class<?>[] {PreparedStatement.class},
                        (proxy, method, arguments) -> {
                            bound.add((String) arguments[1]);
                            return null;
                        }),
                0);
        return bound;
    }
}
