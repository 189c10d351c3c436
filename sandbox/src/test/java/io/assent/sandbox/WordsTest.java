package io.assent.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The pages' words are complete in both languages. */
class WordsTest {

    private static final Pattern WORD = Pattern.compile("^  \"([\\w.-]+)\": \"(.+)\",$", Pattern.MULTILINE);
    private static final Pattern PLACE = Pattern.compile("\\{\\w+}");

    /** Where the page or its scripts name a key in full. */
    private static final Pattern NAMED = Pattern.compile(
            "(?:data-say(?:-label|-title)?=|\\b(?:say|fact)\\()\"([\\w.-]+)\"|\\[\"((?:consent|request)\\.[\\w-]+)\",");

    @Test
    void bothLanguagesHaveTheSameWordsWithTheSamePlaces() {
        Map<String, String> english = words(Page.WORDS_EN_JS);
        Map<String, String> german = words(Page.WORDS_DE_JS);

        assertThat(english).hasSizeGreaterThan(60);
        assertThat(german.keySet()).isEqualTo(english.keySet());
        english.forEach(
                (key, text) -> assertThat(places(german.get(key))).as(key).isEqualTo(places(text)));
    }

    @Test
    void everyLineOfThemIsRead() {
        for (Page page : List.of(Page.WORDS_EN_JS, Page.WORDS_DE_JS)) {
            long lines = text(page).lines().filter(line -> line.contains("\":")).count();
            assertThat(words(page)).hasSize((int) lines);
        }
    }

    @Test
    void everyWordThatIsNamedIsThere() {
        Set<String> named = Stream.of(
                        Page.PORTAL,
                        Page.PORTAL_JS,
                        Page.NEW_CLIENT_JS,
                        Page.PHONE,
                        Page.PHONE_JS,
                        Page.DETAIL_VIEW_JS,
                        Page.REQUEST_VIEW_JS,
                        Page.CONSENT_VIEW_JS,
                        Page.LINK_VIEW_JS,
                        Page.WORDS_JS)
                .flatMap(page -> NAMED.matcher(text(page)).results())
                .map(key -> key.group(1) == null ? key.group(2) : key.group(1))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(named).hasSizeGreaterThan(40);
        assertThat(words(Page.WORDS_EN_JS).keySet()).containsAll(named);
    }

    @Test
    void everyStatusOfTheApiIsInWords() throws IOException {
        JsonNode schemas = new ObjectMapper()
                .readTree(Path.of("../consent-rest-resource/src/main/resources/io/assent/rest/app/openapi.json")
                        .toFile())
                .at("/components/schemas");
        JsonNode statuses = schemas.at("/Request/properties/status/enum");

        assertThat(statuses).hasSizeGreaterThan(3).allSatisfy(status -> assertThat(
                        words(Page.WORDS_EN_JS).keySet())
                .contains("tag." + status.asText(), "outcome." + status.asText()));
    }

    @Test
    void thePageItselfHasNoWords() {
        assertThat(text(Page.PHONE)
                        .replaceAll("(?s)<title>.*?</title>|<noscript>.*?</noscript>|<!.*?>", "")
                        .replaceAll("<[^>]*>", " ")
                        .replaceAll("[\\s‹]+", " "))
                .isEqualTo(" B ");
    }

    private static Map<String, String> words(Page page) {
        return WORD.matcher(text(page))
                .results()
                .collect(Collectors.toMap(
                        word -> word.group(1), word -> word.group(2), (one, other) -> one + other, TreeMap::new));
    }

    private static Set<String> places(String text) {
        return PLACE.matcher(text).results().map(MatchResult::group).collect(Collectors.toSet());
    }

    private static String text(Page page) {
        return new String(page.content(), StandardCharsets.UTF_8);
    }
}
