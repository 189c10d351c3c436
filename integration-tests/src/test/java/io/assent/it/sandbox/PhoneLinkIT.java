package io.assent.it.sandbox;

import static io.assent.testing.actor.DevRealm.BALANCES;
import static io.assent.testing.actor.DevRealm.PAYMENTS;
import static io.assent.testing.actor.DevRealm.TRANSACTIONS;
import static org.assertj.core.api.Assertions.assertThat;

import io.assent.testing.actor.AppLink;
import io.assent.testing.actor.Customer;
import io.assent.testing.actor.DevRealm;
import io.assent.testing.actor.Realm;
import io.assent.testing.browser.AppLinkScreen;
import io.assent.testing.browser.Axe;
import io.assent.testing.browser.Browser;
import io.assent.testing.browser.ConsentScreen;
import io.assent.testing.browser.PhonePage;
import io.assent.testing.browser.TppPage;
import io.assent.testing.browser.WithBrowser;
import io.assent.testing.http.Http;
import io.assent.testing.server.Servers;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * From the sandbox's TPP page into its phone and back, by the bank's page with the code: a browser for the page, and
 * one for the phone.
 */
@WithBrowser
class PhoneLinkIT {

    private static final String NOVA = "nova-tpp";

    private static Browser desk;
    private static Browser hand;

    private final Realm bank = Servers.bank();
    private final Customer customer = bank.newCustomer();

    @BeforeEach
    void startAfresh() {
        desk.startAfresh();
        hand.startAfresh();
        desk.resize(1280);
    }

    @ParameterizedTest(name = "{0} pixels wide, {1}, {2}")
    @CsvSource({"360, light, en", "1280, light, en", "360, dark, de", "1280, dark, de"})
    void oneClickAndOneScanAndTheTppHasItsToken(int width, String scheme, String language) {
        PhonePage phone = phone(width, scheme, language);
        String look = "phone-link-" + width + "-" + scheme + "-" + language;
        TppPage tpp = TppPage.openInNewTab(desk, bank);
        tpp.askInApp();
        AppLinkScreen shown = AppLinkScreen.shown(desk);

        hand.click("#scan");
        hand.see("#scan-title");
        look(look + "-scan");
        hand.click("section:not([hidden]) > [data-go=home]");
        // as it is now: after half a minute the page shows another one
        AppLink link = shown.link();
        phone.scan(link);
        look(look + "-request");
        assertThat(phone.asker()).isEqualTo("Nova Money");
        assertThat(phone.origin()).contains("127.0.0.1", "Chrome", "Linux");
        assertThat(phone.origin())
                .contains(language.equals("de") ? "lehnen Sie ab" : "If you did not start this yourself, deny it.");
        assertThat(phone.text()).as("the calls beside").doesNotContain(link.secret());
        phone.tick(BALANCES);
        phone.approve();
        look(look + "-approved");

        tpp.awaitState("granted");
        assertThat(tpp.granted("yes")).containsExactly(BALANCES);
        assertThat(tpp.granted("no")).containsExactly(TRANSACTIONS);
        assertThat(tpp.claims().get("sub").asText()).isEqualTo(customer.id());
    }

    @Test
    void thePhoneShowsTheDigitsThatThePageAsksFor() {
        PhonePage phone = phone(360, "light", "en");
        TppPage tpp = TppPage.openInNewTab(desk, bank);
        tpp.askForPaymentInApp(NOVA, "12.50", "Corner Bakery", Set.of(PAYMENTS));
        AppLinkScreen page = AppLinkScreen.shown(desk);

        approvePayment(phone, page.link());
        look("phone-link-digits");
        String digits = phone.digits();
        assertThat(digits).matches("[0-9]{6}");
        page.enter(digits);

        tpp.awaitState("granted");
        assertThat(tpp.carriedPayment()).isEqualTo("12.50 EUR to Corner Bakery");
    }

    @Test
    void backToTheBrowserSparesTheDigitsInTheBrowserThatBegan() {
        PhonePage phone = phone(360, "dark", "en");
        TppPage tpp = TppPage.openInNewTab(desk, bank);
        tpp.askForPaymentInApp(NOVA, "12.50", "Corner Bakery", Set.of(PAYMENTS));
        AppLinkScreen page = AppLinkScreen.shown(desk);
        approvePayment(phone, page.link());

        desk.open(phone.returnUri());
        TppPage.shown(desk).awaitState("granted");
    }

    @Test
    void anotherBrowserEndsTheWayBackAndSaysNothing() {
        PhonePage phone = phone(360, "light", "en");
        TppPage tpp = TppPage.openInNewTab(desk, bank);
        tpp.askForPaymentInApp(NOVA, "12.50", "Corner Bakery", Set.of(PAYMENTS));
        AppLinkScreen page = AppLinkScreen.shown(desk);
        approvePayment(phone, page.link());
        String digits = phone.digits();

        hand.openInNewTab(phone.returnUri());
        assertThat(hand.address()).isEqualTo(bank.uri("/consent/v1/returns"));
        assertThat(hand.all("#claims, [data-consent-state]")).isEmpty();

        page.enter(digits);
        tpp.awaitState("granted");
    }

    @Test
    void aPushIsAnsweredWithTheNumberThatThePageShows() {
        PhonePage phone = phone(360, "light", "en");
        TppPage tpp = TppPage.openInNewTab(desk, bank);
        tpp.askInBrowser(DevRealm.ACME, Set.of(BALANCES, TRANSACTIONS));
        ConsentScreen.logIn(desk, customer);
        ConsentScreen.shown(desk).continueInApp();
        String number = AppLinkScreen.shown(desk).number().orElseThrow();

        phone.openPush();
        assertThat(phone.request()).contains("If you did not start this yourself, deny it.");
        phone.tick(BALANCES);
        assertThat(phone.canApprove()).as("without the number").isFalse();
        look("phone-link-number");
        assertThat(phone.approveWithWrongNumber(number.equals("11") ? "12" : "11"))
                .isEqualTo("That is not the number on the page. Tries left: 2.");
        phone.typeNumber(number);
        phone.approve();

        tpp.awaitState("granted");
        assertThat(tpp.granted("yes")).containsExactly(BALANCES);
        assertThat(tpp.claims().get("sub").asText()).isEqualTo(customer.id());
    }

    @Test
    void whoDidNotBeginItEndsIt() {
        PhonePage phone = phone(360, "light", "en");
        TppPage tpp = TppPage.openInNewTab(desk, bank);
        tpp.askInApp();
        phone.scan(AppLinkScreen.shown(desk).link());

        phone.report();

        tpp.awaitState("failed");
        assertThat(tpp.stateText()).isEqualTo("The customer said no.");
    }

    @Test
    void aLinkOpensThePhoneAlsoBeforeTheLogin() {
        TppPage.openInNewTab(desk, bank).askInApp();
        AppLink link = AppLinkScreen.shown(desk).link();

        hand.resize(360);
        hand.open(bank.uri(
                "/sandbox/phone#" + Http.query(Map.of("link", link.uri().toString()))));
        hand.see("#log-in");
        assertThat(hand.address().getFragment())
                .as("the link in the address bar")
                .isNull();
        hand.click("#log-in");
        hand.type("#username", customer.username());
        hand.type("#password", customer.password());
        hand.click("#kc-login");

        hand.see("#request-body .origin");
        hand.click("#deny");
        hand.see("#outcome-body .outcome.denied");
    }

    @Test
    void whatIsNoGoodCodeIsRefusedInWords() {
        PhonePage phone = phone(360, "light", "en");
        for (String foreign : new String[] {
            "https://evil.example/realms/" + bank.name() + "/consent/v1/links/AAAAAAAAAAAAAAAAAAAAAA",
            bank.server()
                    .realm("other")
                    .uri("/consent/v1/links/AAAAAAAAAAAAAAAAAAAAAA")
                    .toString(),
            bank.uri("/consent/v1/links/../../../sandbox/tpp").toString()
        }) {
            assertThat(phone.scanInVain(foreign)).isEqualTo("This is no code of your bank.");
            phone.goHome();
        }
        assertThat(phone.scanInVain(
                        bank.uri("/consent/v1/links/AAAAAAAAAAAAAAAAAAAAAA").toString()))
                .contains("not good any more");
        phone.goHome();

        TppPage.openInNewTab(desk, bank).askInApp();
        AppLink link = AppLinkScreen.shown(desk).link();
        bank.newCustomer().app().claim(link).ok();
        assertThat(phone.scanInVain(link.uri().toString())).contains("already used");
        assertThat(Axe.violations(hand)).isEmpty();
        hand.screenshot("phone-link-used");
    }

    /** Chromium has no detector on Linux, and here is no camera: both are put in place. */
    @Test
    void theCameraReadsACode() {
        phone(360, "light", "en");
        TppPage.openInNewTab(desk, bank).askInApp();
        String link = AppLinkScreen.shown(desk).link().uri().toString();
        hand.run("""
                const canvas = document.createElement("canvas");
                const pen = canvas.getContext("2d");
                setInterval(() => pen.fillRect(0, 0, 1, 1), 50);
                const looks = [];
                globalThis.BarcodeDetector = class {
                    static async getSupportedFormats() { return ["qr_code"]; }
                    async detect() { looks.push(1); return looks.length < 3 ? [] : [{ rawValue: scannedLink }]; }
                };
                globalThis.scannedLink = arguments[0];
                navigator.mediaDevices.getUserMedia = async () => (globalThis.stream = canvas.captureStream(5));
                """, link);

        hand.click("#scan");
        hand.click("#use-camera");

        hand.see("#request-body .origin");
        assertThat(hand.<String>run("return globalThis.stream.getTracks()[0].readyState"))
                .as("the camera")
                .isEqualTo("ended");
    }

    private PhonePage phone(int width, String scheme, String language) {
        hand.resize(width);
        hand.prefer(scheme);
        PhonePage phone = PhonePage.open(hand, bank);
        if (language.equals("de")) {
            phone.changeLanguage();
            hand.see("html[lang=de]");
        }
        hand.click("#log-in");
        hand.type("#username", customer.username());
        hand.type("#password", customer.password());
        hand.click("#kc-login");
        phone.awaitConnection(language.equals("de") ? "Verbunden" : "Connected");
        return phone;
    }

    private void approvePayment(PhonePage phone, AppLink link) {
        phone.scan(link);
        assertThat(phone.request()).contains("€12.50", "Corner Bakery");
        hand.click("input[name=accounts-0]");
        phone.tick(PAYMENTS);
        phone.approve();
    }

    private static void look(String name) {
        assertThat(hand.scrollsSideways()).as("%s scrolls sideways", name).isFalse();
        hand.screenshot(name);
        assertThat(Axe.violations(hand)).as(name).isEmpty();
    }
}
