package io.assent.screen;

import static org.assertj.core.api.Assertions.assertThat;

import io.assent.rules.ConsentRulesExecutorFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.keycloak.provider.ProviderConfigProperty;

/** The page about permissions has each field of the console, by the label that an admin reads there, and no others. */
class PermissionsPageTest {

    private static final Path PAGE = Path.of("..", "docs", "permissions.md");

    private static final Pattern FIRST_CELL = Pattern.compile("^\\| (\\*[^|]+) \\|", Pattern.MULTILINE);

    private static final Pattern LABEL = Pattern.compile("\\*([^*]+)\\*");

    @Test
    void theRulesPerClientAreThere() throws IOException {
        assertThat(rowsOf("### Rules per client"))
                .isNotEmpty()
                .containsExactlyInAnyOrderElementsOf(labels(new ConsentRulesExecutorFactory().getConfigProperties()));
    }

    @Test
    void theSettingsOfTheConsentScreenAreThere() throws IOException {
        assertThat(rowsOf("## Settings of the consent screen"))
                .isNotEmpty()
                .containsExactlyInAnyOrderElementsOf(labels(new ConsentScreenActionFactory().getConfigMetadata()));
    }

    private static List<String> labels(List<ProviderConfigProperty> fields) {
        return fields.stream().map(ProviderConfigProperty::getLabel).toList();
    }

    /** What the first cells of a section's table name. */
    private static List<String> rowsOf(String heading) throws IOException {
        String after = Files.readString(PAGE).split("\n" + heading + "\n")[1].split("\n##")[0];
        return FIRST_CELL
                .matcher(after)
                .results()
                .flatMap(row -> names(row.group(1)))
                .toList();
    }

    private static Stream<String> names(String cell) {
        return LABEL.matcher(cell).results().map(name -> name.group(1));
    }
}
