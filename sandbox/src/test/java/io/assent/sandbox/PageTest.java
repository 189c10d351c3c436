package io.assent.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PageTest {

    private static final Pattern IMPORT = Pattern.compile("from \"\\./([^\"]+)\"");
    private static final Pattern LOADED = Pattern.compile("(?:src|href)=\"assets/([^\"]+)\"");
    private static final Pattern INLINE = Pattern.compile(
            "<style|\\sstyle=|<script(?![^>]*\\ssrc=)|\\son[a-z]+=|javascript:", Pattern.CASE_INSENSITIVE);

    @ParameterizedTest
    @EnumSource
    void everyPageIsInTheJar(Page page) {
        assertThat(page.content()).isNotEmpty();
    }

    @Test
    void everyFileOfTheFolderIsServed() throws IOException, URISyntaxException {
        assertThat(files())
                .filteredOn(file -> !file.endsWith(".html"))
                .isNotEmpty()
                .allSatisfy(file -> assertThat(Page.asset(file)).as(file).isPresent());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "phone.html", "../Page.class", "../../../../META-INF/beans.xml", "PHONE_JS", "other.js"})
    void nothingElseIsServed(String file) {
        assertThat(Page.asset(file)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"PORTAL", "PHONE", "TPP", "DEMO"})
    void thePolicyForbidsNothingThatAPageNeeds(Page page) {
        assertThat(text(page)).doesNotContainPattern(INLINE);
    }

    @ParameterizedTest
    @EnumSource
    void whatAPageLoadsIsServed(Page page) {
        Stream.of(IMPORT, LOADED)
                .flatMap(pattern -> pattern.matcher(text(page)).results())
                .map((MatchResult match) -> match.group(1))
                .forEach(file -> assertThat(Page.asset(file)).as(file).isPresent());
    }

    @Test
    void thePolicyAllowsNoInlineScriptAndNoFrameOfOthers() {
        assertThat(Page.CONTENT_SECURITY_POLICY)
                .contains(
                        "default-src 'none'",
                        "script-src 'self'",
                        "style-src 'self'",
                        "frame-src 'self'",
                        "frame-ancestors 'self'")
                .doesNotContain("unsafe");
    }

    private static String text(Page page) {
        return new String(page.content(), StandardCharsets.UTF_8);
    }

    private static List<String> files() throws IOException, URISyntaxException {
        try (Stream<Path> files =
                Files.list(Path.of(Page.class.getResource("assets").toURI()))) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
