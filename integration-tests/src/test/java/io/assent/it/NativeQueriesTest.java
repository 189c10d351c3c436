package io.assent.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Of a native query with a result class Hibernate finds the plan again only where its columns are named: each call of
 * another leaves a plan in a cache that is searched from end to end, a sixth of what a redemption cost.
 */
class NativeQueriesTest {

    private static final Path ROOT = Path.of(System.getProperty("assent.root", ".."));
    private static final Pattern WITH_CLASS = Pattern.compile("createNativeQuery\\([^;]*?,\\s*\\w+\\.class\\)");

    @Test
    void aNativeQueryWithAResultClassNamesItsColumns() throws IOException {
        List<Path> without = new ArrayList<>();
        int with = 0;
        for (Path file : sources()) {
            String code = Files.readString(file);
            if (WITH_CLASS.matcher(code).find()) {
                with++;
                if (!code.contains(".addScalar(")) {
                    without.add(file);
                }
            }
        }

        assertThat(without).isEmpty();
        // a guard against a pattern that finds none
        assertThat(with).isPositive();
    }

    private static List<Path> sources() throws IOException {
        List<Path> sources = new ArrayList<>();
        for (String module : List.of("ciba-authentication-channel", "consent-rest-resource", "sandbox")) {
            try (Stream<Path> files = Files.walk(ROOT.resolve(module).resolve("src/main/java"))) {
                files.filter(name -> name.toString().endsWith(".java")).forEach(sources::add);
            }
        }
        return sources;
    }
}
