package io.assent.it.screen;

import static io.assent.it.screen.ScreenDetails.accounts;
import static io.assent.it.screen.ScreenDetails.from;
import static io.assent.it.screen.ScreenDetails.payment;
import static io.assent.it.screen.ScreenDetails.recurring;
import static io.assent.testing.actor.DevRealm.ACME;
import static io.assent.testing.actor.DevRealm.BALANCES;
import static io.assent.testing.actor.DevRealm.TRANSACTIONS;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.assent.testing.actor.CodeFlow;
import io.assent.testing.actor.Customer;
import io.assent.testing.actor.Realm;
import io.assent.testing.browser.Axe;
import io.assent.testing.browser.Browser;
import io.assent.testing.browser.ConsentScreen;
import io.assent.testing.browser.Pictures;
import io.assent.testing.browser.WithBrowser;
import io.assent.testing.server.Servers;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.openqa.selenium.Keys;

/** How authorization details look on the consent screen, and whether everybody can read and answer them. */
@WithBrowser
class DetailScreenLookIT {

    private static final String LONG_WORD =
            "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft";

    private static final Map<String, ObjectNode> ASKED = Map.of(
            "payment", payment("1234.50"),
            "recurring", recurring(),
            "accounts", accounts("list_accounts", "read_balances", "read_transactions"),
            "no-account", from(payment("1234.50"), "acc-0123456789abcdef"));

    private static final List<Arguments> SOME = List.of(
            Arguments.of("payment", "en", "light", 360),
            Arguments.of("accounts", "de", "dark", 360),
            Arguments.of("recurring", "en", "dark", 1280));

    private static Browser browser;
    private static Customer customer;

    @BeforeAll
    static void startBrowser() {
        customer = Servers.bank().newCustomer();
    }

    @BeforeEach
    void asUsual() {
        browser.startAfresh();
        browser.allowScripts(true);
        browser.resize(1280);
        browser.prefer("light");
    }

    static Stream<Arguments> some() {
        return SOME.stream();
    }

    static Stream<Arguments> others() {
        return Looks.ofPages(new TreeSet<>(ASKED.keySet()), SOME);
    }

    @ParameterizedTest(name = "{0} {1} {2} {3}")
    @MethodSource("some")
    void everybodyCanReadIt(String asked, String language, String scheme, int width) {
        assertReadable(asked, language, scheme, width);
    }

    @Tag("long")
    @ParameterizedTest(name = "{0} {1} {2} {3}")
    @MethodSource("others")
    void everybodyCanReadEachOfThem(String asked, String language, String scheme, int width) {
        assertReadable(asked, language, scheme, width);
    }

    private static void assertReadable(String asked, String language, String scheme, int width) {
        browser.resize(width);
        browser.prefer(scheme);
        ConsentScreen screen = open(flow(ASKED.get(asked)).with("ui_locales", language));

        assertThat(browser.title()).isEqualTo(screen.heading()).contains("Acme Budget");
        browser.run("document.activeElement.blur()");
        new Pictures(browser).keepForDocs("%s-%s-%s-%d.png".formatted(asked, language, scheme, width));
        assertReadable(screen);
    }

    private static void assertReadable(ConsentScreen screen) {
        assertThat(screen.smallTargets()).isEmpty();
        assertThat(browser.scrollsSideways()).as("scrolls sideways").isFalse();
        assertThat(Axe.violations(browser)).isEmpty();
    }

    @ParameterizedTest(name = "{0} px wide, text at {1} %")
    @CsvSource({"320, 100", "640, 200"})
    void itReflowsWhenEnlarged(int width, int percent) {
        browser.resize(width);
        ConsentScreen screen = open(flow(ASKED.get("payment")).with("ui_locales", "de"));
        browser.run("document.documentElement.style.fontSize = arguments[0] + '%'", percent);

        assertReadable(screen);
    }

    @Test
    void whatMattersMostIsTheLargest() {
        open(flow(ASKED.get("payment")));

        assertThat(browser.<Boolean>run("""
                        const size = (it) => parseFloat(getComputedStyle(it).fontSize);
                        const [amount, payee] = document.querySelectorAll('.consent-headlines dd');
                        const others = [...document.querySelectorAll('main *')]
                            .filter((it) => it.checkVisibility() && !it.closest('.consent-headlines'))
                            .filter((it) => it.childElementCount === 0 && it.textContent.trim());
                        return size(amount) > size(payee) && others.every((it) => size(it) <= size(payee));
                        """)).isTrue();
    }

    @Test
    void aSuspiciousPayeeIsText() {
        browser.resize(360);
        ObjectNode suspicious = payment("999999999999.99").put("creditorName", "<b>\u05d0\u05d1\u05d2</b> ${7*7} & co");
        suspicious.put("remittanceInformationUnstructured", LONG_WORD);
        ConsentScreen screen = open(flow(suspicious));

        assertThat(browser.see(".consent-headlines").getText()).contains("<b>\u05d0\u05d1\u05d2</b> ${7*7} & co");
        assertThat(browser.all(".consent-act b")).isEmpty();
        assertThat(browser.see(".consent-rows").getText()).contains(LONG_WORD);
        new Pictures(browser).keep("suspicious-payment.png");
        assertReadable(screen);
    }

    @Test
    void withPermissionsTheyAreShownFirst() {
        ConsentScreen screen = open(flow(ASKED.get("accounts"), BALANCES, TRANSACTIONS));

        assertThat(screen.heading()).isEqualTo("Acme Budget asks for your permission");
        assertThat(browser.<Boolean>run("""
                        const [act, group] = ['.consent-act', '.consent-group'].map((it) => document.querySelector(it));
                        return (act.compareDocumentPosition(group) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0;
                        """)).isTrue();
        new Pictures(browser).keep("accounts-and-permissions.png");
        assertReadable(screen);
    }

    @Test
    void bothAnswersLookTheSame() {
        browser.resize(360);
        ConsentScreen screen = open(flow(ASKED.get("payment")).with("ui_locales", "de"));

        assertThat(screen.looksOfAnswers()).containsOnly(screen.looksOfAnswers().get(0));
    }

    @Test
    void aPaymentIsConfirmedByKeyboardAlone() {
        CodeFlow flow = flow(payment("1.00"));
        open(flow);

        browser.tabTo("input[name=account-0][value='']");
        browser.press(Keys.ARROW_UP);
        browser.tabTo("button[value=approve]");
        browser.press(Keys.ENTER);

        assertThat(flow.tokens(browser.sentTo(CodeFlow.BACK))
                        .accessTokenClaims()
                        .at("/authorization_details/0/debtorAccount/id")
                        .asText())
                .startsWith("acc-");
    }

    @Test
    void oneBoxTicksAllAccounts() {
        CodeFlow flow = flow(ASKED.get("accounts"));
        ConsentScreen screen = open(flow);
        int all = browser.all("input[name=account-0]").size();

        browser.click("[data-consent-all=accounts] input");

        assertThat(flow.tokens(screen.approve(flow)).accessTokenClaims().at("/authorization_details/0/accounts"))
                .hasSize(all)
                .hasSizeGreaterThan(1);
    }

    @Test
    void withoutAnAccountTheErrorIsSaidFirst() {
        ConsentScreen screen = open(flow(ASKED.get("accounts")));

        screen.approveInVain();

        assertThat(screen.error()).contains("Choose from the accounts");
        assertThat(browser.title()).startsWith("Error: ");
        assertThat(browser.<String>run("return document.activeElement.getAttribute('role')"))
                .isEqualTo("alert");
        assertReadable(screen);
    }

    @Test
    void itWorksWithoutScripts() {
        browser.allowScripts(false);
        CodeFlow flow = flow(ASKED.get("accounts"));
        ConsentScreen screen = open(flow);
        assertThat(browser.all("[data-consent-all=accounts]")).noneMatch(box -> box.isDisplayed());

        browser.click("input[name=account-0]");

        assertThat(flow.tokens(screen.approve(flow)).accessTokenClaims().at("/authorization_details/0/accounts"))
                .hasSize(1);
    }

    private static ConsentScreen open(CodeFlow flow) {
        return ConsentScreen.open(browser, flow, customer);
    }

    private static CodeFlow flow(ObjectNode detail, String... scopes) {
        Realm bank = customer.realm();
        return new CodeFlow(bank.tpp(ACME), CodeFlow.BACK, scopes).with("authorization_details", "[" + detail + "]");
    }
}
