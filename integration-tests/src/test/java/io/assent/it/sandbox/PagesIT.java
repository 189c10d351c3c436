package io.assent.it.sandbox;

import static io.assent.testing.actor.DevRealm.ACME;
import static io.assent.testing.actor.DevRealm.BALANCES;
import static io.assent.testing.actor.DevRealm.DETAILS;
import static io.assent.testing.actor.DevRealm.ORBIT;
import static io.assent.testing.actor.DevRealm.PAYMENTS;
import static io.assent.testing.actor.DevRealm.TRANSACTIONS;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.assent.testing.Eventually;
import io.assent.testing.actor.Asked;
import io.assent.testing.actor.Customer;
import io.assent.testing.actor.Realm;
import io.assent.testing.actor.Tokens;
import io.assent.testing.actor.Tpp;
import io.assent.testing.browser.Axe;
import io.assent.testing.browser.Browser;
import io.assent.testing.browser.PhonePage;
import io.assent.testing.browser.TppPage;
import io.assent.testing.browser.WithBrowser;
import io.assent.testing.server.Servers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The sandbox's two pages in a real browser, on the dev realm's own customers and TPPs. */
@WithBrowser
class PagesIT {

    private static Browser browser;

    private final Realm bank = Servers.bank();

    @BeforeEach
    void startAfresh() {
        browser.startAfresh();
    }

    @ParameterizedTest(name = "{0} pixels wide")
    @ValueSource(ints = {360, 1280})
    void theCustomerAllowsOneOfTwoPermissionsAndTheTppsTokenHasThatOne(int width) {
        browser.resize(width);
        PhonePage phone = PhonePage.open(browser, bank);
        screenshot("phone-welcome", width);
        phone.logIn("alice", "alice");
        assertThat(phone.greeting()).contains("Alice");
        screenshot("phone-home", width);
        TppPage tpp = TppPage.openInNewTab(browser, bank);
        browser.resize(width);
        tpp.ask(ACME, "alice", Set.of(BALANCES, TRANSACTIONS));
        screenshot("tpp-waiting", width);

        phone.show();
        browser.see("#notifications .notification");
        screenshot("phone-push", width);
        phone.openPush();
        assertThat(phone.asker()).isEqualTo("Acme Budget");
        assertThat(phone.request()).contains("KR-4711");
        assertThat(phone.ticked()).isEmpty();
        phone.tick(BALANCES);
        screenshot("phone-request", width);
        phone.approve();
        assertThat(phone.outcome()).isEqualTo("Acme Budget has a part of what it asked for");
        assertThat(phone.outcome("yes")).hasSize(1);
        assertThat(phone.outcome("no")).hasSize(1);
        screenshot("phone-allowed", width);

        tpp.show().awaitState("granted");
        assertThat(tpp.granted("yes")).containsExactly(BALANCES);
        assertThat(tpp.granted("no")).containsExactly(TRANSACTIONS);
        assertThat(Tokens.split(tpp.claims().get("scope").asText())).containsExactlyInAnyOrder("openid", BALANCES);
        screenshot("tpp-granted", width);
    }

    @ParameterizedTest(name = "{0} pixels wide")
    @ValueSource(ints = {360, 1280})
    void dataAboutTheCustomerAreShownMaskedAndToldAsTheyWereAskedFor(int width) {
        browser.resize(width);
        PhonePage phone = PhonePage.open(browser, bank);
        phone.logIn("alice", "alice");
        TppPage tpp = TppPage.openInNewTab(browser, bank);
        browser.resize(width);
        tpp.ask("globe-aisp", "alice", Set.of(DETAILS, "identity.name", "identity.verified"));

        phone.show();
        browser.see("#notifications .notification");
        phone.openPush();
        assertThat(phone.request()).contains("Nationality", "A•••").doesNotContain("Archer", "Date of birth");
        screenshot("phone-identity", width);
        phone.approve();

        tpp.show().awaitState("granted");
        ObjectNode told = tpp.idClaims();
        assertThat(told.get("name").asText()).isEqualTo("Alice Archer");
        assertThat(told.at("/verified_claims/claims").properties())
                .extracting(Map.Entry::getKey)
                .containsExactlyInAnyOrder("age_over_18", "nationality");
        screenshot("tpp-identity", width);
    }

    @Test
    void theCustomerAnswersByKeyboardAlone() {
        browser.resize(360);
        PhonePage phone = PhonePage.open(browser, bank);
        phone.logIn("bob", "bob");
        TppPage tpp = TppPage.openInNewTab(browser, bank);
        tpp.ask(ACME, "bob", Set.of(BALANCES, TRANSACTIONS, DETAILS, "accounts.direct-debits"));

        phone.show().allowByKeyboard(BALANCES, DETAILS, TRANSACTIONS);

        tpp.show().awaitState("granted");
        assertThat(tpp.granted("no")).containsExactly("accounts.direct-debits");
    }

    @Test
    void whatGoesWrongIsSaidInWords() {
        TppPage tpp = TppPage.openInNewTab(browser, bank);
        browser.type("#secret", "wrong");
        browser.click("#ask");
        tpp.awaitState("failed");
        assertThat(tpp.stateText()).contains("secret is wrong");

        browser.open(bank.uri("/sandbox/phone"));
        browser.click("#log-in");
        browser.type("#username", "alice");
        browser.type("#password", "wrong");
        browser.click("#kc-login");
        assertThat(browser.see("#input-error, .alert-error, [id^=input-error]").getText())
                .isNotBlank();
        bank.admin().unlock(bank.name(), bank.admin().userId(bank.name(), "alice"));
    }

    @Test
    void theCustomerDeniesAndTheTppGetsNothing() {
        PhonePage phone = PhonePage.open(browser, bank);
        phone.logIn("bob", "bob");
        TppPage tpp = TppPage.openInNewTab(browser, bank);
        tpp.ask(ACME, "bob", Set.of(BALANCES));

        phone.show().openPush();
        phone.deny();

        tpp.show().awaitState("failed");
        assertThat(tpp.stateText()).isEqualTo("The customer said no.");
        assertThat(tpp.showsTokens()).isFalse();
    }

    @Test
    void theCustomerReportsWhatSomebodyElseBegan() {
        Customer customer = bank.newCustomer();
        PhonePage phone = PhonePage.open(browser, bank);
        phone.logIn(customer.username(), customer.password());
        TppPage tpp = TppPage.openInNewTab(browser, bank);
        tpp.ask(ACME, customer.username(), Set.of(BALANCES));

        phone.show().openPush();
        assertThat(phone.canReport()).isTrue();
        phone.report();

        tpp.show().awaitState("failed");
        assertThat(bank.tpp(ACME).request(customer, Map.of(), BALANCES).error()).isEqualTo("access_denied");
    }

    /** By asking after half a minute: no later, since the request's time would be over. */
    @Test
    void aTppWhosePingIsLostHasItsTokenAllTheSame() {
        Customer customer = bank.newCustomer();
        Tpp orbit = bank.tpp(ORBIT);
        String losing = "{\"rules\": [{\"customer\": \"%s\", \"action\": \"allow\", \"ping\": \"lose\"}]}"
                .formatted(customer.username());
        orbit.post("/sandbox/script", Map.of("script", losing)).ok();
        try {
            TppPage tpp = TppPage.openInNewTab(browser, bank);
            tpp.ask(ORBIT, customer.username(), Set.of(PAYMENTS));

            Eventually.within(Duration.ofMinutes(1), "the tokens", tpp::showsTokens);
        } finally {
            orbit.post("/sandbox/script", Map.of("script", "{\"rules\": []}")).ok();
        }
    }

    @Test
    void theCustomerAnswersOnTheConsentScreenInTheTppsOwnBrowser() {
        Customer customer = bank.newCustomer();
        TppPage tpp = TppPage.openInNewTab(browser, bank);
        tpp.askInBrowser(ACME, Set.of(BALANCES, TRANSACTIONS));
        browser.type("#username", customer.username());
        browser.type("#password", customer.password());
        browser.click("#kc-login");

        browser.click("input[name=permission][value='" + BALANCES + "']");
        browser.click("button[value=approve]");

        tpp.awaitState("granted");
        assertThat(tpp.granted("yes")).containsExactly(BALANCES);
        assertThat(tpp.granted("no")).containsExactly(TRANSACTIONS);
        assertThat(browser.address().getQuery()).as("the code").isNull();

        tpp.askInBrowser(ACME, Set.of(TRANSACTIONS));
        browser.click("button[value=deny]");
        tpp.awaitState("failed");
        assertThat(tpp.stateText()).isEqualTo("The customer said no.");
    }

    @Test
    void aTppInPingModeGetsItsTokenByThePing() {
        PhonePage phone = PhonePage.open(browser, bank);
        phone.logIn("alice", "alice");
        TppPage tpp = TppPage.openInNewTab(browser, bank);
        tpp.ask(ORBIT, "alice", Set.of(PAYMENTS, BALANCES));

        phone.show().openPush();
        assertThat(phone.ticked()).as("what is required").containsExactly(PAYMENTS);
        phone.approve();

        tpp.show().awaitState("granted");
        assertThat(Tokens.split(tpp.claims().get("scope").asText())).containsExactlyInAnyOrder("openid", PAYMENTS);
    }

    @ParameterizedTest(name = "{0} pixels wide")
    @ValueSource(ints = {360, 1280})
    void theTokenHasThePaymentThatThePhoneShowedAndTheBankPaysIt(int width) {
        browser.resize(width);
        Customer customer = bank.newCustomer();
        PhonePage phone = PhonePage.open(browser, bank);
        phone.logIn(customer.username(), customer.password());
        TppPage tpp = TppPage.openInNewTab(browser, bank);
        browser.resize(width);
        tpp.askForPayment(ORBIT, customer.username(), "12.50", "Corner Bakery", Set.of(PAYMENTS));

        phone.show().openPush();
        assertThat(phone.request()).contains("€12.50", "Corner Bakery");
        browser.click("input[name=accounts-0]");
        phone.approve();

        tpp.show().awaitState("granted");
        assertThat(tpp.carriedPayment()).isEqualTo("12.50 EUR to Corner Bakery");
        assertThat(tpp.pay()).contains("The bank paid 12.50 EUR to Corner Bakery");
        screenshot("tpp-paid", width);
        assertThat(Axe.violations(browser)).isEmpty();
    }

    @Test
    void nothingSelectedCannotBeApproved() {
        PhonePage phone = PhonePage.open(browser, bank);
        phone.logIn("bob", "bob");
        TppPage tpp = TppPage.openInNewTab(browser, bank);
        tpp.ask(ACME, "bob", Set.of(BALANCES, TRANSACTIONS));

        phone.show().openPush();
        assertThat(phone.canApprove()).isFalse();
        phone.tick(BALANCES);
        assertThat(phone.canApprove()).isTrue();
        phone.tick(BALANCES);

        assertThat(phone.canApprove()).isFalse();
        phone.deny();
    }

    @ParameterizedTest(name = "{0} pixels wide")
    @ValueSource(ints = {360, 1280})
    void theCustomerSeesWhoHasAccessAndTakesItBack(int width) {
        Customer customer = bank.newCustomer();
        Tpp acme = bank.tpp(ACME);
        Asked asked = acme.ask(customer, BALANCES, TRANSACTIONS);
        customer.app()
                .approve(customer.app().onlyPendingId(), BALANCES, TRANSACTIONS)
                .ok();
        Tokens tokens = Tokens.of(acme.poll(asked));
        browser.resize(width);
        PhonePage phone = PhonePage.open(browser, bank);
        phone.logIn(customer.username(), customer.password());

        assertThat(phone.companies()).containsExactly("Acme Budget");
        screenshot("phone-companies", width);
        assertThat(phone.openCompany()).contains("See your balances", "Since", "Until", "Last used");
        screenshot("phone-company", width);
        assertThat(Axe.violations(browser)).isEmpty();
        phone.takeBack();
        screenshot("phone-taken-back", width);
        assertThat(phone.outcome()).isEqualTo("Acme Budget no longer has access");
        assertThat(acme.refresh(tokens).error()).isEqualTo("invalid_grant");

        phone.goHome();
        // the list is read anew behind the screen
        Eventually.within(
                Duration.ofMinutes(1), "no company", () -> phone.companies().isEmpty());
    }

    @Test
    void whatACompanyHasBesidesIsSaidToStay() {
        Customer customer = bank.newCustomer();
        Tpp acme = bank.tpp(ACME);
        for (String permission : List.of(BALANCES, TRANSACTIONS)) {
            Asked asked = acme.ask(customer, permission);
            customer.app().approve(customer.app().onlyPendingId(), permission).ok();
            Tokens.of(acme.poll(asked));
        }
        PhonePage phone = PhonePage.open(browser, bank);
        phone.logIn(customer.username(), customer.password());

        phone.openCompany();
        phone.takeBack();

        assertThat(phone.outcome())
                .isEqualTo("Acme Budget no longer has this access. What it still has stays in your list");
        phone.goHome();
        assertThat(phone.companies()).containsExactly("Acme Budget");
    }

    @Test
    void itSpeaksOneLanguageAtATime() {
        Customer customer = bank.newCustomer();
        browser.resize(360);
        PhonePage phone = PhonePage.open(browser, bank);
        assertThat(phone.text()).contains("Your bank, in your pocket");
        phone.changeLanguage();
        browser.see("html[lang=de]");
        assertThat(phone.text()).contains("Ihre Bank in der Tasche").doesNotContain("Log in");

        browser.click("#log-in");
        assertThat(browser.see("#kc-login").getText())
                .as("the login page's button")
                .isEqualTo("Anmelden");
        browser.type("#username", customer.username());
        browser.type("#password", customer.password());
        browser.click("#kc-login");
        phone.awaitConnection("Verbunden");
        bank.tpp(ACME).ask(customer, BALANCES, TRANSACTIONS);
        phone.openPush();

        assertThat(phone.request()).contains("bittet um Ihre Erlaubnis", "Ihre Kontostände sehen");
        assertThat(phone.text()).doesNotContain("permission", "Deny", "Answer", "Your");
        screenshot("phone-request-de", 360);
        assertThat(Axe.violations(browser)).isEmpty();
        phone.tick(BALANCES);
        phone.approve();
        assertThat(phone.outcome()).isEqualTo("Acme Budget darf einen Teil von dem, worum gebeten wurde");
    }

    private void screenshot(String name, int width) {
        assertThat(browser.scrollsSideways())
                .as("%s scrolls sideways at %s", name, width)
                .isFalse();
        browser.screenshot(name + "-" + width);
    }
}
