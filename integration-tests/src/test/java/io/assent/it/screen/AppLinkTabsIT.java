package io.assent.it.screen;

import static io.assent.it.screen.AppBank.claim;
import static io.assent.it.screen.AppBank.returnUri;
import static io.assent.it.screen.AppBank.screen;
import static io.assent.testing.actor.DevRealm.BALANCES;
import static org.assertj.core.api.Assertions.assertThat;

import io.assent.testing.actor.BankApp;
import io.assent.testing.actor.CodeFlow;
import io.assent.testing.browser.AppLinkScreen;
import io.assent.testing.browser.Browser;
import io.assent.testing.browser.WithBrowser;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The page by which a login goes on in the app, where another tab has the same login. */
@WithBrowser(tabs = true)
class AppLinkTabsIT {

    private static Browser browser;
    private static AppBank bank;

    private final BankApp app = bank.realm().newCustomer().app();

    @BeforeAll
    static void start() {
        bank = AppBank.open("app-link-in-tabs");
    }

    @AfterAll
    static void stop() {
        bank.close();
    }

    @BeforeEach
    void asUsual() {
        browser.startAfresh();
        bank.codeBack("never");
    }

    @Test
    void theAppBringsTheCustomerBackOnTheSamePhone() {
        bank.codeBack("always");
        CodeFlow flow = bank.flow(BALANCES);
        AppLinkScreen page = screen(browser, flow);
        String request = claim(app, page.link());
        app.approve(request, BALANCES).ok();

        browser.openInNewTab(returnUri(app, request));

        assertThat(flow.redeem(browser.sentTo(flow.redirectUri())).status()).isEqualTo(200);
    }

    @Test
    void twoTabsOfOneLoginDoNotHinderEachOther() {
        CodeFlow flow = bank.flow(BALANCES);
        AppLinkScreen first = screen(browser, flow);
        browser.openInNewTab(flow.authorizationUri());
        AppLinkScreen second = AppLinkScreen.shown(browser);
        assertThat(second.link()).isEqualTo(first.show().link());

        String request = claim(app, first.link());
        second.show().awaitState("claimed");
        app.approve(request, BALANCES).ok();

        assertThat(flow.redeem(second.back(flow.redirectUri())).status()).isEqualTo(200);
    }
}
