package io.assent.it.screen;

import static io.assent.it.screen.AppBank.claim;
import static io.assent.it.screen.AppBank.digits;
import static io.assent.it.screen.AppBank.screen;
import static io.assent.testing.actor.DevRealm.BALANCES;
import static io.assent.testing.actor.DevRealm.TRANSACTIONS;
import static org.assertj.core.api.Assertions.assertThat;

import io.assent.testing.Eventually;
import io.assent.testing.actor.AppLink;
import io.assent.testing.actor.BankApp;
import io.assent.testing.actor.CodeFlow;
import io.assent.testing.actor.Customer;
import io.assent.testing.browser.AppLinkScreen;
import io.assent.testing.browser.Axe;
import io.assent.testing.browser.Browser;
import io.assent.testing.browser.ConsentScreen;
import io.assent.testing.browser.WithBrowser;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

/** The page by which a login goes on in the app, in a real browser; the phone is played by its calls. */
@WithBrowser
class AppLinkBrowserIT {

    /** The page's code is another one after half a minute, and good for as long again. */
    private static final Duration RENEWED = Duration.ofSeconds(60);

    private static Browser browser;
    private static AppBank bank;

    private final Customer customer = bank.realm().newCustomer();
    private final BankApp app = customer.app();

    @BeforeAll
    static void start() {
        bank = AppBank.open("app-link-in-browsers");
    }

    @AfterAll
    static void stop() {
        bank.close();
    }

    @BeforeEach
    void asUsual() {
        browser.startAfresh();
        browser.allowScripts(true);
        browser.resize(1280);
        browser.prefer("light");
        bank.codeBack("never");
    }

    @Test
    void thePageGoesOnByItselfOnceTheAppHasAnswered() {
        CodeFlow flow = bank.flow(BALANCES, TRANSACTIONS);
        AppLinkScreen page = screen(browser, flow);
        String request = claim(app, page.link());
        page.awaitState("claimed");
        assertThat(browser.see("[data-consent-status]").getText()).isEqualTo("Waiting for your answer in the app");

        app.approve(request, TRANSACTIONS).ok();

        assertThat(flow.tokens(page.back(flow.redirectUri())).accessTokenScope())
                .contains(TRANSACTIONS)
                .doesNotContain(BALANCES);
    }

    @Test
    void theDigitsOfTheAppAreTypedByKeyboardAlone() {
        bank.codeBack("always");
        CodeFlow flow = bank.flow(BALANCES);
        AppLinkScreen page = screen(browser, flow);
        String request = claim(app, page.link());
        app.approve(request, BALANCES).ok();
        page.awaitState("code");

        // the field has the focus
        browser.awaitFocus("input[name=digits]");
        browser.press(digits(app, request), Keys.ENTER);

        assertThat(flow.redeem(page.back(flow.redirectUri())).status()).isEqualTo(200);
    }

    @Test
    void wrongDigitsAreSaidAndReadOut() {
        bank.codeBack("always");
        CodeFlow flow = bank.flow(BALANCES);
        AppLinkScreen page = screen(browser, flow);
        String request = claim(app, page.link());
        app.approve(request, BALANCES).ok();
        page.awaitState("code");
        String right = digits(app, request);

        page.enter(right.equals("000000") ? "000001" : "000000");

        assertThat(browser.see("[role=alert]").getText()).contains("2 tries are left");
        assertThat(browser.title()).startsWith("Error: ");
        assertThat(browser.see("input[name=digits]").getDomAttribute("aria-invalid"))
                .isEqualTo("true");
        assertThat(Axe.violations(browser)).isEmpty();
        page.enter(right);
        assertThat(flow.redeem(page.back(flow.redirectUri())).status()).isEqualTo(200);
    }

    @Test
    void aNoInTheAppLeadsBack() {
        CodeFlow flow = bank.flow(BALANCES);
        AppLinkScreen page = screen(browser, flow);

        app.deny(claim(app, page.link())).ok();

        assertThat(flow.error(page.back(flow.redirectUri()))).isEqualTo("access_denied");
    }

    @Test
    void aPageThatIsRefusedAgainAndAgainOffersToLook() {
        CodeFlow flow = bank.flow(BALANCES);
        AppLinkScreen page = screen(browser, flow);
        // half a minute goes by with each call that is refused
        browser.run("""
                const now = Date.now;
                let refused = 0;
                Date.now = () => now() + refused * 30000;
                window.fetch = async () => {
                  refused++;
                  return new Response('', { status: 503 });
                };
                """);
        // answers the question that is held; those that follow are refused
        String request = claim(app, page.link());

        browser.click("[data-consent-look]");
        app.approve(request, BALANCES).ok();

        assertThat(flow.redeem(page.back(flow.redirectUri())).status()).isEqualTo(200);
    }

    @Test
    void withoutScriptsThePageLooksByItself() {
        CodeFlow flow = bank.flow(BALANCES);
        browser.allowScripts(false);
        AppLinkScreen page = screen(browser, flow);

        app.approve(claim(app, page.link()), BALANCES).ok();

        assertThat(flow.redeem(page.back(flow.redirectUri())).status()).isEqualTo(200);
    }

    @Test
    void withoutScriptsTheDigitsAreTyped() {
        bank.codeBack("always");
        CodeFlow flow = bank.flow(BALANCES);
        browser.allowScripts(false);
        AppLinkScreen page = screen(browser, flow);
        String request = claim(app, page.link());
        app.approve(request, BALANCES).ok();

        browser.type("input[name=digits]", digits(app, request));
        browser.press(Keys.ENTER);

        assertThat(flow.redeem(browser.sentTo(flow.redirectUri())).status()).isEqualTo(200);
    }

    @Test
    void anotherLanguageIsTheSameLink() {
        AppLinkScreen page = screen(browser, bank.flow(BALANCES));
        AppLink link = page.link();

        browser.run("""
                const select = document.getElementById('login-select-toggle');
                select.value = [...select.options].find((option) => option.value.includes('kc_locale=de')).value;
                select.dispatchEvent(new Event('change'));
                """);

        assertThat(browser.see("html[lang=de] h1").getText()).contains("mit Ihrer App");
        assertThat(page.link()).isEqualTo(link);
    }

    @Test
    void aReloadAndTheWayBackLeadToTheSameLogin() {
        CodeFlow flow = bank.flow(BALANCES);
        AppLinkScreen page = screen(browser, flow);
        AppLink link = page.link();
        browser.open(browser.address());
        assertThat(page.link()).isEqualTo(link);
        String request = claim(app, link);
        page.awaitState("claimed");

        browser.open(URI.create("about:blank"));
        browser.back();
        app.approve(request, BALANCES).ok();

        assertThat(flow.redeem(page.back(flow.redirectUri())).status()).isEqualTo(200);
    }

    @Test
    void theConsentScreensQuestionIsAnsweredInTheApp() {
        CodeFlow flow = bank.flow(BALANCES);
        toThePassword(flow);
        ConsentScreen.shown(browser).continueInApp();
        AppLinkScreen page = AppLinkScreen.shown(browser);
        String number = page.number().orElseThrow();

        app.approveWithNumber(app.onlyPendingId(), number, BALANCES).ok();

        assertThat(flow.redeem(page.back(flow.redirectUri())).status()).isEqualTo(200);
    }

    @Test
    void itCanBeAnsweredInTheBrowserAfterAll() {
        CodeFlow flow = bank.flow(BALANCES);
        toThePassword(flow);
        ConsentScreen.shown(browser).continueInApp();
        AppLinkScreen.shown(browser);

        browser.click("button[name=answer-here]");

        ConsentScreen screen = ConsentScreen.shown(browser);
        screen.tick(BALANCES);
        assertThat(flow.redeem(screen.approve(flow)).status()).isEqualTo(200);
    }

    /** The other way to log in. */
    private void toThePassword(CodeFlow flow) {
        screen(browser, flow);
        AppBank.logInByPassword(browser, customer);
    }

    @Tag("long")
    @Test
    void aPictureOfTheCodeIsOfNoUseAMinuteLater() {
        CodeFlow flow = bank.flow(BALANCES);
        AppLinkScreen page = screen(browser, flow);
        AppLink pictured = page.link();
        AppLink next = another(page, pictured);
        String drawn = browser.see("[data-consent-qr] path").getDomAttribute("d");
        AppLink afterThat = another(page, next);

        assertThat(browser.see("[data-consent-qr] path").getDomAttribute("d"))
                .as("the code is drawn anew")
                .isNotEqualTo(drawn);
        assertThat(app.claim(pictured).status()).isEqualTo(404);
        app.approve(claim(app, afterThat), BALANCES).ok();
        assertThat(flow.redeem(page.back(flow.redirectUri())).status()).isEqualTo(200);
    }

    private static AppLink another(AppLinkScreen page, AppLink old) {
        return Eventually.within(RENEWED, "another code", page::link, link -> !link.equals(old));
    }
}
