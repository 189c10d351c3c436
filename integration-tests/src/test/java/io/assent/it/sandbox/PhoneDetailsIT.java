package io.assent.it.sandbox;

import static io.assent.testing.actor.DevRealm.ACME;
import static io.assent.testing.actor.DevRealm.BALANCES;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.assent.testing.actor.Asked;
import io.assent.testing.actor.Customer;
import io.assent.testing.actor.Realm;
import io.assent.testing.actor.Tokens;
import io.assent.testing.actor.Tpp;
import io.assent.testing.browser.Axe;
import io.assent.testing.browser.Browser;
import io.assent.testing.browser.PhonePage;
import io.assent.testing.browser.WithBrowser;
import io.assent.testing.http.Http;
import io.assent.testing.server.Servers;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The sandbox's phone shows authorization details row by row, and its customer chooses accounts. */
@WithBrowser
class PhoneDetailsIT {

    private static final String BOXES = "#request-body .accounts input";

    private static Browser browser;

    private final Realm bank = Servers.bank();
    private final Tpp acme = bank.tpp(ACME);
    private final Customer customer = bank.newCustomer();

    @BeforeEach
    void startAfresh() {
        browser.startAfresh();
    }

    @AfterEach
    void inTheLight() {
        browser.prefer("light");
    }

    private static ObjectNode payment(String payee) {
        ObjectNode payment = Http.object().put("type", "payment_initiation").put("creditorName", payee);
        payment.putObject("instructedAmount").put("currency", "EUR").put("amount", "1234.50");
        payment.putObject("creditorAccount").put("iban", "DE02100100109307118603");
        return payment.put("remittanceInformationUnstructured", "Invoice 2026-17, with thanks");
    }

    private static ObjectNode accounts() {
        ObjectNode detail = Http.object().put("type", "account_information");
        Stream.of("list_accounts", "read_balances").forEach(detail.withArrayProperty("actions")::add);
        return detail;
    }

    private Asked ask(JsonNode detail, String... scopes) {
        return Asked.of(acme.request(
                customer, Map.of("authorization_details", List.of(detail).toString()), scopes));
    }

    private PhonePage open() {
        PhonePage phone = PhonePage.open(browser, bank);
        phone.logIn(customer.username(), customer.password());
        return phone;
    }

    private static void look(String name, String scheme, int width) {
        assertThat(browser.scrollsSideways()).as("%s scrolls sideways", name).isFalse();
        assertThat(Axe.violations(browser)).as(name).isEmpty();
        browser.screenshot(name + "-" + scheme + "-" + width);
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({"light, 360", "dark, 1280", "dark, 360", "light, 1280"})
    void theCustomerSeesTheAmountAndThePayeeAndChoosesTheAccount(String scheme, int width) {
        browser.resize(width);
        browser.prefer(scheme);
        PhonePage phone = open();
        Asked asked = ask(payment("Muster GmbH"));

        phone.openPush();

        assertThat(browser.all("#request-body .headline dd"))
                .extracting(row -> row.getText())
                .containsExactly("€1,234.50", "Muster GmbH");
        assertThat(phone.request()).contains("DE02 1001 0010 9307 1186 03", "Invoice 2026-17", "Everyday");
        assertThat(phone.canApprove()).as("no account is chosen").isFalse();
        look("phone-payment", scheme, width);
        browser.click(BOXES);
        look("phone-payment-chosen", scheme, width);
        phone.approve();
        assertThat(browser.see("#outcome-body").getText()).contains("€1,234.50", "Muster GmbH", "Everyday");
        look("phone-payment-done", scheme, width);

        JsonNode carried = Tokens.of(acme.poll(asked)).accessTokenClaims().at("/authorization_details/0");
        assertThat(carried.at("/instructedAmount/amount").asText()).isEqualTo("1234.50");
        assertThat(carried.at("/debtorAccount/id").asText()).startsWith("acc-");
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({"light, 360", "dark, 1280"})
    void theCustomerChoosesAccountsByBoxes(String scheme, int width) {
        browser.resize(width);
        browser.prefer(scheme);
        PhonePage phone = open();
        Asked asked = ask(accounts(), BALANCES);
        phone.openPush();
        assertThat(browser.all(BOXES)).hasSizeGreaterThan(2).noneMatch(box -> box.isSelected());
        phone.tick(BALANCES);
        assertThat(phone.canApprove()).as("no account is chosen").isFalse();
        look("phone-accounts", scheme, width);

        browser.click("#request-body .accounts li:nth-child(1) input");
        browser.click("#request-body .accounts li:nth-child(2) input");
        phone.approve();
        look("phone-accounts-done", scheme, width);

        Tokens tokens = Tokens.of(acme.poll(asked));
        assertThat(tokens.accessTokenClaims().at("/authorization_details/0/accounts"))
                .hasSize(2);
        phone.goHome();
        assertThat(phone.openCompany()).contains("Everyday", "Savings");
        look("phone-accounts-company", scheme, width);
    }

    @Test
    void itSpeaksGerman() {
        browser.resize(360);
        PhonePage phone = PhonePage.open(browser, bank);
        phone.changeLanguage();
        browser.see("html[lang=de]");
        browser.click("#log-in");
        browser.type("#username", customer.username());
        browser.type("#password", customer.password());
        browser.click("#kc-login");
        phone.awaitConnection("Verbunden");
        ask(payment("Muster GmbH"));
        phone.openPush();

        assertThat(phone.request()).contains("1.234,50", "Von welchem Konto?", "Genau das");
        assertThat(phone.text()).doesNotContain("Amount", "account", "only");
        look("phone-payment-de", "light", 360);
    }

    @Test
    void whatATppWritesIsText() {
        browser.resize(360);
        PhonePage phone = open();
        String payee = "<b id=evil>" + "W".repeat(40) + "</b>";
        ask(payment(payee));
        phone.openPush();

        assertThat(phone.request()).contains(payee);
        assertThat(browser.all("#evil")).isEmpty();
        look("phone-payment-long", "light", 360);
    }
}
