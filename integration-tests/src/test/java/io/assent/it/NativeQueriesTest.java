package io.assent.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Of a native query with a result class Hibernate finds the plan again only where its columns are named: each call of
 * another leaves a plan in a cache that is searched from end to end, a sixth of what a redemption cost.
 */
class NativeQueriesTest {

    private static final Pattern WITH_CLASS =
            Pattern.compile("createNativeQuery\\([^;]*?,\\s*\\w+(?:\\[])?\\.class\\)");

    @Test
    void aNativeQueryWithAResultClassNamesItsColumns() {
        List<Path> with = sources()
                .filter(file -> WITH_CLASS.matcher(Sources.read(file)).find())
                .toList();

        // a guard against a pattern that finds none
        assertThat(with).isNotEmpty();
        assertThat(with).allSatisfy(file -> assertThat(Sources.read(file)).contains(".addScalar("));
    }

    /** Of the sandbox, too, which reads the same database. */
    private static Stream<Path> sources() {
        return Stream.concat(Sources.DEPLOYED.stream(), Stream.of("sandbox"))
                .flatMap(module -> Sources.below(Sources.of(module)).stream());
    }
}
