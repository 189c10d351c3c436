package io.assent.it.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.assent.testing.actor.Customer;
import io.assent.testing.browser.AccountPage;
import io.assent.testing.browser.Browser;
import io.assent.testing.browser.WithBrowser;
import io.assent.testing.server.Servers;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whoever plays with the dev realm can get what a payment in the browser takes. */
@WithBrowser
class DevRealmPasskeyIT {

    private static Browser browser;

    private final Customer customer = Servers.bank().newCustomer();

    @BeforeEach
    void startAfresh() {
        browser.startAfresh();
        browser.resize(1280);
    }

    @Test
    void theAccountConsoleOffersThemAPasskey() {
        AccountPage.logIn(browser, "/account/account-security/signing-in", customer, "en");

        browser.click("[data-testid='webauthn-passwordless/create']");

        browser.see("#registerWebAuthn");
        assertThat(browser.see("#kc-page-title").getText()).contains("Passkey");
    }
}
