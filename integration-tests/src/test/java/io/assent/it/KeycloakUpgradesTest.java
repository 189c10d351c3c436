package io.assent.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What stands on the inside of Keycloak is in the page for who upgrades it, with the test that would notice. */
class KeycloakUpgradesTest {

    private static final Pattern CLASS = Pattern.compile("\\bclass (\\w+)(?:<[^{]*?>)? extends (\\w+)");

    private static final Pattern ROW =
            Pattern.compile("^\\| (`\\w+`[^|]*) \\| (`\\w+`[^|]*) \\|.*\\| ([^|]*) \\|$", Pattern.MULTILINE);

    private static final Pattern NAME = Pattern.compile("`(\\w+)`");

    private static final Pattern TEST = Pattern.compile("`(\\w+(?:IT|Test))`");

    private final String page = Sources.read(Sources.ROOT.resolve("docs/keycloak-upgrades.md"));

    @Test
    void everyClassThatExtendsOneOfKeycloaksIsInThePage() {
        Map<String, String> extended = new TreeMap<>();
        Sources.DEPLOYED.forEach(module -> Sources.below(Sources.of(module)).stream()
                .map(Sources::read)
                .forEach(source -> CLASS.matcher(source)
                        .results()
                        .filter(found -> source.contains("import org.keycloak.")
                                && Pattern.compile("import org\\.keycloak\\.[\\w.]+\\." + found.group(2) + ";")
                                        .matcher(source)
                                        .find())
                        .forEach(found -> extended.put(found.group(1), found.group(2)))));
        Map<String, String> told = new TreeMap<>();
        Matcher rows = ROW.matcher(section("Classes that are extended"));
        while (rows.find()) {
            String parent = rows.group(2);
            names(rows.group(1)).forEach(ours -> told.put(ours, parent));
        }

        assertThat(extended).containsKeys("ConsentCibaGrantType", "GuardedPolicyManager");
        assertThat(told.keySet()).containsAll(extended.keySet());
        extended.forEach((ours, parent) -> assertThat(told.get(ours)).as(ours).contains("`" + parent + "`"));
    }

    @Test
    void whatNoticesIsThere() {
        Set<String> tests = Stream.of("integration-tests", "container-tests")
                .flatMap(module -> Sources.below(Sources.ROOT.resolve(module).resolve("src/test/java")).stream())
                .map(file -> file.getFileName().toString().replace(".java", ""))
                .collect(Collectors.toSet());
        Set<String> named = TEST.matcher(page)
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(named).hasSizeGreaterThan(20);
        assertThat(tests).containsAll(named);
    }

    private String section(String title) {
        String after = page.substring(page.indexOf("## " + title));
        return after.substring(0, after.indexOf("\n## ", 1));
    }

    private static Set<String> names(String cell) {
        return NAME.matcher(cell)
                .results()
                .map((MatchResult found) -> found.group(1))
                .collect(Collectors.toSet());
    }
}
