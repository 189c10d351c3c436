package io.assent.sandbox.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.assent.sandbox.journey.Browser.Page;
import java.net.URI;
import org.junit.jupiter.api.Test;

class BrowserTest {

    private static final URI BANK = URI.create("http://localhost:8080/realms/bank/login-actions/authenticate");

    @Test
    void aPageHasALinkAFormAndItsFields() {
        Page page = new Page(BANK, false, """
                <form id="language" action="/other" method="get"></form>
                <form class="consent-form" action="/realms/bank/login-actions/authenticate?a=1&amp;b=2" method="post">
                  <input type="hidden" name="way" value="app">
                  <div class="consent" data-consent-state="open" data-consent-link="http://localhost:8080/l?x=1&amp;y=2"></div>
                  <input name="digits" type="text">
                  <button type="submit" name="cancel" value="true">Cancel</button>
                </form>
                """);

        assertThat(page.link()).isEqualTo(URI.create("http://localhost:8080/l?x=1&y=2"));
        assertThat(page.action())
                .isEqualTo(URI.create("http://localhost:8080/realms/bank/login-actions/authenticate?a=1&b=2"));
        assertThat(page.hiddenFields()).hasSize(1).containsEntry("way", "app");
        assertThat(page.wantsDigits()).isTrue();
    }

    @Test
    void whatIsNotThereIsSaid() {
        Page page = new Page(BANK, false, "<p>Sorry</p>");

        assertThat(page.wantsDigits()).isFalse();
        assertThatThrownBy(page::link).isInstanceOf(JourneyException.class).hasMessageContaining("no code");
        assertThatThrownBy(page::action).isInstanceOf(JourneyException.class);
        assertThatThrownBy(page::back).isInstanceOf(JourneyException.class);
    }
}
