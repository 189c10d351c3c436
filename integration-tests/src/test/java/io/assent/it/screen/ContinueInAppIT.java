package io.assent.it.screen;

import static io.assent.it.screen.AppBank.digits;
import static io.assent.it.screen.AppBank.returnUri;
import static io.assent.testing.actor.DevRealm.ACME;
import static io.assent.testing.actor.DevRealm.BALANCES;
import static io.assent.testing.actor.DevRealm.TRANSACTIONS;
import static org.assertj.core.api.Assertions.assertThat;

import io.assent.testing.actor.BankApp;
import io.assent.testing.actor.CodeFlow;
import io.assent.testing.actor.Customer;
import io.assent.testing.browser.AppLinkPage;
import io.assent.testing.browser.WebClient;
import io.assent.testing.browser.WebPage;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A customer who is known in the browser answers the consent screen's question in the bank's app. */
class ContinueInAppIT {

    private static AppBank bank;

    private final WebClient browser = new WebClient(bank.realm());
    private final Customer customer = bank.realm().newCustomer();
    private final BankApp app = customer.app();

    @BeforeAll
    static void openBank() {
        bank = AppBank.open("continue-in-app");
        bank.realm().admin().bindBrowserFlow(bank.realm().name(), ACME, "browser");
    }

    @AfterAll
    static void closeBank() {
        bank.close();
    }

    @BeforeEach
    void asUsual() {
        bank.codeBack("never");
    }

    private AppLinkPage inTheApp(CodeFlow flow) {
        return press(browser.open(flow, customer));
    }

    /** The button of the consent screen. */
    private AppLinkPage press(WebPage page) {
        return new AppLinkPage(browser, browser.decide(page, "app", List.of()));
    }

    @Test
    void theAppIsAskedAndTheLoginGoesOnWithItsAnswer() {
        CodeFlow flow = bank.flow(BALANCES, TRANSACTIONS);
        AppLinkPage page = inTheApp(flow);
        assertThat(page.state()).isEqualTo("open");

        String request = app.onlyPendingId();
        app.approveWithNumber(request, page.number().orElseThrow(), BALANCES).ok();

        assertThat(flow.tokens(page.again().back()).accessTokenScope())
                .contains(BALANCES)
                .doesNotContain(TRANSACTIONS);
    }

    @Test
    void aPhoneThatScansNeedsNoNumber() {
        CodeFlow flow = bank.flow(BALANCES);
        AppLinkPage page = inTheApp(flow);
        String request = AppBank.claim(app, page.link());
        assertThat(page.again().number()).isEmpty();

        app.approve(request, BALANCES).ok();

        assertThat(flow.tokens(page.again().back()).accessTokenScope()).contains(BALANCES);
    }

    @Test
    void somebodyElsesPhoneCantScan() {
        AppLinkPage page = inTheApp(bank.flow(BALANCES));

        assertThat(bank.realm().newCustomer().app().claim(page.link()).status()).isEqualTo(403);
        assertThat(page.again().state()).isEqualTo("open");
    }

    @Test
    void whoPushesWithoutTheNumberGetsNothing() {
        CodeFlow flow = bank.flow(BALANCES);
        AppLinkPage page = inTheApp(flow);
        String request = app.onlyPendingId();
        String wrong = page.number().orElseThrow().equals("11") ? "12" : "11";

        assertThat(app.approve(request, BALANCES).status()).isEqualTo(422);
        for (int times = 0; times < 3; times++) {
            app.approveWithNumber(request, wrong, BALANCES);
        }

        assertThat(flow.error(page.again().back())).isEqualTo("access_denied");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatTheAppAnsweredOfThePageItselfIsNotAskedAgain(boolean yes) {
        CodeFlow flow = bank.flow(BALANCES, TRANSACTIONS);
        WebPage asked = browser.open(flow, customer);
        String request = app.onlyPendingId();
        (yes ? app.approve(request, BALANCES) : app.deny(request)).ok();

        WebPage back = browser.decide(asked, "app", List.of());

        assertThat(back.left()).as("the browser goes on: %s", back).isTrue();
        assertThat(app.pending()).isEmpty();
        if (yes) {
            assertThat(flow.tokens(back.uri()).accessTokenScope())
                    .contains(BALANCES)
                    .doesNotContain(TRANSACTIONS);
        } else {
            assertThat(flow.error(back.uri())).isEqualTo("access_denied");
        }
    }

    @Test
    void thereIsMoreTimeOnlyUntilTheAppIsAsked() {
        AppLinkPage page = inTheApp(bank.flow(BALANCES));

        assertThat(page.offersMoreTime()).isFalse();
    }

    @Test
    void aNoInTheAppGoesBackToTheTpp() {
        CodeFlow flow = bank.flow(BALANCES);
        AppLinkPage page = inTheApp(flow);

        app.deny(app.onlyPendingId()).ok();

        assertThat(flow.error(page.again().back())).isEqualTo("access_denied");
    }

    @Test
    void theAnswerCanBeGivenInTheBrowserAfterAll() {
        CodeFlow flow = bank.flow(BALANCES);
        AppLinkPage page = inTheApp(flow);
        String inTheApp = app.onlyPendingId();

        WebPage asked = page.press("answer-here", "true").page();

        assertThat(asked.asks()).isTrue();
        assertThat(app.approveWithNumber(inTheApp, "11", BALANCES).status()).isGreaterThanOrEqualTo(400);
        assertThat(flow.tokens(browser.approve(asked, BALANCES).uri()).accessTokenScope())
                .contains(BALANCES);
    }

    @Test
    void aPageFromBeforeAnswersNothing() {
        CodeFlow flow = bank.flow(BALANCES);
        WebPage asked = browser.open(flow, customer);
        press(asked);

        // the browser's way back leads to the form that was there before
        WebPage again = browser.approve(browser.open(flow, customer), BALANCES);

        assertThat(again.left()).isFalse();
    }

    @Test
    void digitsThatTheAppWantsTypedAreNotGotAroundByAnsweringHere() {
        bank.codeBack("always");
        CodeFlow flow = bank.flow(BALANCES);
        AppLinkPage page = inTheApp(flow);
        String request = app.onlyPendingId();
        app.approveWithNumber(request, page.number().orElseThrow(), BALANCES).ok();
        AppLinkPage code = page.again();
        assertThat(code.state()).isEqualTo("code");

        WebPage asked = code.press("answer-here", "true").page();

        assertThat(asked.asks()).isTrue();
        assertThat(asked.left()).isFalse();
    }

    @Test
    void theDigitsGoOn() {
        bank.codeBack("always");
        CodeFlow flow = bank.flow(BALANCES);
        AppLinkPage page = inTheApp(flow);
        String request = app.onlyPendingId();
        app.approveWithNumber(request, page.number().orElseThrow(), BALANCES).ok();

        assertThat(flow.redeem(page.again().enter(digits(app, request)).back()).status())
                .isEqualTo(200);
    }

    @Test
    void aPhoneThatScannedBringsTheBrowserBack() {
        bank.codeBack("always");
        CodeFlow flow = bank.flow(BALANCES);
        AppLinkPage page = inTheApp(flow);
        String request = AppBank.claim(app, page.link());
        app.approve(request, BALANCES).ok();

        assertThat(flow.redeem(browser.open(returnUri(app, request)).uri()).status())
                .isEqualTo(200);
    }

    @Test
    void whoReloadsOrBeginsAnewIsOnTheSamePage() {
        CodeFlow flow = bank.flow(BALANCES);
        AppLinkPage page = inTheApp(flow);

        AppLinkPage again = new AppLinkPage(browser, browser.open(flow, customer));

        assertThat(again.link()).isEqualTo(page.link());
        assertThat(again.number()).isEqualTo(page.number());
        assertThat(app.pending()).hasSize(1);
    }

    @Test
    void cancelGoesBackToTheTppAndAsksNobodyAnyMore() {
        CodeFlow flow = bank.flow(BALANCES);
        AppLinkPage page = inTheApp(flow);

        assertThat(flow.error(page.press("cancel", "true").back())).isEqualTo("access_denied");
        assertThat(app.pending()).isEmpty();
    }

    @Test
    void itIsOfferedAsTheBankSays() {
        String name = bank.realm().name();
        CodeFlow flow = bank.flow(BALANCES);
        try {
            bank.realm().admin().continueInApp(name, "with-device");
            assertThat(offers(browser.open(flow, customer))).isFalse();
            assertThat(press(browser.open(flow, customer)).isThere()).isFalse();

            app.register(UUID.randomUUID(), "log");
            assertThat(offers(browser.open(flow, customer))).isTrue();

            bank.realm().admin().continueInApp(name, "never");
            assertThat(offers(browser.open(flow, customer))).isFalse();
            assertThat(press(browser.open(flow, customer)).isThere()).isFalse();
        } finally {
            bank.realm().admin().continueInApp(name, "always");
        }
    }

    private static boolean offers(WebPage page) {
        return page.html().selectFirst("button[name=decision][value=app]") != null;
    }

    @Test
    void aFormOfTheLinksPageThatHasNoLinkOffersANewOne() {
        WebPage asked = browser.open(bank.flow(BALANCES), customer);

        AppLinkPage over = new AppLinkPage(browser, browser.send(asked.action(), Map.of("way", List.of("app"))));

        assertThat(over.state()).isEqualTo("over");
        assertThat(over.press("new-code", "true").state()).isEqualTo("open");
    }
}
