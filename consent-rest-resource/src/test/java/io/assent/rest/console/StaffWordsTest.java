package io.assent.rest.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.assent.consent.Actor;
import io.assent.consent.ConsentRecord;
import io.assent.consent.ConsentStatus;
import io.assent.device.attestation.KeyAttestation;
import io.assent.doctor.Finding;
import io.assent.registration.RegistrationFlaw;
import io.assent.rest.admin.StaffResource;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The staff's page is complete in both languages. */
class StaffWordsTest {

    private static final Pattern PLACE = Pattern.compile("\\{\\w+}");

    /** Where a script names a key in full. */
    private static final Pattern NAMED = Pattern.compile("\\bsay\\(\\s*\"([\\w.-]+)\"");

    /** Where it names one by its beginning, and the rest comes from a value. */
    private static final Pattern BEGUN = Pattern.compile("\\bsay(?:Or)?\\(`([\\w.-]+\\.)\\$\\{");

    private static final Pattern QUOTED = Pattern.compile("\"([\\w.-]+)\"");

    private static final Map<String, String> ENGLISH = PageFiles.words("words-en.js");

    @Test
    void bothLanguagesHaveTheSameWordsWithTheSamePlaces() {
        Map<String, String> german = PageFiles.words("words-de.js");

        assertThat(ENGLISH).hasSizeGreaterThan(200);
        assertThat(german.keySet()).isEqualTo(ENGLISH.keySet());
        ENGLISH.forEach(
                (key, text) -> assertThat(places(german.get(key))).as(key).isEqualTo(places(text)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"words-en.js", "words-de.js", "findings-de.js"})
    void everyLineOfThemIsRead(String file) {
        assertThat(PageFiles.words(file)).hasSize((int) PageFiles.lines(file));
    }

    @Test
    void everyWordThatIsNamedIsThere() {
        assertThat(found(NAMED)).hasSizeGreaterThan(150);
        assertThat(ENGLISH.keySet()).containsAll(found(NAMED));
    }

    @Test
    void everyWordIsUsed() {
        Set<String> quoted = found(QUOTED);
        Set<String> begun = found(BEGUN);

        assertThat(ENGLISH.keySet())
                .allMatch(key -> quoted.contains(key) || begun.stream().anyMatch(key::startsWith));
    }

    @Test
    void whatTheApiAnswersIsInWords() {
        assertThat(ENGLISH.keySet())
                .containsAll(keys("history.type.", ConsentRecord.Type.values()))
                .containsAll(keys("consent.status.", ConsentStatus.values()))
                .containsAll(keys("consent.revoked.", Actor.values()))
                .containsAll(keys("by.", Actor.values()))
                .containsAll(keys("device.key.", KeyAttestation.Level.values()))
                .containsAll(keys("severity.", Finding.Severity.values()));
    }

    @Test
    void everyFlawOfARegistrationThatIsShownAtItsFieldIsInWords() {
        assertThat(ENGLISH.keySet())
                .containsAll(Arrays.stream(RegistrationFlaw.values())
                        .filter(flaw -> flaw.field() != null)
                        .map(flaw -> "registration.flaw." + flaw.word())
                        .toList());
    }

    /** Those of the lists, too, by which staff choose. */
    @Test
    void everyStatusOfTheDescriptionIsInWords() throws IOException {
        JsonNode schemas = new ObjectMapper()
                .readTree(StaffResource.class.getResourceAsStream("openapi.json"))
                .at("/components/schemas");

        assertThat(schemas.at("/Device/properties/status/enum")).isNotEmpty().allSatisfy(status -> assertThat(ENGLISH)
                .containsKey("device.status." + status.asText()));
    }

    @Test
    void whatTheDoctorFindsIsInGermanToo() {
        Map<String, String> german = PageFiles.words("findings-de.js");
        List<String> ids = Arrays.stream(Finding.values()).map(Finding::id).toList();

        assertThat(german.keySet())
                .filteredOn(key -> key.startsWith("finding."))
                .containsExactlyInAnyOrderElementsOf(ids.stream()
                        .flatMap(id -> Stream.of("finding." + id, "finding." + id + ".fix"))
                        .toList());
    }

    private static List<String> keys(String prefix, Enum<?>[] values) {
        return Arrays.stream(values)
                .map(value -> prefix + value.name().toLowerCase(Locale.ROOT))
                .toList();
    }

    private static Set<String> found(Pattern pattern) {
        return PageFiles.scripts()
                .flatMap(script -> pattern.matcher(PageFiles.text(script)).results())
                .map(match -> match.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> places(String text) {
        return PLACE.matcher(text).results().map(MatchResult::group).collect(Collectors.toSet());
    }
}
