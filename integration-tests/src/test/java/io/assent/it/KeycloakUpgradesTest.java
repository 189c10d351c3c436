package io.assent.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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

    private static final Pattern SPI_ROW =
            Pattern.compile("^\\| `(\\w+)` \\| (`\\w+`[^|]*) \\| [^|]+ \\| [^|]*`\\w+IT`[^|]* \\|$", Pattern.MULTILINE);

    /** Promised by Keycloak, unlike the others. */
    private static final String PROMISED = "org.keycloak.provider.Spi";

    /** Out of packages that Keycloak does not promise, and its entities. Of a nested class, the one around it. */
    private static final Pattern INSIDE = Pattern.compile(
            "import org\\.keycloak\\.(?:services\\.(?:managers|resources|util|error|clientpolicy\\.context)"
                    + "|protocol\\.oidc\\.(?:grants|par|utils|endpoints|refresh|token|rar|ext)"
                    + "|transaction|models\\.jpa\\.entities|storage\\.configuration\\.jpa\\.entity)\\.[a-z.]*([A-Z]\\w+)");

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
    void everySpiThatIsImplementedIsInThePage() {
        Set<String> extended = new TreeSet<>();
        Matcher rows = ROW.matcher(section("Classes that are extended"));
        while (rows.find()) {
            extended.addAll(names(rows.group(1)));
        }
        Map<String, Set<String>> told = new TreeMap<>();
        Matcher spis = SPI_ROW.matcher(section("Internal SPIs that are implemented"));
        while (spis.find()) {
            told.put(spis.group(1), names(spis.group(2)));
        }
        Map<String, Set<String>> implemented = new TreeMap<>();
        Sources.DEPLOYED.forEach(module -> services(module).forEach(file -> Sources.read(file)
                .lines()
                .map(KeycloakUpgradesTest::simpleName)
                .filter(ours -> !extended.contains(ours))
                .forEach(ours -> implemented
                        .computeIfAbsent(simpleName(file.getFileName().toString()), spi -> new TreeSet<>())
                        .add(ours))));

        assertThat(implemented).containsKey("RequiredActionFactory");
        assertThat(told).containsExactlyInAnyOrderEntriesOf(implemented);
    }

    @Test
    void everyClassOfTheInsideThatIsCalledIsInThePage() {
        Set<String> called = Sources.DEPLOYED.stream()
                .flatMap(module -> Sources.below(Sources.of(module)).stream())
                .flatMap(file -> INSIDE.matcher(Sources.read(file)).results())
                .map(found -> found.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> told = names(page);

        assertThat(called).contains("RealmEntity", "ServerConfigEntity", "UserConsentManager");
        assertThat(called)
                .filteredOn(name -> !told.contains(name) && !told.contains(name + "Factory"))
                .isEmpty();
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

    private static List<Path> services(String module) {
        Path folder = Sources.ROOT.resolve(module).resolve("src/main/resources/META-INF/services");
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().startsWith("org.keycloak."))
                    .filter(file -> !file.endsWith(PROMISED))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String simpleName(String name) {
        return name.substring(name.lastIndexOf('.') + 1);
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
