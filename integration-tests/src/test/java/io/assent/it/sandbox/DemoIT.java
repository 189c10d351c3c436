package io.assent.it.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.assent.testing.browser.Axe;
import io.assent.testing.browser.Browser;
import io.assent.testing.browser.Pictures;
import io.assent.testing.browser.WithBrowser;
import io.assent.testing.server.Database;
import io.assent.testing.server.Servers;
import java.net.URI;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The story that plays by itself, without its pauses, where a payment has to be signed. */
@WithBrowser
class DemoIT {

    private static Browser browser;

    @BeforeEach
    void startAfresh() {
        browser.startAfresh();
        browser.prefer("light");
        browser.resize(1440);
    }

    @Test
    void theStoryPlaysToItsEnd() {
        open("en", "&pace=0&until=token");
        browser.click("#play");
        seeDone("log-in", "approve", "token");
        new Pictures(browser).keepForDocs("demo-token-en-light-1440.png");
        browser.click("#play");
        seeDone("finger", "pay", "take-back", "end");

        assertThat(browser.see("#heading").getText())
                .as(browser.see("#caption").getText())
                .isEqualTo("That was Assent");
    }

    private static void seeDone(String... steps) {
        for (String step : steps) {
            browser.see("body[data-done~=" + step + "], body[data-done~=stuck]");
        }
    }

    @ParameterizedTest
    @CsvSource({"en, light, 1440", "de, dark, 390"})
    void everybodyCanReadIt(String language, String scheme, int width) {
        browser.prefer(scheme);
        browser.resize(width);
        open(language, "");

        assertThat(browser.see("#heading").getText()).contains("Assent");
        assertThat(browser.scrollsSideways()).isFalse();
        assertThat(Axe.violations(browser)).isEmpty();
        new Pictures(browser).keep("demo-%s-%s-%d.png".formatted(language, scheme, width));
    }

    private static void open(String language, String how) {
        browser.open(URI.create(Servers.signing(Database.H2).uri("/sandbox/demo") + "?lang=" + language + how));
    }
}
