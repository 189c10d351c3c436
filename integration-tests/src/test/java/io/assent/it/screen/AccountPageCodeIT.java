package io.assent.it.screen;

import static org.assertj.core.api.Assertions.assertThat;

import io.assent.testing.actor.BankApp;
import io.assent.testing.actor.Customer;
import io.assent.testing.browser.AccountPage;
import io.assent.testing.browser.Axe;
import io.assent.testing.browser.Browser;
import io.assent.testing.browser.WithBrowser;
import io.assent.testing.server.Servers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The code for requests, on the account console's page <em>Connected companies</em>. */
@WithBrowser
class AccountPageCodeIT {

    private static Browser browser;

    private final Customer customer = Servers.bank().newCustomer();
    private final BankApp app = customer.app();

    @Test
    void theCustomerSetsACodeAndRemovesIt() {
        browser.startAfresh();
        AccountPage page = AccountPage.open(browser, customer, "en");
        assertThat(browser.see(".cc-code").getText()).contains("You have no code.");

        page.setUserCode("no code");
        assertThat(page.complaint()).contains("This cannot be a code.");
        assertThat(Axe.violations(browser)).isEmpty();
        page.cancel();
        page.setUserCode("s3cret");

        assertThat(page.notice()).isEqualTo("Your code is set.");
        assertThat(page.text()).contains("You have had a code since").doesNotContain("s3cret");
        assertThat(app.userCode().ok().get("setAt").isNull()).isFalse();
        assertThat(Axe.violations(browser)).isEmpty();

        page.removeUserCode();
        assertThat(page.notice()).isEqualTo("Your code is removed.");
        assertThat(app.userCode().ok().get("setAt").isNull()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"en, light, 1280", "de, dark, 360"})
    void itIsReadableByEverybody(String language, String scheme, int width) {
        browser.startAfresh();
        browser.resize(width);
        browser.prefer(scheme);
        app.setUserCode("s3cret").ok();
        AccountPage page = AccountPage.open(browser, customer, language);

        assertThat(page.text()).doesNotContain("connectedCompanies.");
        assertThat(browser.scrollsSideways()).isFalse();
        assertThat(Axe.violations(browser, AccountPage.KEBAB)).isEmpty();
        browser.screenshot("account-code-" + language + "-" + scheme);
        page.askUserCode();
        browser.screenshot("account-code-question-" + language + "-" + scheme);
    }
}
