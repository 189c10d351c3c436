package io.assent.screen;

import static org.assertj.core.api.Assertions.assertThat;

import io.assent.consent.Actor;
import io.assent.consent.ConsentStatus;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The words of the account console's page, which its scripts look up by their keys. */
class AccountMessagesTest {

    private static final Path THEME = Path.of("src/main/resources/theme/permissions/account");
    private static final String PREFIX = "connectedCompanies.";
    private static final Pattern PLACE = Pattern.compile("\\{\\{\\w+}}");

    /** A key in a script, whole or without its prefix. */
    private static final Pattern KEY =
            Pattern.compile("\"(connectedCompanies(?:\\.[\\w.]+)?)\"|\\btext\\(\"([\\w.]+)\"\\)");

    @ParameterizedTest
    @ValueSource(strings = {"de", "fr", "es"})
    void everyLanguageHasTheSameMessagesWithTheSamePlaces(String language) throws IOException {
        Properties english = messages("en");
        Properties translated = messages(language);

        assertThat(translated.keySet()).isEqualTo(english.keySet());
        for (String key : english.stringPropertyNames()) {
            assertThat(english.getProperty(key)).as(key).isNotBlank();
            assertThat(translated.getProperty(key)).as(key).isNotBlank();
            assertThat(places(translated.getProperty(key))).as(key).isEqualTo(places(english.getProperty(key)));
        }
    }

    @Test
    void everyKeyOfTheScriptsIsThere() throws IOException {
        Set<String> keys = KEY.matcher(scripts())
                .results()
                .map(key -> key.group(1) == null ? PREFIX + key.group(2) : key.group(1))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(keys).hasSizeGreaterThan(25);
        assertThat(messages("en").stringPropertyNames()).containsAll(keys);
    }

    @Test
    void everyMessageIsUsed() throws IOException {
        String scripts = scripts();

        for (String key : messages("en").stringPropertyNames()) {
            List<String> names = Stream.of(PREFIX, PREFIX + "error.")
                    .map(prefix -> remainder(key, prefix))
                    .toList();
            boolean isOfAnEnd = key.startsWith(PREFIX + "ended.");
            assertThat(isOfAnEnd || names.stream().anyMatch(name -> scripts.contains("\"" + name + "\"")))
                    .as(key)
                    .isTrue();
        }
    }

    @Test
    void everyWayToEndIsInWords() throws IOException {
        Stream<String> ways = Stream.concat(
                Arrays.stream(Actor.values()).map(actor -> "by." + word(actor)),
                Arrays.stream(ConsentStatus.values())
                        .filter(status -> !status.isLive() && status != ConsentStatus.REVOKED)
                        .map(AccountMessagesTest::word));

        assertThat(messages("en").stringPropertyNames().stream().filter(key -> key.startsWith(PREFIX + "ended.")))
                .containsExactlyInAnyOrderElementsOf(
                        ways.map(way -> PREFIX + "ended." + way).toList());
    }

    private static String remainder(String key, String prefix) {
        return key.startsWith(prefix) ? key.substring(prefix.length()) : key;
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private static List<String> places(String message) {
        return PLACE.matcher(message)
                .results()
                .map(MatchResult::group)
                .distinct()
                .sorted()
                .toList();
    }

    private static String scripts() throws IOException {
        StringBuilder scripts = new StringBuilder();
        try (Stream<Path> files = Files.list(THEME.resolve("resources/content/connected-companies"))) {
            for (Path file : files.sorted().toList()) {
                scripts.append(Files.readString(file));
            }
        }
        scripts.append(Files.readString(THEME.resolve("resources/content.json")));
        return scripts.toString();
    }

    private static Properties messages(String language) throws IOException {
        Properties messages = new Properties();
        Path file = THEME.resolve("messages/messages_" + language + ".properties");
        try (Reader text = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            messages.load(text);
        }
        return messages;
    }
}
