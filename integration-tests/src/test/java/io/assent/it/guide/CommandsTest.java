package io.assent.it.guide;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Each command in a document says whether a test runs it: a block {@code sh} is run as it stands, a block {@code bash}
 * is not, and no command stands in a block of another kind.
 */
class CommandsTest {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    private static final Pattern FENCE =
            Pattern.compile("^ *```([a-z]*)\\n(.*?)^ *```$", Pattern.MULTILINE | Pattern.DOTALL);

    private static final Pattern COMMAND = Pattern.compile(
            "^ *(?:curl|mvn|npm|node|java|docker|kubectl|git|psql|openssl|jq|\\./[a-z]+\\.sh|\\S*kc\\.sh) .*",
            Pattern.MULTILINE);

    private static final Pattern INDENTED = Pattern.compile("(?<=\\n\\n)(?: {4}.*\\n)+");

    @Test
    void whatIsMarkedAsRunIsRun() {
        assertThat(documents().entrySet().stream()
                        .filter(document ->
                                blocks(document.getValue(), "sh").findAny().isPresent())
                        .map(document -> ROOT.resolve("docs")
                                .relativize(document.getKey())
                                .toString()))
                .containsExactlyInAnyOrderElementsOf(Guide.PAGES);
    }

    @Test
    void noCommandStandsWhereNothingSaysWhetherItIsRun() {
        documents().forEach((document, text) -> {
            String unmarked = FENCE.matcher(text).replaceAll("");
            assertThat(INDENTED.matcher(unmarked).results().filter(block -> COMMAND.matcher(block.group())
                            .find()))
                    .as("indented blocks of " + document)
                    .isEmpty();
            assertThat(Stream.of("", "text", "console", "shell")
                            .flatMap(kind -> blocks(text, kind))
                            .filter(block -> COMMAND.matcher(block).find()))
                    .as("blocks without a mark in " + document)
                    .isEmpty();
        });
    }

    private static Stream<String> blocks(String text, String kind) {
        return FENCE.matcher(text)
                .results()
                .filter(block -> block.group(1).equals(kind))
                .map(block -> block.group(2));
    }

    private static Map<Path, String> documents() {
        Map<Path, String> documents = new TreeMap<>();
        for (String directory :
                List.of("", "docs", "samples", "samples/tpp-node", "samples/tpp-java", "samples/resource-server")) {
            try (Stream<Path> files = Files.list(ROOT.resolve(directory))) {
                for (Path file :
                        files.filter(any -> any.toString().endsWith(".md")).toList()) {
                    documents.put(file, Files.readString(file));
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        assertThat(documents).hasSizeGreaterThan(30);
        return documents;
    }
}
