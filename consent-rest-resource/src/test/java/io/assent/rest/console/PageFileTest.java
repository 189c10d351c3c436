package io.assent.rest.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PageFileTest {

    private static final Pattern LOADED = Pattern.compile("from \"\\./([^\"]+)\"|(?:src|href)=\"([\\w-]+\\.\\w+)\"");
    private static final Pattern INLINE = Pattern.compile(
            "<style|\\sstyle=|<script(?![^>]*\\ssrc=)|\\son[a-z]+=|javascript:", Pattern.CASE_INSENSITIVE);

    /** By which a text could become markup, or a script. */
    private static final Pattern MARKUP = Pattern.compile("innerHTML|outerHTML|insertAdjacentHTML|document\\.write|"
            + "DOMParser|createContextualFragment|\\beval\\(|new Function|srcdoc|\\.style\\b");

    private static final Surroundings SURROUNDINGS = new Surroundings(
            "https://login.bank.example",
            "https://admin.bank.example",
            "bank \"><script>",
            "master",
            "security-admin-console",
            "pf-v5-theme-dark",
            "/logo.svg",
            "/favicon.svg",
            "/patternfly.css",
            "");

    static Stream<String> files() {
        return PageFiles.names().stream();
    }

    @Test
    void everyFileOfTheFolderIsServedButThePageItself() {
        assertThat(files().filter(name -> PageFile.named(name).isEmpty())).containsExactly("page.html");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "page.html",
                "other.js",
                "../StaffPage.class",
                "..%2FStaffPage.class",
                "../../admin/openapi.json",
                "MAIN.js",
                "main.js/"
            })
    void nothingElseIsServed(String name) {
        assertThat(PageFile.named(name)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("files")
    void whatAFileLoadsIsServed(String name) {
        LOADED.matcher(PageFiles.text(name))
                .results()
                .map(match -> match.group(1) == null ? match.group(2) : match.group(1))
                .forEach(loaded -> assertThat(PageFile.named(loaded)).as(loaded).isPresent());
    }

    @ParameterizedTest
    @MethodSource("files")
    void noTextBecomesMarkup(String name) {
        assertThat(PageFiles.text(name)).doesNotContainPattern(MARKUP);
    }

    @Test
    void thePolicyForbidsNothingThatThePageNeeds() {
        assertThat(PageFiles.text("page.html")).doesNotContainPattern(INLINE);
        assertThat(SURROUNDINGS.contentSecurityPolicy())
                .contains("default-src 'none'", "script-src 'self';", "connect-src 'self' https://login.bank.example;")
                .contains("frame-ancestors 'none'")
                .doesNotContain("unsafe");
    }

    @Test
    void aRealmsNameIsNoMarkup() {
        String page = new String(PageFile.html(SURROUNDINGS).content(), StandardCharsets.UTF_8);

        assertThat(page).contains("bank \\&quot;&gt;&lt;script&gt;").doesNotContain("@", "<script>");
    }
}
