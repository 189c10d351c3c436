package io.assent.it.screen;

import static io.assent.testing.actor.DevRealm.BALANCES;
import static io.assent.testing.actor.DevRealm.DETAILS;
import static io.assent.testing.actor.DevRealm.PAYMENTS;
import static io.assent.testing.actor.DevRealm.TRANSACTIONS;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.assent.testing.actor.Customer;
import io.assent.testing.actor.Realm;
import io.assent.testing.browser.AccountPage;
import io.assent.testing.browser.Axe;
import io.assent.testing.browser.Browser;
import io.assent.testing.browser.ConsentScreen;
import io.assent.testing.browser.PersonalAccessPage;
import io.assent.testing.browser.Pictures;
import io.assent.testing.browser.WithBrowser;
import io.assent.testing.http.Answer;
import io.assent.testing.http.Http;
import io.assent.testing.server.Servers;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Customers get a token to read their own data, in a real browser. */
@WithBrowser
class PersonalAccessIT {

    private static Browser browser;

    private final Realm bank = Servers.bank();
    private final Customer customer = bank.newCustomer();

    @BeforeEach
    void startAfresh() {
        browser.startAfresh();
        browser.resize(1280);
        browser.prefer("light");
    }

    @Test
    void aCustomerGetsATokenForWhatTheyChooseAndTakesItBack() {
        PersonalAccessPage page = PersonalAccessPage.open(browser, bank, "en");
        page.ask("My budget script");
        ConsentScreen.logIn(browser, customer);
        ConsentScreen screen = ConsentScreen.shown(browser);
        assertThat(screen.heading()).endsWith("Create a token to read your own data");
        assertThat(browser.see(".consent").getText()).contains("My budget script", "never give the token to anybody");
        screen.tick(DETAILS);
        screen.tick(BALANCES);
        approve();

        assertThat(page.name()).isEqualTo("My budget script");
        assertThat(page.until()).startsWith("It is good until ");
        assertThat(browser.address()).isEqualTo(bank.uri(PersonalAccessPage.PATH));
        JsonNode token = introspect(page.token());
        assertThat(token.get("active").asBoolean()).isTrue();
        assertThat(token.get("sub").asText()).isEqualTo(customer.id());
        assertThat(token.get("scope").asText().split(" ")).contains(BALANCES).doesNotContain(TRANSACTIONS, PAYMENTS);
        assertThat(token.at("/authorization_details/0/name").asText()).isEqualTo("My budget script");
        String known = page.token();
        assertThat(accounts(known).list()).as("all that they have").hasSize(4);

        AccountPage account = AccountPage.open(browser, customer, "en");
        assertThat(account.companies()).containsExactly("Your own access");
        assertThat(account.text()).contains("My budget script");
        account.takeBack();

        assertThat(account.notice()).contains("no longer has access");
        assertThat(account.companies()).isEmpty();
        assertThat(introspect(known).get("active").asBoolean()).isFalse();
        assertThat(accounts(known).status()).isEqualTo(401);
    }

    @Test
    void aNewTokenTakesThePlaceOfTheOneBefore() {
        String first = token("The first", BALANCES);
        browser.startAfresh();

        String second = token("The second", TRANSACTIONS);

        assertThat(introspect(first).get("active").asBoolean()).isFalse();
        JsonNode token = introspect(second);
        assertThat(token.get("active").asBoolean()).isTrue();
        assertThat(token.get("scope").asText().split(" "))
                .contains(TRANSACTIONS)
                .doesNotContain(BALANCES);
        JsonNode consent = customer.app().onlyConsent();
        assertThat(consent.at("/details/0/rows/0/value").asText()).isEqualTo("The second");
    }

    @Test
    void aNoMakesNoToken() {
        PersonalAccessPage page = PersonalAccessPage.open(browser, bank, "en");
        page.ask("Nothing");
        ConsentScreen.logIn(browser, customer);
        ConsentScreen.shown(browser);

        browser.click("button[name=decision][value=deny]");

        assertThat(page.trouble()).isEqualTo("No token was made, because you said no.");
        assertThat(Axe.violations(browser)).isEmpty();
        assertThat(customer.app().consents("?status=live").list()).isEmpty();
    }

    @Test
    void whatNobodyBeganIsNoToken() {
        browser.open(bank.uri(PersonalAccessPage.PATH + "?code=stolen&state=foreign"));

        assertThat(browser.see("[role=alert]:not([hidden])").getText()).startsWith("No token was made.");
        assertThat(browser.address()).isEqualTo(bank.uri(PersonalAccessPage.PATH));
    }

    @Test
    void aRealmWithoutItsClientHasNoSuchPage() {
        Realm without = bank.server().realm("without-personal-access");
        without.admin().createRealm(Servers.realmFile().named(without.name()));
        try {
            assertThat(page(without).status()).isEqualTo(200);
            for (Consumer<ObjectNode> flaw : List.<Consumer<ObjectNode>>of(
                    client -> client.put("consentRequired", false),
                    client -> client.put("enabled", false).put("consentRequired", true),
                    client -> client.put("enabled", true).put("fullScopeAllowed", true),
                    client -> client.put("fullScopeAllowed", false)
                            .withObject("/attributes")
                            .put("pkce.code.challenge.method", ""),
                    client -> {
                        client.withObject("/attributes").put("pkce.code.challenge.method", "S256");
                        client.withArray("/redirectUris").add("https://elsewhere.example/");
                    },
                    client -> client.putArray("redirectUris").add("https://elsewhere.example/"))) {
                without.admin().updateClient(without.name(), "personal-access", flaw);

                assertThat(page(without).status()).isEqualTo(404);
                assertThat(page(without).problem()).isEqualTo("not-found");
            }
        } finally {
            without.admin().removeRealm(without.name());
        }
    }

    private static Answer page(Realm realm) {
        return Http.send(Http.request(realm.uri(PersonalAccessPage.PATH)));
    }

    @ParameterizedTest
    @CsvSource({"en, light, 1280", "de, dark, 360", "fr, light, 360", "es, dark, 1280"})
    void everybodyCanReadIt(String language, String scheme, int width) {
        browser.prefer(scheme);
        browser.resize(width);
        PersonalAccessPage page = PersonalAccessPage.open(browser, bank, language);
        look("ask", language, scheme, width);

        page.ask("My budget script");
        ConsentScreen.logIn(browser, customer);
        ConsentScreen screen = ConsentScreen.shown(browser);
        look("consent", language, scheme, width);
        screen.tick(BALANCES);
        approve();

        page.token();
        look("token", language, scheme, width);
    }

    private static void look(String step, String language, String scheme, int width) {
        assertThat(Axe.violations(browser)).isEmpty();
        assertThat(browser.scrollsSideways()).isFalse();
        new Pictures(browser).keep("personal-access-%s-%s-%s-%d.png".formatted(step, language, scheme, width));
    }

    private String token(String name, String permission) {
        PersonalAccessPage page = PersonalAccessPage.open(browser, bank, "en");
        page.ask(name);
        ConsentScreen.logIn(browser, customer);
        ConsentScreen.shown(browser).tick(permission);
        approve();
        return page.token();
    }

    private static void approve() {
        browser.click("button[name=decision][value=approve]");
    }

    /** As a program of the customer's reads them, of the sandbox's bank. */
    private Answer accounts(String token) {
        return Http.send(Http.request(bank.uri("/sandbox/bank/accounts")).header("Authorization", "Bearer " + token));
    }

    private JsonNode introspect(String token) {
        return bank.api().introspect(token).ok();
    }
}
