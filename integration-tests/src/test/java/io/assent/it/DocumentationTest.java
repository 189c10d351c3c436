package io.assent.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the Markdown files point at is there, and nothing else is kept for them. */
class DocumentationTest {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    /** {@code [text](target)} and {@code <img src="target">}, to files of the repository. */
    private static final Pattern TARGET = Pattern.compile("(?:]\\(|<img src=\")(?!https?:|mailto:|#)([^)#\"\\s]+)");

    private static final Pattern DECISION = Pattern.compile("\\d{4}-.*\\.md");

    private static final Pattern STATUS =
            Pattern.compile("\\d{4}-\\d\\d-\\d\\d, (accepted|accepted; now in a document|replaced by \\d+)");

    @Test
    void everythingThatIsLinkedIsThere() {
        assertThat(targets()).isNotEmpty().allSatisfy(target -> assertThat(target)
                .exists());
    }

    @Test
    void everyPictureIsShown() throws IOException {
        try (Stream<Path> pictures = Files.list(ROOT.resolve("docs/images"))) {
            assertThat(pictures).isNotEmpty().allSatisfy(picture -> assertThat(targets())
                    .contains(picture));
        }
    }

    @Test
    void eachDecisionHasADateAndAStatusAndIsInTheList() throws IOException {
        Path directory = ROOT.resolve("docs/decisions");
        String list = read(directory.resolve("README.md"));
        try (Stream<Path> records = Files.list(directory)) {
            assertThat(records.filter(record ->
                            DECISION.matcher(record.getFileName().toString()).matches()))
                    .isNotEmpty()
                    .allSatisfy(record -> {
                        assertThat(read(record).lines().skip(1).findFirst())
                                .hasValueSatisfying(line -> assertThat(line).matches(STATUS));
                        assertThat(list).contains("](" + record.getFileName() + ")");
                    });
        }
    }

    private static Set<Path> targets() {
        Set<Path> targets = new TreeSet<>();
        for (Path page : pages()) {
            TARGET.matcher(read(page))
                    .results()
                    .map(match -> page.resolveSibling(match.group(1)).normalize())
                    .forEach(targets::add);
        }
        return targets;
    }

    private static Set<Path> pages() {
        Set<Path> pages = new TreeSet<>();
        for (String directory : new String[] {"", "docs", "docs/decisions"}) {
            try (Stream<Path> files = Files.list(ROOT.resolve(directory))) {
                files.filter(file -> file.toString().endsWith(".md")).forEach(pages::add);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return pages;
    }

    private static String read(Path page) {
        try {
            return Files.readString(page);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
