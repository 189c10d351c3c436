package io.assent.it.screen;

import static io.assent.it.screen.ScreenDetails.accounts;
import static io.assent.it.screen.ScreenDetails.payment;
import static io.assent.testing.actor.DevRealm.ACME;
import static io.assent.testing.actor.DevRealm.BALANCES;
import static io.assent.testing.actor.DevRealm.DETAILS;
import static io.assent.testing.actor.DevRealm.TRANSACTIONS;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.assent.testing.actor.Asked;
import io.assent.testing.actor.BankApp;
import io.assent.testing.actor.CodeFlow;
import io.assent.testing.actor.Customer;
import io.assent.testing.actor.Realm;
import io.assent.testing.actor.Tokens;
import io.assent.testing.actor.Tpp;
import io.assent.testing.browser.AccountPage;
import io.assent.testing.browser.Axe;
import io.assent.testing.browser.Browser;
import io.assent.testing.browser.Pictures;
import io.assent.testing.browser.WebClient;
import io.assent.testing.browser.WebPage;
import io.assent.testing.browser.WithBrowser;
import io.assent.testing.server.Servers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Where the customer looks: the page <em>Connected companies</em> of Keycloak's account console, in a real browser. */
@WithBrowser
class AccountPageIT {

    private static Browser browser;

    private final Realm bank = Servers.bank();
    private final Tpp acme = bank.tpp(ACME);
    private final Customer customer = bank.newCustomer();
    private final BankApp app = customer.app();

    @BeforeEach
    void startAfresh() {
        browser.startAfresh();
        browser.resize(1280);
    }

    @Test
    void theCustomerTakesBackAPartAndThenAllAndTheTppsNextCallFails() {
        Tokens tokens = grant(acme, BALANCES, TRANSACTIONS);
        AccountPage page = AccountPage.open(browser, customer, "en");
        assertThat(page.heading()).isEqualTo("Connected companies");
        assertThat(page.companies()).containsExactly("Acme Budget");
        assertThat(page.permissions()).containsExactly("See your balances", "See your transactions");
        assertThat(page.text()).contains("Since", "Until");

        page.askTakeBackPart();
        page.answer();
        assertThat(page.complaint()).startsWith("Nothing is ticked.");
        page.tick(TRANSACTIONS);
        page.answer();

        assertThat(plain(page.notice())).isEqualTo("Acme Budget keeps only what you see here.");
        assertThat(page.permissions()).containsExactly("See your balances");
        Tokens refreshed = Tokens.of(acme.refresh(tokens));
        assertThat(refreshed.accessTokenScope()).contains(BALANCES).doesNotContain(TRANSACTIONS);

        page.askTakeBack();
        assertThat(plain(page.question())).contains("Acme Budget loses its access at once.");
        page.cancel();
        assertThat(page.companies()).containsExactly("Acme Budget");
        page.takeBack();

        assertThat(plain(page.notice())).isEqualTo("Acme Budget no longer has access.");
        assertThat(page.companies()).isEmpty();
        assertThat(page.text()).contains("No company has access right now.");
        assertThat(page.ended()).singleElement().asString().contains("Acme Budget", "You took it back.");
        assertThat(acme.refresh(refreshed).error()).isEqualTo("invalid_grant");
        assertThat(acme.userinfo(refreshed).status()).isEqualTo(401);
    }

    @Test
    void everythingTickedIsAllTakenBack() {
        grant(acme, BALANCES, TRANSACTIONS);
        AccountPage page = AccountPage.open(browser, customer, "en");

        page.askTakeBackPart();
        page.tick(BALANCES);
        page.tick(TRANSACTIONS);
        assertThat(plain(page.question())).contains("Acme Budget loses its access at once.");
        page.answer();

        assertThat(plain(page.notice())).isEqualTo("Acme Budget no longer has access.");
        assertThat(app.consents("?status=live").list()).isEmpty();
    }

    @Test
    void whatACompanyHasBesidesIsSaidToStay() {
        grant(acme, BALANCES);
        grant(acme, TRANSACTIONS);
        AccountPage page = AccountPage.open(browser, customer, "en");
        assertThat(page.companies()).containsExactly("Acme Budget", "Acme Budget");

        page.askTakeBack();
        assertThat(plain(page.question()))
                .contains("Take back this access from Acme Budget?", "What else you see here of Acme Budget stays.");
        page.answer();

        assertThat(plain(page.notice()))
                .isEqualTo("Acme Budget no longer has this access. What it still has is shown here.");
        assertThat(page.companies()).containsExactly("Acme Budget");
        page.askTakeBack();
        assertThat(plain(page.question())).contains("Acme Budget loses its access at once.");
    }

    @Test
    void itIsUsedByKeyboardAlone() {
        grant(acme, BALANCES);
        AccountPage page = AccountPage.open(browser, customer, "en");

        page.takeBackByKeyboard();

        assertThat(plain(page.notice())).isEqualTo("Acme Budget no longer has access.");
        assertThat(app.consents("?status=live").list()).isEmpty();
    }

    @Test
    void whatExactlyWasGrantedIsShown() {
        redeem(payment("12.50"));
        redeem(accounts("list_accounts", "read_balances"), 0, 1);
        AccountPage page = AccountPage.open(browser, customer, "en");

        assertThat(browser.see(".cc-detail").getText()).contains("May see", "balances");
        assertThat(browser.see(".cc-detail li").getText()).contains("Everyday", "EUR");
        assertThat(browser.all(".cc-detail li")).hasSize(2);
        assertThat(page.ended()).singleElement().asString().contains("€12.50", "Muster GmbH", "was used");
        look("account-details");
    }

    /** @param chosen the places of the accounts that are chosen in the browser */
    private void redeem(ObjectNode detail, int... chosen) {
        CodeFlow flow = new CodeFlow(acme, CodeFlow.BACK).with("authorization_details", "[" + detail + "]");
        WebClient web = new WebClient(bank);
        WebPage asked = web.open(flow, customer);
        List<String> offered = asked.html().select("[name=account-0]").eachAttr("value");
        Map<String, List<String>> form = new LinkedHashMap<>(asked.fields());
        form.put("account-0", IntStream.of(chosen).mapToObj(offered::get).toList());
        form.put("decision", List.of("approve"));
        flow.redeem(web.send(asked.action(), form).uri()).ok();
    }

    @Test
    void whoEndedItIsSaid() {
        grant(acme, BALANCES);
        app.withdraw(app.onlyConsent().get("id").asText()).ok();
        grant(acme, BALANCES);
        bank.admin().revokeConsent(bank.name(), customer.id(), ACME).ok();

        AccountPage page = AccountPage.open(browser, customer, "de");

        assertThat(page.ended()).hasSize(2);
        assertThat(page.ended().get(0)).contains("Acme Budget", "Ihre Bank hat den Zugriff beendet.");
        assertThat(page.ended().get(1)).contains("Sie haben widerrufen.");
    }

    @Test
    void whatGoesWrongIsSaidInWords() {
        grant(acme, BALANCES, TRANSACTIONS);
        AccountPage page = AccountPage.open(browser, customer, "en");
        page.askTakeBackPart();
        page.tick(BALANCES);
        app.withdraw(app.onlyConsent().get("id").asText()).ok();
        page.answer();
        assertThat(page.notice()).startsWith("This had already ended");
        assertThat(page.companies()).isEmpty();

        grant(acme, BALANCES);
        AccountPage.open(browser, customer, "en");
        page.askTakeBack();
        bank.admin().logOut(bank.name(), customer.id());
        page.answer();
        assertThat(page.notice()).startsWith("Your login has ended.");
    }

    @Test
    void aCustomerOfNoCompanyReadsSo() {
        AccountPage page = AccountPage.open(browser, customer, "de");

        assertThat(page.text()).contains("Zurzeit hat kein Unternehmen Zugriff.", "endete nichts");
        assertThat(Axe.violations(browser)).isEmpty();
    }

    @Test
    void aTppsNameIsTextAndNothingElse() {
        Tpp tpp = bank.newTpp(ACME, client -> {
            client.put("name", "{{name}} & co \u05d0");
            client.withObjectProperty("attributes").put("logoUri", "http://tpp.example/logo.png");
        });
        grant(tpp, BALANCES);
        AccountPage page = AccountPage.open(browser, customer, "en");

        assertThat(page.companies()).singleElement().asString().startsWith("{{name}} & co");
        assertThat(browser.all(".cc-company img")).isEmpty();
        page.takeBack();
        assertThat(page.notice()).contains("{{name}} & co");
    }

    /** One look by day and one by night. */
    private static final List<Arguments> PAIR =
            List.of(Arguments.of("en", "light", 1280), Arguments.of("de", "dark", 360));

    static Stream<Arguments> pair() {
        return PAIR.stream();
    }

    static Stream<Arguments> grid() {
        return Looks.ofOnePage(PAIR);
    }

    @ParameterizedTest(name = "{0} {1} {2}")
    @MethodSource("pair")
    void everybodyCanReadIt(String language, String scheme, int width) {
        assertReadable(language, scheme, width);
    }

    /** All languages, schemes and widths but those of {@link #pair}, which are none where each of them is seen once. */
    @Tag("long")
    @ParameterizedTest(name = "{0} {1} {2}", allowZeroInvocations = true)
    @MethodSource("grid")
    void everybodyCanReadEachOfThem(String language, String scheme, int width) {
        assertReadable(language, scheme, width);
    }

    private void assertReadable(String language, String scheme, int width) {
        grant(bank.tpp("globe-aisp"), DETAILS, "identity.name");
        app.withdraw(app.onlyConsent().get("id").asText()).ok();
        grant(acme, BALANCES, TRANSACTIONS);
        grant(bank.tpp("globe-aisp"), DETAILS, BALANCES, "identity.name");
        browser.resize(width);
        browser.prefer(scheme);
        AccountPage page = AccountPage.open(browser, customer, language);

        assertThat(browser.<String>run("return document.documentElement.lang")).isEqualTo(language);
        assertThat(page.companies()).containsExactlyInAnyOrder("Acme Budget", "Globe Lending");
        assertThat(page.text()).doesNotContain("${", "{{", "connectedCompanies", "permission.", "consent.");
        look("account-%s-%s-%d".formatted(language, scheme, width));
        page.askTakeBackPart();
        look("account-part-%s-%s-%d".formatted(language, scheme, width));
        page.cancel();
        page.askTakeBack();
        look("account-all-%s-%s-%d".formatted(language, scheme, width));
    }

    @ParameterizedTest
    @CsvSource({"en, See your balances", "de, Ihre Kontostände sehen"})
    void theApplicationsPageShowsTheSameTextsAndNoRawKey(String language, String text) {
        grant(acme, BALANCES, TRANSACTIONS);
        AccountPage.logIn(browser, "/account/applications", customer, language);

        browser.click("#toggle-" + ACME);

        String shown = browser.see("#content-" + ACME).getText();
        assertThat(shown).contains(text).doesNotContain("${", "permission.");
    }

    /** content.json takes the place of the parent's: what that has, must be in it. */
    @Test
    void everyPageOfTheParentThemeIsInTheMenu() {
        AccountPage.open(browser, customer, "en");

        List<String> ours = entries("permissions");
        List<String> parents = entries("keycloak.v3");

        assertThat(parents).isNotEmpty();
        ours.removeIf(entry -> entry.contains("connectedCompanies"));
        assertThat(ours).isEqualTo(parents);
        assertThat(browser.see("nav [data-testid='content/connected-companies']")
                        .getText())
                .isEqualTo("Connected companies");
    }

    private static List<String> entries(String theme) {
        List<?> entries = (List<?>) browser.runAsync("""
                const [theme, answer] = arguments;
                const {resourceUrl} = JSON.parse(document.getElementById('environment').textContent);
                fetch(resourceUrl.replace(/[^/]+$/, theme) + '/content.json')
                    .then((content) => content.json())
                    .then((content) => answer(content.map((entry) => JSON.stringify(entry))));
                """, theme);
        return new ArrayList<>(entries.stream().map(String.class::cast).toList());
    }

    /** What the customer lets a TPP do from now on. */
    private Tokens grant(Tpp tpp, String... scopes) {
        Asked asked = tpp.ask(customer, scopes);
        JsonNode request = app.onlyPending();
        app.approve(request.get("id").asText(), BankApp.permissions(request).toArray(String[]::new))
                .ok();
        return Tokens.of(tpp.poll(asked));
    }

    private static void look(String picture) {
        new Pictures(browser).keepForDocs(picture + ".png");
        assertThat(browser.scrollsSideways()).as("scrolls sideways").isFalse();
        assertThat(browser.<Boolean>run("""
                        return [...document.querySelectorAll('main, dialog')].some((it) => it.scrollWidth > it.clientWidth);
                        """)).as("scrolls sideways within").isFalse();
        assertThat(Axe.violations(browser, AccountPage.KEBAB)).isEmpty();
    }

    /** Without the marks that keep a name's direction. */
    private static String plain(String text) {
        return text.replaceAll("[\u2068\u2069]", "");
    }
}
