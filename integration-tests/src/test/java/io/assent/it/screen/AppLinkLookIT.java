package io.assent.it.screen;

import static io.assent.it.screen.AppBank.claim;
import static io.assent.testing.actor.DevRealm.BALANCES;
import static io.assent.testing.actor.DevRealm.TRANSACTIONS;
import static org.assertj.core.api.Assertions.assertThat;

import io.assent.testing.actor.BankApp;
import io.assent.testing.actor.CodeFlow;
import io.assent.testing.actor.Customer;
import io.assent.testing.browser.AppLinkScreen;
import io.assent.testing.browser.Axe;
import io.assent.testing.browser.Browser;
import io.assent.testing.browser.ConsentScreen;
import io.assent.testing.browser.Pictures;
import io.assent.testing.browser.WithBrowser;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** How the page of the link looks as a login goes on, and whether everybody can read and use it. */
@WithBrowser
class AppLinkLookIT {

    private static final String PHONE =
            "Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36";

    private static final List<String> PAGES =
            List.of("app-scan", "app-phone", "app-number", "app-claimed", "app-code", "app-code-wrong", "app-over");

    private static final List<Arguments> SOME = List.of(
            Arguments.of("app-scan", "en", "light", 1280),
            Arguments.of("app-phone", "de", "dark", 360),
            Arguments.of("app-number", "en", "light", 360),
            Arguments.of("app-code-wrong", "de", "light", 360));

    private static Browser browser;
    private static AppBank bank;

    @BeforeAll
    static void start() {
        bank = AppBank.open("app-link-look");
    }

    @AfterAll
    static void stop() {
        bank.close();
    }

    @BeforeEach
    void asUsual() {
        browser.startAfresh();
    }

    static Stream<Arguments> some() {
        return SOME.stream();
    }

    static Stream<Arguments> others() {
        return Looks.ofPages(PAGES, SOME);
    }

    @ParameterizedTest(name = "{0} {1} {2} {3}")
    @MethodSource("some")
    void everybodyCanReadIt(String page, String language, String scheme, int width) {
        assertReadable(page, language, scheme, width);
    }

    @Tag("long")
    @ParameterizedTest(name = "{0} {1} {2} {3}")
    @MethodSource("others")
    void everybodyCanReadEachOfThem(String page, String language, String scheme, int width) {
        assertReadable(page, language, scheme, width);
    }

    private static void assertReadable(String page, String language, String scheme, int width) {
        browser.resize(width);
        browser.prefer(scheme);
        browser.callItself(page.equals("app-phone") ? PHONE : "");
        show(page, bank.flow(BALANCES, TRANSACTIONS).with("ui_locales", language));
        assertThat(browser.<String>run("return document.documentElement.lang")).isEqualTo(language);

        browser.run("document.activeElement.blur()");
        new Pictures(browser).keepForDocs("%s-%s-%s-%d.png".formatted(page, language, scheme, width));
        for (boolean folded : List.of(true, false)) {
            ConsentScreen screen = ConsentScreen.shown(browser);
            screen.foldEverything(folded);
            assertThat(screen.smallTargets()).isEmpty();
            assertThat(browser.scrollsSideways()).as("scrolls sideways").isFalse();
            assertThat(Axe.violations(browser)).isEmpty();
        }
    }

    private static void show(String page, CodeFlow flow) {
        Customer customer = bank.realm().newCustomer();
        BankApp app = customer.app();
        bank.codeBack(page.equals("app-over") ? "never" : "always");
        if (page.equals("app-over")) {
            flow.with("max_age", "0");
        }
        AppLinkScreen screen = AppBank.screen(browser, flow);
        switch (page) {
            case "app-scan", "app-phone" -> {}
            case "app-number" -> {
                AppBank.logInByPassword(browser, customer);
                ConsentScreen.shown(browser).continueInApp();
                browser.see("[data-consent-number]");
            }
            case "app-claimed" -> {
                claim(app, screen.link());
                screen.awaitState("claimed");
            }
            case "app-over" -> {
                // which the login to the app is too old for
                app.approve(claim(app, screen.link()), BALANCES).ok();
                screen.awaitState("over");
                browser.run("document.querySelector('.consent-form').requestSubmit()");
                browser.see("button[name=new-code]");
            }
            default -> {
                String request = claim(app, screen.link());
                app.approve(request, BALANCES).ok();
                screen.awaitState("code");
                if (page.equals("app-code-wrong")) {
                    screen.enter(AppBank.digits(app, request).equals("000000") ? "000001" : "000000");
                    browser.see("[role=alert]");
                }
            }
        }
    }
}
