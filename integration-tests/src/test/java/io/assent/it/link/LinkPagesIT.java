package io.assent.it.link;

import static org.assertj.core.api.Assertions.assertThat;

import io.assent.testing.Eventually;
import io.assent.testing.actor.Admin;
import io.assent.testing.actor.Realm;
import io.assent.testing.browser.Axe;
import io.assent.testing.browser.Browser;
import io.assent.testing.browser.WithBrowser;
import io.assent.testing.http.Answer;
import io.assent.testing.http.Http;
import io.assent.testing.server.Database;
import io.assent.testing.server.Distribution;
import io.assent.testing.server.Keycloak;
import io.assent.testing.server.Servers;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a browser shows that has no part in a login: on the stock server, in a real browser. */
@WithBrowser
class LinkPagesIT {

    private static final String SECRET = "q0Xz3yJt8bW1mK7vR5nAcg";

    private static final Map<String, Map<String, String>> TITLES = Map.of(
            "links",
            Map.of("en", "This link is for your bank's app", "de", "Dieser Link ist für die App Ihrer Bank"),
            "returns",
            Map.of(
                    "en", "Go back to the page where you started",
                    "de", "Gehen Sie zurück zu der Seite, auf der Sie begonnen haben"));

    private static Browser browser;
    private static Keycloak server;

    private final Realm bank = server.realm(Servers.BANK);

    @BeforeAll
    static void start() {
        server = Servers.shared(Database.H2);
    }

    static Stream<Arguments> looks() {
        return Stream.of("links", "returns").flatMap(page -> Stream.of("en", "de")
                .flatMap(language -> Stream.of("light", "dark").flatMap(scheme -> Stream.of(360, 1280)
                        .map(width -> Arguments.of(page, language, scheme, width)))));
    }

    @Tag("long")
    @ParameterizedTest(name = "{0} {1} {2} {3}")
    @MethodSource("looks")
    void everybodyCanReadEach(String page, String language, String scheme, int width) throws IOException {
        assertReadable(page, language, scheme, width);
    }

    @ParameterizedTest
    @ValueSource(strings = {"links", "returns"})
    void everybodyCanReadIt(String page) throws IOException {
        assertReadable(page, "en", "light", 360);
    }

    private void assertReadable(String page, String language, String scheme, int width) throws IOException {
        browser.resize(width);
        browser.prefer(scheme);
        browser.open(URI.create(address(page) + "?kc_locale=" + language));

        assertThat(browser.title()).isEqualTo(TITLES.get(page).get(language));
        assertThat(browser.see("h1").getText()).isEqualTo(TITLES.get(page).get(language));
        assertThat(browser.<String>run("return document.documentElement.lang")).isEqualTo(language);
        assertThat(browser.scrollsSideways()).isFalse();
        assertThat(browser.all("main form, main button, main a")).isEmpty();
        assertThat(Axe.violations(browser)).isEmpty();
        Path pictures = Files.createDirectories(Distribution.TARGET.resolve("screenshots"));
        Files.write(pictures.resolve("%s-%s-%s-%d.png".formatted(page, language, scheme, width)), browser.picture());
    }

    /** The server's own script leads a login's page away then; this one belongs to none. */
    @ParameterizedTest
    @ValueSource(strings = {"links", "returns", "personal"})
    void aLoginInAnotherTabLeadsThePageNowhere(String page) {
        browser.startAfresh();
        browser.open(page.equals("personal") ? bank.uri("/consent/personal-access") : address(page));
        String title = browser.title();

        browser.run("document.cookie = 'KEYCLOAK_SESSION=begun; path=/'");
        Eventually.within(
                Duration.ofSeconds(10), "the session is seen", () -> browser.<String>run("return location.href")
                        .endsWith("#"));

        assertThat(browser.title()).isEqualTo(title);
        browser.startAfresh();
    }

    @Test
    void thePageOfALinkSaysTheSameForAnySecret() {
        List<String> pages = Stream.of(SECRET, "abcdefghijklmnopqrstuv", "x")
                // the language switch leads to the same address
                .map(secret -> get(page("links", secret)).body().replace("/links/" + secret, "/links/"))
                .toList();

        assertThat(pages.stream().distinct()).hasSize(1);
        assertThat(pages.get(0)).contains("This link is for your bank").contains("/links/");
        assertThat(get(page("links", "%3Cscript%3E")).body()).doesNotContain("<script>\"");
        assertThat(get(page("links", SECRET)).header("Cache-Control")).isPresent();
        assertThat(get(page("links", SECRET)).header("Referrer-Policy")).contains("no-referrer");
    }

    @ParameterizedTest
    @ValueSource(strings = {SECRET, "x", "abcdefghijklmnopqrstuv"})
    void nobodyGoesOnByAReturnThatIsNotTheirs(String secret) {
        for (String cookie : new String[] {"", "ASSENT_BROWSER=x", "ASSENT_BROWSER=" + SECRET}) {
            Answer answer = Http.send(Http.request(page("returns", secret)).header("Cookie", cookie));

            assertThat(answer.status()).isEqualTo(303);
            assertThat(answer.header("Location"))
                    .contains(bank.uri("/consent/v1/returns").toString());
            assertThat(answer.header("Cache-Control")).contains("no-store");
        }
        assertThat(get(bank.uri("/consent/v1/returns")).body()).contains("Go back to the page where you started");
    }

    @Test
    void theBanksLookIsOnThePages() {
        Admin admin = bank.admin();
        admin.overrideMessage(Servers.BANK, "en", "consent.outside.link.title", "Open me in the app");
        try {
            assertThat(get(page("links", SECRET)).body()).contains("Open me in the app");
        } finally {
            admin.removeMessageOverride(Servers.BANK, "en", "consent.outside.link.title");
        }
    }

    private static Answer get(URI page) {
        Answer answer = Http.send(Http.request(page));
        assertThat(answer.status()).isEqualTo(200);
        return answer;
    }

    private URI address(String page) {
        return page.equals("links") ? page("links", SECRET) : bank.uri("/consent/v1/returns");
    }

    private URI page(String kind, String secret) {
        return bank.uri("/consent/v1/" + kind + "/" + secret);
    }
}
