package io.assent.it.sandbox;

import static io.assent.testing.actor.DevRealm.ACME;
import static io.assent.testing.actor.DevRealm.BALANCES;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.assent.testing.Eventually;
import io.assent.testing.actor.Asked;
import io.assent.testing.actor.BankApp;
import io.assent.testing.actor.Customer;
import io.assent.testing.actor.Realm;
import io.assent.testing.actor.Tokens;
import io.assent.testing.actor.Tpp;
import io.assent.testing.browser.Axe;
import io.assent.testing.browser.Browser;
import io.assent.testing.browser.PhonePage;
import io.assent.testing.browser.WithBrowser;
import io.assent.testing.http.Http;
import io.assent.testing.server.Database;
import io.assent.testing.server.Servers;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The sandbox's phone signs what its customer approves, after a finger where the bank wants one. */
@WithBrowser
class PhoneSignatureIT {

    private static Browser browser;

    private final Realm bank = Servers.signing(Database.H2);
    private final Customer customer = bank.newCustomer();
    private final BankApp app = customer.app();

    @BeforeEach
    void startAfresh() {
        browser.startAfresh();
        browser.resize(360);
    }

    @AfterEach
    void inTheLight() {
        browser.prefer("light");
    }

    private Asked ask(Tpp tpp) {
        ObjectNode payment = Http.object().put("type", "payment_initiation").put("creditorName", "Muster GmbH");
        payment.putObject("instructedAmount").put("currency", "EUR").put("amount", "1234.50");
        payment.putObject("creditorAccount").put("iban", "DE02100100109307118603");
        return Asked.of(tpp.request(customer, Map.of("authorization_details", "[" + payment + "]")));
    }

    private PhonePage open() {
        PhonePage phone = PhonePage.open(browser, bank);
        phone.logIn(customer.username(), customer.password());
        return phone;
    }

    private static void look(String name) {
        assertThat(browser.scrollsSideways()).as("%s scrolls sideways", name).isFalse();
        assertThat(Axe.violations(browser)).as(name).isEmpty();
        browser.screenshot(name);
    }

    private static void choose() {
        browser.click("#request-body .accounts input");
    }

    private static String error() {
        return browser.see("#error").getText();
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({"light, 360", "dark, 1280", "dark, 360", "light, 1280"})
    void aPaymentIsSignedAfterAFinger(String scheme, int width) {
        browser.resize(width);
        browser.prefer(scheme);
        PhonePage phone = open();
        Tpp acme = bank.tpp(ACME);
        Asked asked = ask(acme);
        phone.openPush();
        choose();
        String id = app.onlyPendingId();

        phone.approveUpToTheFinger();
        assertThat(browser.see("#finger").getText()).contains("€1,234.50", "Muster GmbH", "Sandbox");
        look("phone-finger-" + scheme + "-" + width);
        phone.touchTheSensor();

        assertThat(browser.see("#outcome-body .outcome.approved").getText()).contains("signed", "€1,234.50");
        look("phone-signed-" + scheme + "-" + width);
        assertThat(app.request(id).ok().at("/decision/deviceId").asText())
                .isEqualTo(app.devices().list().at("/0/deviceId").asText());
        JsonNode carried = Tokens.of(acme.poll(asked)).accessTokenClaims().at("/authorization_details/0");
        assertThat(carried.at("/instructedAmount/amount").asText()).isEqualTo("1234.50");
    }

    @Test
    void withoutAFingerNothingIsSigned() {
        PhonePage phone = open();
        ask(bank.tpp(ACME));
        phone.openPush();
        choose();

        phone.approveUpToTheFinger();
        browser.click("#finger-cancel");

        assertThat(phone.canApprove()).isTrue();
        assertThat(app.pending()).hasSize(1);
        phone.approveUpToTheFinger();
        phone.touchTheSensor();
        browser.see("#outcome-body .outcome.approved");
    }

    @Test
    void whatNeedsNoFingerIsSignedWithoutOne() {
        PhonePage phone = open();
        bank.tpp(ACME).ask(customer, BALANCES);
        phone.openPush();
        phone.tick(BALANCES);

        phone.approve();

        assertThat(browser.all("#outcome-body .signed")).isEmpty();
    }

    @Test
    void whatHasChangedIsShownAgain() {
        Tpp tpp = bank.newTpp(ACME, client -> client.put("name", "Before"));
        PhonePage phone = open();
        ask(tpp);
        phone.openPush();
        choose();
        assertThat(phone.asker()).isEqualTo("Before");
        bank.admin().updateClient(bank.name(), tpp.clientId(), changed -> changed.put("name", "After"));

        phone.approveUpToTheFinger();
        phone.touchTheSensor();

        assertThat(error()).contains("look at it once more");
        assertThat(phone.asker()).isEqualTo("After");
        assertThat(phone.canApprove()).as("no account is chosen").isFalse();
        look("phone-content-changed");
        choose();
        phone.approveUpToTheFinger();
        phone.touchTheSensor();
        browser.see("#outcome-body .outcome.approved");
    }

    @Test
    void aPhoneThatTheBankDoesNotKnowSignsNothingAndSaysSoInGerman() {
        PhonePage phone = open();
        phone.changeLanguage();
        phone.awaitConnection("Verbunden");
        ask(bank.tpp(ACME));
        phone.openPush();
        choose();
        app.removeDevice(app.devices().list().at("/0/deviceId").asText());

        phone.approveUpToTheFinger();
        assertThat(browser.see("#finger").getText()).contains("Fingerabdruck");
        look("phone-finger-de");
        phone.touchTheSensor();

        assertThat(error()).contains("Unterschrift dieses Telefons");
        assertThat(app.pending()).hasSize(1);
    }

    @Test
    void whereTheLoginIsTooOldTheCustomerLogsInAfresh() {
        Realm strict = bank.server().realm("strict-phone");
        bank.admin()
                .createRealm(Servers.realmFile().named(strict.name()).asking(Map.of("decision-max-age-seconds", "1")));
        try {
            Customer other = strict.newCustomer();
            PhonePage phone = PhonePage.open(browser, strict);
            phone.logIn(other.username(), other.password());
            Instant loggedIn = Instant.now();
            strict.tpp(ACME).ask(other, BALANCES);
            phone.openPush();
            phone.tick(BALANCES);
            // the server counts a login by whole seconds
            Eventually.after(loggedIn.plusSeconds(2));

            browser.click("#approve");

            assertThat(error()).contains("log in once more");
            browser.click("#log-in");
            browser.see("#password");
        } finally {
            bank.admin().removeRealm(strict.name());
        }
    }

    @Test
    void itHashesWhatTheVectorsShow() throws IOException {
        browser.open(bank.uri("/sandbox/phone"));
        JsonNode vectors = Http.JSON.readTree(
                Path.of("..", "samples", "vectors", "content.json").toFile());

        assertThat(vectors).isNotEmpty().allSatisfy(vector -> assertThat(hash(vector.get("answer")))
                .as(vector.get("name").asText())
                .isEqualTo(vector.get("contentHash").asText()));
    }

    private static Object hash(JsonNode answer) {
        return browser.runAsync("""
                const [request, done] = arguments;
                import("/realms/%s/sandbox/assets/content-hash.js")
                    .then(({ contentHash }) => contentHash(JSON.parse(request)))
                    .then(done, (error) => done(String(error)));
                """.formatted(Servers.SIGNING), answer.toString());
    }
}
