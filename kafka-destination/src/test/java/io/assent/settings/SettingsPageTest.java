package io.assent.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.provider.ProviderFactory;
import org.keycloak.provider.Spi;

/**
 * The options of the server that the documents name are those that the deployed modules' providers have, with their
 * defaults. Here, since no other module has all of them on its class path.
 */
class SettingsPageTest {

    private static final Path DOCUMENTS = Path.of("..", "docs");

    /** Of the deployed modules; {@code permissions-theme} has no options. */
    private static final List<Path> SERVICES = Stream.of(
                    "ciba-authentication-channel", "consent-rest-resource", "kafka-destination")
            .map(module -> Path.of("..", module, "src/main/resources/META-INF/services"))
            .toList();

    /** Where a provider of ours takes the place of Keycloak's, and has its options. */
    private static final Set<String> OF_KEYCLOAK = Set.of("connectionsHttpClient", "login-protocol");

    private static final Pattern NAMED = Pattern.compile("(--spi-[a-z-]+?--[a-z-]+?--)([a-z][a-z-]*)");

    private static final Pattern ROW =
            Pattern.compile("^\\| `(--spi-\\S+)` \\|.*\\| ([^|]*) \\| [^|]* \\|$", Pattern.MULTILINE);

    @Test
    void eachOptionIsInADocument() throws Exception {
        String documents = documents();

        assertThat(options())
                .containsKeys(
                        "--spi-jpa-entity-provider--assent--",
                        "--spi-realm-restapi-extension--consent--",
                        "--spi-consent-event--waits--",
                        "--spi-consent-event-destination--kafka--")
                .allSatisfy((provider, defaults) -> defaults.keySet()
                        .forEach(option -> assertThat(documents.contains(provider + option)
                                        || documents.contains(provider) && documents.contains("`" + option + "`"))
                                .as(provider + option)
                                .isTrue()));
    }

    @Test
    void noDocumentNamesAnOptionThatThereIsNot() throws Exception {
        Map<String, Map<String, String>> options = options();

        assertThat(NAMED.matcher(documents()).results().filter(named -> options.containsKey(named.group(1))))
                .isNotEmpty()
                .allSatisfy(named -> assertThat(options.get(named.group(1))).containsKey(named.group(2)));
    }

    @Test
    void theTableHasTheDefaultsOfTheCode() throws Exception {
        Map<String, String> rows =
                ROW.matcher(documents()).results().collect(Collectors.toMap(row -> row.group(1), row -> row.group(2)));

        assertThat(options())
                .allSatisfy((provider, defaults) ->
                        defaults.forEach((option, byDefault) -> Optional.ofNullable(rows.get(provider + option))
                                .ifPresent(said -> assertThat(said)
                                        .as(provider + option)
                                        .matches(byDefault.isEmpty() ? "\\D+" : Pattern.quote(byDefault)))));
        assertThat(rows).hasSizeGreaterThan(20);
    }

    /** Names and defaults, by what an operator writes before the name. */
    private static Map<String, Map<String, String>> options() throws Exception {
        List<Spi> spis = ServiceLoader.load(Spi.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(spi -> !OF_KEYCLOAK.contains(spi.getName()))
                .toList();
        Map<String, Map<String, String>> options = new TreeMap<>();
        for (ProviderFactory<?> factory : factories()) {
            for (Spi spi : spis) {
                if (spi.getProviderFactoryClass().isInstance(factory)) {
                    Map<String, String> defaults = new TreeMap<>();
                    for (ProviderConfigProperty option : factory.getConfigMetadata()) {
                        defaults.put(
                                option.getName(),
                                Optional.ofNullable(option.getDefaultValue())
                                        .map(Object::toString)
                                        .orElse(""));
                    }
                    if (!defaults.isEmpty()) {
                        options.put("--spi-" + spi.getName() + "--" + factory.getId() + "--", defaults);
                    }
                }
            }
        }
        return options;
    }

    private static List<ProviderFactory<?>> factories() throws Exception {
        List<ProviderFactory<?>> factories = new ArrayList<>();
        Set<String> names = new TreeSet<>();
        for (Path services : SERVICES) {
            lines(services, "").forEach(names::add);
        }
        for (String name : names) {
            Class<?> type = Class.forName(name);
            if (ProviderFactory.class.isAssignableFrom(type)) {
                factories.add((ProviderFactory<?>) type.getDeclaredConstructor().newInstance());
            }
        }
        return factories;
    }

    private static String documents() throws IOException {
        return lines(DOCUMENTS, ".md").collect(Collectors.joining("\n"));
    }

    private static Stream<String> lines(Path folder, String ending) throws IOException {
        List<String> lines = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(
                            any -> Files.isRegularFile(any) && any.toString().endsWith(ending))
                    .toList()) {
                lines.addAll(Files.readAllLines(file));
            }
        }
        return lines.stream();
    }
}
