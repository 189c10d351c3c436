package io.assent.it.admin;

import static io.assent.testing.actor.DevRealm.ACME;
import static io.assent.testing.actor.DevRealm.BALANCES;
import static io.assent.testing.actor.DevRealm.TRANSACTIONS;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.assent.testing.actor.Admin;
import io.assent.testing.actor.Asked;
import io.assent.testing.actor.BankApp;
import io.assent.testing.actor.Customer;
import io.assent.testing.actor.Realm;
import io.assent.testing.actor.RealmFile;
import io.assent.testing.actor.Staff;
import io.assent.testing.actor.Tokens;
import io.assent.testing.actor.Tpp;
import io.assent.testing.browser.Axe;
import io.assent.testing.browser.Browser;
import io.assent.testing.browser.Pictures;
import io.assent.testing.browser.StaffPage;
import io.assent.testing.browser.WithBrowser;
import io.assent.testing.http.Answer;
import io.assent.testing.http.Http;
import io.assent.testing.server.Database;
import io.assent.testing.server.Keycloak;
import io.assent.testing.server.Servers;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.Keys;

/** The page for the bank's staff, in a real browser. */
@WithBrowser
class StaffPageIT {

    private static final String NAME = "staff-page";
    private static final String[] ALL = {
        "view-users", "manage-users", "view-clients", "manage-clients", "view-realm", "manage-realm"
    };

    private static Browser browser;
    private static Realm bank;
    private static Customer manager;
    private static Customer reader;

    private final Customer customer = bank.newCustomer();
    private final BankApp app = customer.app();
    private final Tpp acme = bank.tpp(ACME);

    @BeforeAll
    static void startBrowser() {
        Keycloak server = Servers.shared(Database.H2);
        server.admin().createRealm(Servers.realmFile().named(NAME));
        bank = server.realm(NAME);
        manager = staff(bank, ALL);
        reader = staff(bank, "view-users", "view-clients", "view-realm");
    }

    @BeforeEach
    void startAfresh() {
        browser.startAfresh();
        browser.resize(1280);
        browser.prefer("light");
    }

    private static Customer staff(Realm realm, String... roles) {
        Customer user = realm.newCustomer();
        for (String role : roles) {
            realm.admin().giveRole(realm.name(), user.id(), "realm-management", role);
        }
        return user;
    }

    private Tokens granted(Tpp tpp, String... scopes) {
        Asked request = tpp.ask(customer, scopes);
        app.approve(app.onlyPendingId()).ok();
        return Tokens.of(tpp.poll(request));
    }

    private static String id(Tokens tokens) {
        return tokens.accessTokenClaims().get("grant_id").asText();
    }

    @Test
    void staffOfTheRealmLogInAsToTheConsoleAndGetToTheViewThatTheyAskedFor() {
        StaffPage page = StaffPage.open(browser, manager, view("customer/" + customer.id()));

        assertThat(page.heading()).contains(customer.username());
        assertThat(browser.address().toString()).endsWith(view("customer/" + customer.id()));
        assertThat(browser.address().getRawQuery()).isNull();
        assertThat(page.menu()).startsWith("Overview", "Requests", "Customers", "Companies", "Deliveries");
        assertThat(browser.<String>run("return JSON.stringify([localStorage, sessionStorage])"))
                .isEqualTo("[{},{}]");
    }

    @Test
    void staffOfTheMasterRealmChooseARealm() {
        StaffPage page = StaffPage.openAsAdmin(browser, bank.server(), "");
        assertThat(page.heading()).isEqualTo("Which realm?");

        page.follow(NAME);

        assertThat(page.heading()).isEqualTo("Overview");
        assertThat(page.cards()).contains("The doctor's findings", "Setup");
        assertThat(page.show("#/" + NAME + "/customers?search=" + customer.username())
                        .text())
                .contains(customer.username());
    }

    @Test
    void changesOfPermissionsAreShownWithTheirProgress() {
        ObjectNode changes = Http.object().put("version", 0);
        ObjectNode rename = changes.putArray("changes").addObject();
        rename.put("id", "plain-words").put("change", "rename").put("windowDays", 30);
        rename.putArray("from").add("identity.name");
        rename.putArray("to").add("identity.address");
        Realm own = bank.server().realm("staff-changes");
        own.admin().createRealm(Servers.realmFile().named(own.name()));
        try {
            StaffPage page = StaffPage.open(browser, staff(own, ALL), "#/" + own.name() + "/changes");
            assertThat(page.card("Changed permissions")).contains("have not been changed");
            Staff.of(own, "manage-realm", "manage-clients").setChanges(changes).ok();

            page.show("#/" + own.name() + "/overview");
            page.show("#/" + own.name() + "/changes");

            assertThat(page.card("Changed permissions"))
                    .contains("plain-words", "Renamed", "identity.name", "identity.address", "Version of the rules");
            assertThat(Axe.violations(browser)).isEmpty();
        } finally {
            own.admin().removeRealm(own.name());
        }
    }

    @Test
    void aConsentIsFoundAndEndedWithAReason() {
        Tokens tokens = granted(acme, BALANCES, TRANSACTIONS);
        StaffPage page = StaffPage.open(browser, manager, view("customers?search=" + customer.username()));
        page.follow("Firstname Lastname (" + customer.username() + ")");
        assertThat(page.card("Live consents")).contains("Acme Budget", BALANCES, TRANSACTIONS);

        page.show(view("consent/" + id(tokens)));
        page.press("End consent");
        assertThat(page.question()).contains("The company loses this access at once.");
        page.answer();
        assertThat(page.complaint()).isEqualTo("Please fill this in.");
        page.cancel();
        assertThat(page.buttons()).contains("End consent");
        page.press("End consent");
        page.write("Phished. Case 4711");
        page.answer();

        assertThat(page.told()).contains("The consent has ended.");
        assertThat(page.card("About this consent")).contains("Ended by the bank");
        assertThat(page.card("History")).contains("Phished. Case 4711", "Staff");
        assertThat(page.buttons()).doesNotContain("End consent");
        assertThat(acme.refresh(tokens).error()).isEqualTo("invalid_grant");
    }

    @Test
    void howItCameAboutIsShownAndExported() {
        Tokens tokens = granted(acme, BALANCES);
        StaffPage page = StaffPage.open(browser, manager, view("consent/" + id(tokens)));

        assertThat(page.card("Evidence")).contains("In the app (CIBA)", "See your balances");
        page.press("Export evidence");

        assertThat(page.told()).contains("The sealed evidence is in your downloads.");
    }

    @Test
    void aLostDeviceIsRemoved() {
        app.register(UUID.randomUUID(), "sandbox");
        StaffPage page = StaffPage.open(browser, manager, view("customer/" + customer.id()));
        assertThat(page.card("Devices")).contains("sandbox", "Active");

        page.press("Remove");
        assertThat(page.question()).contains("Remove this device?");
        page.answer();

        assertThat(page.told()).contains("The device is removed.");
        assertThat(page.card("Devices")).contains("No device is registered.");
        assertThat(Staff.of(manager).devices(customer.id()).ok().get("devices")).isEmpty();
    }

    @Test
    void aCompanyIsSwitchedOffAndOnAgain() {
        Tpp tpp = bank.newTpp(ACME, client -> client.put("name", "Switched Ltd"));
        tpp.ask(customer, BALANCES);
        StaffPage page = StaffPage.open(browser, manager, view("companies?search=" + tpp.clientId()));
        page.follow("Switched Ltd");
        assertThat(page.heading()).isEqualTo("Switched Ltd");

        page.press("Switch off");
        assertThat(plain(page.question())).contains("Switch Switched Ltd off?", "its pending requests expire");
        page.answer();

        assertThat(plain(page.told())).contains("Switched Ltd is off.");
        assertThat(page.card("About this company")).contains("Off");
        assertThat(tpp.request(customer, Map.of(), BALANCES).status()).isNotEqualTo(200);
        assertThat(app.pending()).isEmpty();

        page.press("Switch on");
        page.answer();

        assertThat(plain(page.told())).contains("Switched Ltd is on.");
        tpp.ask(customer, BALANCES);
    }

    @Test
    void whatIsPendingIsShownAndExpires() {
        acme.ask(customer, BALANCES);
        String request = app.onlyPendingId();
        StaffPage page = StaffPage.open(browser, manager, view("requests?status=pending&client=" + ACME));
        assertThat(page.text()).contains("Acme Budget", BALANCES, "Pending");

        page.show(view("request/" + request));
        page.press("Expire request");
        page.answer();

        assertThat(page.told()).contains("The request has expired.");
        assertThat(page.card("About this request")).contains("Expired");
        assertThat(app.pending()).isEmpty();
    }

    @Test
    void whoWasBlockedAndReportedIsShown() {
        Tpp tpp = bank.newTpp(ACME, client -> client.put("name", "Pushy Ltd"));
        tpp.ask(customer, BALANCES);
        app.report(app.onlyPendingId()).ok();
        app.block(tpp.clientId());
        StaffPage page = StaffPage.open(browser, manager, view("requests?status=reported&client=" + tpp.clientId()));

        assertThat(page.text()).contains("Pushy Ltd", "That was not me");
        assertThat(page.show(view("blocks?client=" + tpp.clientId())).text()).contains("Pushy Ltd");
    }

    @Test
    void eachViewOfTheMenuIsThere() {
        StaffPage page = StaffPage.open(browser, manager, view("customer/" + customer.id()));
        assertThat(page.entries())
                .startsWith("overview", "requests", "customers", "companies", "deliveries", "blocks")
                .allSatisfy(entry -> {
                    page.choose(entry);
                    assertThat(browser.address().toString()).endsWith(view(entry));
                    assertThat(page.heading())
                            .isEqualTo(browser.see("nav [aria-current=page]").getText());
                    assertThat(browser.all("main .st-alert.pf-m-danger")).isEmpty();
                    assertThat(Axe.violations(browser)).isEmpty();
                });
    }

    @Test
    void aRealmWithoutAnAppHasNothingToSeeButItsSetup() {
        String name = "staff-page-empty";
        Admin admin = bank.admin();
        admin.createRealm(RealmFile.empty(name).named(name));
        try {
            Realm empty = bank.server().realm(name);
            assertThat(StaffPage.open(browser, staff(empty, ALL), "#/" + name + "/requests")
                            .menu())
                    .containsExactly("Overview");
        } finally {
            admin.removeRealm(name);
        }
    }

    @Test
    void whoMayOnlyReadIsOfferedNothingElse() {
        Tokens tokens = granted(acme, BALANCES);
        app.register(UUID.randomUUID(), "sandbox");
        StaffPage page = StaffPage.open(browser, reader, view("consent/" + id(tokens)));

        assertThat(page.buttons()).contains("Export evidence").doesNotContain("End consent");
        assertThat(page.show(view("customer/" + customer.id())).buttons()).doesNotContain("Remove", "Send again");
        assertThat(page.show(view("company/" + ACME)).buttons()).doesNotContain("Switch off", "Switch on");
        assertThat(page.show(view("overview")).buttons()).doesNotContain("Set up");
        assertThat(page.cards()).contains("The doctor's findings");
    }

    @Test
    void whatSomebodyMayNotSeeIsNotThere() {
        Customer ofCustomers = staff(bank, "view-users");
        StaffPage page = StaffPage.open(browser, ofCustomers, view("overview"));

        assertThat(page.menu()).contains("Customers").doesNotContain("Companies", "Reports");
        assertThat(page.cards()).isEmpty();
        assertThat(page.show(view("companies")).heading()).isEqualTo("There is no such page");
    }

    @Test
    void aStrangerReadsSoInClearWords() {
        StaffPage page = StaffPage.open(browser, customer, view("overview"));

        assertThat(page.heading()).isEqualTo("You have no access to this page");
        assertThat(page.text()).contains("no rights to see anything here", NAME);
        assertThat(Axe.violations(browser)).isEmpty();
        page.press("Log in as somebody else");
        browser.see("#username, #kc-logout");
    }

    @Test
    void staffOfOneRealmAreStrangersInAnother() {
        StaffPage page = StaffPage.open(browser, manager, "#/" + Servers.OTHER + "/overview");

        assertThat(page.heading()).isEqualTo("You have no access to this page");
        assertThat(page.text()).contains(Servers.OTHER);
    }

    @Test
    void whenTheLoginIsOverTheNextStepAsksForOneAndLeadsBack() {
        StaffPage page = StaffPage.open(browser, manager, view("customers"));
        bank.admin().logOut(NAME, manager.id());

        browser.run("location.hash = arguments[0]", view("customer/" + customer.id()));
        page.logIn(manager.username(), manager.password());

        assertThat(page.heading()).contains(customer.username());
    }

    @Test
    void whatATppCallsItselfIsTextAndNothingElse() {
        String name = "<img src=x onerror=\"window.taken=1\"><b>Bold</b> {name}";
        Tpp tpp = bank.newTpp(ACME, client -> client.put("name", name));
        tpp.ask(customer, BALANCES);
        StaffPage page = StaffPage.open(browser, manager, view("requests?client=" + tpp.clientId()));

        assertThat(page.text()).contains(name);
        assertThat(page.show(view("company/" + tpp.clientId())).heading()).isEqualTo(name);
        page.press("Switch off");
        assertThat(page.question()).contains("<b>Bold</b>");
        assertThat(browser.all("#page main img, dialog img, main b, dialog b")).isEmpty();
        assertThat(browser.<Object>run("return window.taken ?? null")).isNull();
    }

    @Test
    void anAddressThatIsNoneLeadsNowhere() {
        StaffPage page = StaffPage.open(browser, manager, view("requests"));

        assertThat(page.show(view("%E0%A4%A?x=<script>")).heading()).isEqualTo("Overview");
        for (String none : List.of("..%2F..%2Fusers", UUID.randomUUID().toString(), "%3Cscript%3E")) {
            assertThat(page.show(view("consent/" + none)).text()).as(none).contains("not found in this realm");
        }
        assertThat(page.show(view("nothing")).heading()).isEqualTo("There is no such page");
    }

    @Test
    void anEmptyRealmIsSetUpByOneButtonThatSaysFirstWhatItDoes() {
        String name = "staff-page-setup";
        Admin admin = bank.admin();
        admin.createRealm(RealmFile.empty(name).named(name));
        try {
            Realm empty = bank.server().realm(name);
            StaffPage page = StaffPage.open(browser, staff(empty, ALL), "#/" + name + "/overview");
            assertThat(page.card("Setup")).contains("Setup would do this:", "consent-app", "permissions");
            assertThat(page.card("The doctor's findings")).contains("Error", "consent-app");

            page.press("Set up");
            assertThat(page.question()).contains("Nothing is removed");
            page.cancel();
            assertThat(page.card("Setup")).contains("Setup would do this:");
            page.press("Set up");
            page.answer();

            assertThat(page.told()).contains("The realm is set up.");
            assertThat(page.card("Setup")).contains("The realm has everything that it needs.");
            assertThat(page.menu()).contains("Requests", "Companies");
            assertThat(Staff.of(empty, ALL).plannedSetup().ok().get("changes")).isEmpty();
        } finally {
            admin.removeRealm(name);
        }
    }

    @Test
    void aTppIsRegisteredByOneFormAndAsks() {
        String clientId = "form-" + UUID.randomUUID();
        StaffPage page = StaffPage.open(browser, manager, view("companies"));
        page.follow("Register a TPP");
        assertThat(page.heading()).isEqualTo("Register a TPP");
        page.press("Register");
        assertThat(page.complaintOfTheField()).isEqualTo("Please fill this in.");

        page.fill("Client ID", ACME);
        page.fill("Name", "<b>Form</b>");
        page.tick("See your balances");
        page.tick("May ask to read while the customer is away");
        page.press("Register");
        assertThat(page.complaintOfTheField()).contains("Customers would not be shown this name");
        page.fill("Name", "Form Ltd");
        page.press("Register");
        assertThat(page.complaintOfTheField()).isEqualTo("There is another client with this ID already.");
        page.fill("Client ID", clientId);
        page.choose("Asks in the app (CIBA)", "Yes, and is pinged when there is an answer");
        page.fill("Address for pings", "http://acme.example");
        page.press("Register");
        assertThat(page.complaintOfTheField()).contains("begins with https://");
        page.choose("Asks in the app (CIBA)", "Yes, and polls for the answer");
        assertThat(Axe.violations(browser)).isEmpty();
        page.press("Register");

        assertThat(plain(page.told())).contains("Form Ltd is registered.");
        String secret = bank.admin().secret(NAME, clientId);
        assertThat(page.card("Details for the company")).contains(clientId, secret, "/realms/" + NAME);
        new Pictures(browser).keep("staff-registered.png");
        assertThat(Axe.violations(browser)).isEmpty();
        page.press("Copy");
        page.follow("See the company");
        assertThat(page.heading()).isEqualTo("Form Ltd");
        assertThat(page.text()).doesNotContain(secret);
        Tpp tpp = new Tpp(bank, clientId, secret);
        assertThat(granted(tpp, BALANCES, "offline_access").accessTokenScope())
                .containsExactlyInAnyOrder("openid", BALANCES, "offline_access");
    }

    @Test
    void whoMayNotRegisterIsNotOfferedTo() {
        StaffPage page = StaffPage.open(browser, reader, view("companies"));

        assertThat(page.text()).contains("Acme Budget").doesNotContain("Register a TPP");
        assertThat(page.show(view("registration")).heading()).isEqualTo("There is no such page");
    }

    @Test
    void whoMayManageSomeAloneSeesTheseAndNoErrors() {
        Customer ofSome = staff(bank, "query-clients", "query-users");
        bank.admin().letManageClient(NAME, ofSome.id(), ACME);
        bank.admin().letView(NAME, ofSome.id(), customer.id());
        granted(acme, BALANCES);
        StaffPage page = StaffPage.open(browser, ofSome, view("customer/" + customer.id()));

        assertThat(page.entries()).contains("customers", "companies").allSatisfy(entry -> {
            page.choose(entry);
            assertThat(page.text()).as(entry).isNotBlank();
            assertThat(browser.all("main .st-alert.pf-m-danger")).as(entry).isEmpty();
        });
        assertThat(page.show(view("customers?search=" + customer.username())).text())
                .contains(customer.username());
        page.show(view("customer/" + customer.id()));
        assertThat(page.card("Live consents")).contains("Acme Budget");
        assertThat(browser.all("main .st-alert.pf-m-danger")).isEmpty();
        assertThat(page.show(view("companies?search=a")).text())
                .contains("Acme Budget")
                .doesNotContain("Globe Lending", "Register a TPP");
        page.show(view("company/" + ACME));
        assertThat(page.buttons()).contains("Switch off");
        assertThat(browser.all("main .st-alert.pf-m-danger")).isEmpty();
        assertThat(page.show(view("company/globe-aisp")).text()).contains("You do not have the rights for this.");
    }

    @Test
    void itIsUsedByKeyboardAlone() {
        Tokens tokens = granted(acme, BALANCES);
        StaffPage page = StaffPage.open(browser, manager, view("consent/" + id(tokens)));
        String button = "main button.pf-m-danger";
        browser.tabTo(button);
        browser.press(Keys.ENTER);
        assertThat(page.question()).contains("End this consent?");
        browser.press(Keys.ESCAPE);
        browser.tabTo(button);
        browser.press(Keys.ENTER, Keys.TAB, "By keyboard", Keys.ENTER);

        assertThat(page.told()).contains("The consent has ended.");
    }

    @Test
    void theConsoleLeadsToItWhereTheRealmHasOurAdminTheme() {
        bank.admin().updateRealm(NAME, realm -> realm.put("adminTheme", "permissions"));
        browser.open(bank.server().uri("/admin/" + NAME + "/console/"));
        browser.type("#username", manager.username());
        browser.type("#password", manager.password());
        browser.click("#kc-login");

        browser.click("nav [data-testid=consents]");

        assertThat(browser.see("main h1").getText()).isEqualTo("Overview");
        assertThat(browser.address().getPath()).isEqualTo("/admin/" + NAME + "/console/consents/");
    }

    @Test
    void thePageIsTheSameForEverybodyAndLetsNothingElseIn() {
        URI page = StaffPage.address(bank.server(), NAME, "");
        Answer html = Http.send(Http.request(page).GET());
        assertThat(html.status()).isEqualTo(200);
        assertThat(html.header("Content-Security-Policy").orElseThrow())
                .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
                .doesNotContain("unsafe");
        assertThat(html.header("Cache-Control")).contains("no-store");
        assertThat(Http.send(Http.request(bank.server().uri("/admin/" + NAME + "/console/consents"))
                                .GET())
                        .header("Location"))
                .contains(page.toString());
        for (String none : List.of("page.html", "nothing.js", "..%2fopenapi.json")) {
            assertThat(Http.send(Http.request(page.resolve(none)).GET()).status())
                    .as(none)
                    .isEqualTo(404);
        }
        assertThat(Http.send(Http.request(StaffPage.address(bank.server(), "no-such-realm", ""))
                                .GET())
                        .status())
                .isEqualTo(404);
    }

    @ParameterizedTest(name = "{0} {1} {2}")
    @CsvSource({"en, light, 1280", "de, dark, 360"})
    void everybodyCanReadIt(String language, String scheme, int width) {
        assertReadable(language, scheme, width);
    }

    /** With those above each language, scheme and width with each other. */
    @Tag("long")
    @Tag("weekly")
    @ParameterizedTest(name = "{0} {1} {2}")
    @CsvSource({"en, light, 360", "en, dark, 1280", "de, light, 1280"})
    void everybodyCanReadEachOfThem(String language, String scheme, int width) {
        assertReadable(language, scheme, width);
    }

    private void assertReadable(String language, String scheme, int width) {
        Tokens tokens = granted(acme, BALANCES, TRANSACTIONS);
        granted(bank.tpp("globe-aisp"), BALANCES, "identity.name");
        Staff.of(manager)
                .end(id(tokens), "The customer called: phished. Case 4711")
                .ok();
        Tokens live = granted(acme, BALANCES);
        app.register(UUID.randomUUID(), "sandbox");
        acme.ask(customer, TRANSACTIONS);
        browser.resize(width);
        browser.prefer(scheme);
        StaffPage page = StaffPage.open(browser, manager, view("overview"));
        page.speak(Locale.forLanguageTag(language));
        String look = "-%s-%s-%d".formatted(language, scheme, width);

        assertThat(browser.<String>run("return document.documentElement.lang")).isEqualTo(language);
        look(page, "staff-overview" + look);
        for (String view : List.of("requests", "companies", "deliveries", "blocks")) {
            look(page.show(view(view)), "staff-" + view + look);
        }
        look(page.show(view("customer/" + customer.id())), "staff-customer" + look);
        look(page.show(view("company/" + ACME)), "staff-company" + look);
        look(page.show(view("consent/" + id(live))), "staff-consent" + look);
        browser.click("main button.pf-m-danger");
        page.question();
        look(page, "staff-question" + look);
        page.cancel();
        look(page.show(view("registration")), "staff-registration" + look);
        browser.click("main form input");
        browser.press(Keys.ENTER);
        assertThat(page.complaintOfTheField()).isNotBlank();
        look(page, "staff-registration-wrong" + look);
    }

    private static void look(StaffPage page, String picture) {
        page.settle();
        assertThat(page.text()).doesNotContain("${", "undefined", "[object", "NaN", "Invalid Date");
        new Pictures(browser).keepForDocs(picture + ".png");
        assertThat(browser.scrollsSideways()).as(picture + " scrolls sideways").isFalse();
        assertThat(browser.<Boolean>run("""
                        return [...document.querySelectorAll('main, dialog')].some((it) => it.scrollWidth > it.clientWidth);
                        """))
                .as(picture + " scrolls sideways within")
                .isFalse();
        assertThat(Axe.violations(browser)).as(picture).isEmpty();
    }

    private static String view(String path) {
        return "#/" + NAME + "/" + path;
    }

    /** Without the marks that keep a name's direction. */
    private static String plain(String text) {
        return text.replaceAll("[\u2068\u2069]", "");
    }
}
