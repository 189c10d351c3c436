package io.assent.it.guide;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Each command in a document says whether a test runs it: a block {@code sh} is run as it stands, a block {@code bash}
 * is not, and no command stands in a block of another kind. SQL that no test runs has a mark before it.
 */
class CommandsTest {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    private static final Pattern FENCE =
            Pattern.compile("^ *```([a-z]*)\\n(.*?)^ *```$", Pattern.MULTILINE | Pattern.DOTALL);

    private static final Pattern COMMAND = Pattern.compile(
            "^ *(?:curl|mvn|npm|node|java|docker|kubectl|git|psql|openssl|jq|\\./[a-z]+\\.sh|\\S*kc\\.sh)(?: .*)?$",
            Pattern.MULTILINE);

    /** SQL in a text; a statement in a block of its own is found by {@link #FENCE}. */
    private static final Pattern STATEMENT =
            Pattern.compile("`((?:SELECT|UPDATE \\w+ SET|DELETE FROM|ALTER TABLE|CREATE INDEX) [^`]*)`");

    /** Stands before what no test runs, and says why. */
    private static final String NOT_RUN = "<!-- not run: ";

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

    @Test
    void sqlIsRunByATestOrSaysThatItIsNot() {
        String tests = Stream.of("integration-tests", "container-tests")
                .flatMap(module -> sources(module).stream())
                .map(CommandsTest::read)
                .map(CommandsTest::onOneLine)
                .collect(Collectors.joining("\n"));
        List<String> run = new ArrayList<>();
        documents().forEach((document, text) -> {
            FENCE.matcher(text)
                    .results()
                    .filter(block -> block.group(1).equals("sql"))
                    .forEach(block -> {
                        if (tests.contains(onOneLine(block.group(2)).replaceFirst(";$", ""))) {
                            run.add(block.group(2));
                        } else {
                            assertThat(text.substring(0, block.start()))
                                    .as("before a block in " + document)
                                    .containsPattern(NOT_RUN + "[^>]+ -->\\n$");
                        }
                    });
            STATEMENT.matcher(FENCE.matcher(text).replaceAll("")).results().forEach(found -> assertThat(
                            section(text, text.indexOf(found.group())))
                    .as(found.group(1) + " in " + document)
                    .contains(NOT_RUN));
        });

        assertThat(run).as("what ReportsIT runs").isNotEmpty();
    }

    /** What stands between the heading before a place, and the place. */
    private static String section(String text, int place) {
        return text.substring(text.lastIndexOf("\n#", place), place);
    }

    private static String onOneLine(String text) {
        return text.strip().replaceAll("\\s+", " ");
    }

    private static List<Path> sources(String module) {
        try (Stream<Path> files = Files.walk(ROOT.resolve(module).resolve("src/test/java"))) {
            return files.filter(file -> file.toString().endsWith(".java")).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<String> blocks(String text, String kind) {
        return FENCE.matcher(text)
                .results()
                .filter(block -> block.group(1).equals(kind))
                .map(block -> block.group(2));
    }

    private static Map<Path, String> documents() {
        Map<Path, String> documents = new TreeMap<>();
        for (String directory : List.of(
                "",
                ".github",
                "docs",
                "docs/decisions",
                "samples",
                "samples/tpp-node",
                "samples/tpp-java",
                "samples/resource-server")) {
            try (Stream<Path> files = Files.list(ROOT.resolve(directory))) {
                for (Path file :
                        files.filter(any -> any.toString().endsWith(".md")).toList()) {
                    documents.put(file, read(file));
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        assertThat(documents).hasSizeGreaterThan(130);
        return documents;
    }
}
