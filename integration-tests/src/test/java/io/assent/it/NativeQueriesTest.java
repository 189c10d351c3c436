package io.assent.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Statements in SQL are run by JDBC ({@code io.assent.sql}). A native query of Hibernate's takes as long to make as the
 * database takes to answer, after an update it walks all entities of the server, and one with a result class that does
 * not name its columns leaves a plan for each call in a cache that is searched from end to end.
 */
class NativeQueriesTest {

    @Test
    void nobodyMakesANativeQuery() {
        assertThat(naming("createNativeQuery(")).isEmpty();
        // a guard against looking nowhere
        assertThat(naming("SqlQuery.of(")).hasSizeGreaterThan(1);
    }

    private static List<Path> naming(String call) {
        return sources().filter(file -> Sources.read(file).contains(call)).toList();
    }

    /** Of the sandbox, too, which reads the same database. */
    private static Stream<Path> sources() {
        return Stream.concat(Sources.DEPLOYED.stream(), Stream.of("sandbox"))
                .flatMap(module -> Sources.below(Sources.of(module)).stream());
    }
}
