package io.assent.setup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.keycloak.events.EventType;

/** Setup switches on the types of all events that the pack tells of, and of no others. */
class EventStepsTest {

    private static final Path ROOT = Path.of("..");
    private static final Path CODE = Path.of("ciba-authentication-channel/src/main/java/io/assent/monitoring");

    private static final Pattern SECTION = Pattern.compile("^### Events$(.*?)^#", Pattern.MULTILINE | Pattern.DOTALL);

    /** The second column of a table. */
    private static final Pattern TYPES = Pattern.compile("^\\|[^|]+\\|([^|]+)\\|", Pattern.MULTILINE);

    private static final Pattern TYPE = Pattern.compile("`([A-Z_]+)`");
    private static final Pattern USED = Pattern.compile("EventType\\.([A-Z_]+)");

    @Test
    void theyAreThoseOfThePage() throws IOException {
        String page = Files.readString(ROOT.resolve("docs/operations.md"));
        Set<EventType> named = SECTION.matcher(page)
                .results()
                .map(section -> section.group(1))
                .flatMap(section -> TYPES.matcher(section).results())
                .flatMap(column -> TYPE.matcher(column.group(1)).results())
                .map(EventStepsTest::type)
                .collect(Collectors.toCollection(HashSet::new));
        named.add(EventType.AUTHREQID_TO_TOKEN_ERROR);

        assertThat(EventSteps.OURS).containsExactlyInAnyOrderElementsOf(named);
    }

    @Test
    void theyHaveThoseOfTheCode() throws IOException {
        String code = Files.readString(ROOT.resolve(CODE).resolve("KeycloakEvents.java"));

        assertThat(USED.matcher(code).results().map(EventStepsTest::type))
                .isNotEmpty()
                .isSubsetOf(EventSteps.OURS);
    }

    private static EventType type(MatchResult found) {
        return EventType.valueOf(found.group(1));
    }
}
