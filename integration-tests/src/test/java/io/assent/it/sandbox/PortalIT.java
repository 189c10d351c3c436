package io.assent.it.sandbox;

import static io.assent.testing.actor.DevRealm.ACME;
import static io.assent.testing.actor.DevRealm.BALANCES;
import static org.assertj.core.api.Assertions.assertThat;

import io.assent.testing.AtOnce;
import io.assent.testing.actor.Asked;
import io.assent.testing.actor.Customer;
import io.assent.testing.actor.Realm;
import io.assent.testing.actor.Tpp;
import io.assent.testing.browser.Axe;
import io.assent.testing.browser.Browser;
import io.assent.testing.browser.WithBrowser;
import io.assent.testing.http.Answer;
import io.assent.testing.http.Http;
import io.assent.testing.server.Servers;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The sandbox's first page in a real browser. */
@WithBrowser
class PortalIT {

    private static Browser browser;
    private static Browser second;

    private final Realm bank = Servers.bank();
    private final Tpp tpp = bank.newTpp(ACME, client -> {});

    @ParameterizedTest
    @CsvSource({"390, light, en", "1440, light, en", "390, dark, de", "1440, dark, de"})
    void aTppsDeveloperMakesCustomersAndAScript(int width, String scheme, String language) {
        browser.startAfresh();
        browser.prefer(scheme);
        browser.resize(width);
        browser.open(URI.create(bank.uri("/sandbox/") + "?lang=" + language));
        browser.type("#client", tpp.clientId());
        browser.type("#secret", tpp.secret());

        browser.click("#customers .button");
        browser.see("#made li:nth-child(3)");
        assertThat(browser.see("#made").getText()).contains("good-7-001", "DE");
        browser.type("#event-customer", "good-7-001");
        browser.click("#events .button");
        assertThat(browser.see("#events-state[data-state=done]").getText()).contains("-23.40", "Bookshop");
        browser.click("#script .button");
        assertThat(browser.see("#script-state[data-state=done]").getText()).contains(tpp.clientId(), "2");

        assertThat(browser.scrollsSideways()).isFalse();
        assertThat(Axe.violations(browser)).isEmpty();
        browser.screenshot("portal-%s-%s-%d".formatted(language, scheme, width));
        browser.click("#no-script");
        assertThat(browser.see("#script-state[data-state=done]").getText()).doesNotContain("2");
        Asked asked = Asked.of(tpp.request(
                new Customer(bank, null, "good-7-001", "good-7-001"), Map.of("binding_message", "no"), BALANCES));
        assertThat(tpp.poll(asked).error()).isEqualTo("authorization_pending");
    }

    @ParameterizedTest
    @CsvSource({"390, light, de, poll", "1440, dark, en, fapi"})
    void aTppsDeveloperRegistersAClientAndSeesItsCredentials(int width, String scheme, String language, String kind) {
        browser.startAfresh();
        browser.prefer(scheme);
        browser.resize(width);
        browser.open(URI.create(bank.uri("/sandbox/") + "?lang=" + language));
        browser.run(
                "const kind = document.getElementById('client-kind'); kind.value = arguments[0];"
                        + "kind.dispatchEvent(new Event('change'))",
                kind);
        browser.type("#client-name", "My Budget");

        browser.click("#registration .button");
        browser.see("#registration-state[data-state=done]");
        String credentials = browser.see("#credentials").getText();

        assertThat(credentials).contains("sandbox-tpp-", BALANCES);
        assertThat(browser.scrollsSideways()).isFalse();
        assertThat(Axe.violations(browser)).isEmpty();
        browser.screenshot("portal-client-%s-%s-%d".formatted(language, scheme, width));
        if (kind.equals("fapi")) {
            assertThat(credentials).contains("\"d\":", "\"kid\":", "http://localhost:3000/callback");
        } else {
            // the tools below go on with it
            browser.click("#customers .button");
            browser.see("#made li:nth-child(3)");
        }
    }

    @Test
    void aButtonStartsOver() {
        String name = "over-" + UUID.randomUUID();
        bank.admin().createRealm(Servers.realmFile().named(name));
        try {
            Realm realm = bank.server().realm(name);
            browser.startAfresh();
            browser.open(URI.create(realm.uri("/sandbox/") + "?lang=en"));
            browser.type("#secret", realm.tpp(ACME).secret());
            browser.click("#customers .button");
            browser.see("#made li:nth-child(3)");

            browser.click("#start-over .button");
            browser.acceptDialog();

            assertThat(browser.see("#start-over-state[data-state=done]").getText())
                    .contains("3 customers");
            assertThat(browser.all("#made li")).isEmpty();
        } finally {
            bank.admin().removeRealm(name);
        }
    }

    @Test
    void twoBrowsersPlayAtOnceAndEndNothingOfEachOther() throws Exception {
        List<Tpp> made = AtOnce.all(2, List.of(() -> register(browser), () -> register(second)));
        Customer customer = bank.newCustomer();
        Asked ones = made.get(0).ask(customer, BALANCES);
        Asked others = made.get(1).ask(customer, BALANCES);

        browser.click("#start-over .button");
        browser.acceptDialog();

        browser.see("#start-over-state[data-state=done]");
        assertThat(made.get(0).poll(ones).error()).isEqualTo("expired_token");
        assertThat(made.get(1).poll(others).error()).isEqualTo("authorization_pending");
    }

    /** By the form; the page goes on with the new client. */
    private Tpp register(Browser at) {
        at.startAfresh();
        at.open(URI.create(bank.uri("/sandbox/") + "?lang=en"));
        at.type("#client-name", "My Budget");
        at.click("#registration .button");
        at.see("#registration-state[data-state=done]");
        return new Tpp(
                bank,
                at.see("#client").getDomProperty("value"),
                at.see("#secret").getDomProperty("value"));
    }

    @Test
    void aWideOneHasThePhoneAndTheTppBesideIt() {
        browser.startAfresh();
        browser.resize(1440);
        browser.open(URI.create(bank.uri("/sandbox/") + "?lang=en"));

        browser.run("document.querySelector('iframe[data-source=phone]').id = 'phone-frame'");
        assertThat((String)
                        browser.run("return document.querySelector('iframe[data-source=tpp]').src.split('/').pop()"))
                .isEqualTo("tpp?lang=en");
        assertThat(browser.see("#phone-frame").getSize().getWidth()).isGreaterThan(380);
    }

    @Test
    void whatIsWrongIsSaid() {
        browser.startAfresh();
        browser.open(URI.create(bank.uri("/sandbox/") + "?lang=en"));
        browser.type("#client", tpp.clientId());
        browser.type("#secret", "wrong");
        browser.click("#script .button");
        assertThat(browser.see("#script-state[data-state=failed]").getText())
                .isEqualTo("The client id or the secret is wrong.");

        browser.type("#secret", tpp.secret());
        browser.type("#rules", "{\"rules\": [{\"action\": \"perhaps\"}]}");
        browser.click("#script .button");
        browser.see("#script-state[data-state=failed]");
        assertThat(browser.see("#script-state").getText()).contains("action must be allow");
    }

    @Test
    void withoutItsSlashItIsFoundToo() {
        Answer answer = Http.send(Http.request(bank.uri("/sandbox")));

        assertThat(answer.status()).isEqualTo(303);
        assertThat(answer.header("Location"))
                .hasValueSatisfying(to -> assertThat(to).endsWith("/sandbox/"));
    }
}
