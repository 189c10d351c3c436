package io.assent.it.screen;

import static io.assent.testing.actor.DevRealm.ACME;
import static io.assent.testing.actor.DevRealm.BALANCES;
import static io.assent.testing.actor.DevRealm.DETAILS;
import static io.assent.testing.actor.DevRealm.TRANSACTIONS;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.assent.testing.actor.Admin;
import io.assent.testing.actor.CodeFlow;
import io.assent.testing.actor.Customer;
import io.assent.testing.actor.Realm;
import io.assent.testing.actor.RealmFile;
import io.assent.testing.actor.Tpp;
import io.assent.testing.browser.Axe;
import io.assent.testing.browser.Browser;
import io.assent.testing.browser.ConsentScreen;
import io.assent.testing.browser.Pictures;
import io.assent.testing.browser.WithBrowser;
import io.assent.testing.http.Http;
import io.assent.testing.server.Database;
import io.assent.testing.server.Keycloak;
import io.assent.testing.server.Servers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * How both consent pages look, and whether everybody can read them: on the stock server, in a real browser. No question
 * is answered here, so that the same customer sees them all.
 */
@WithBrowser
class ConsentScreenLookIT {

    private static final String[] ASKED = {DETAILS, BALANCES, TRANSACTIONS, "identity.name"};

    /** With the consent screen, and with Keycloak's own consent page in its place. */
    private static final RealmFile SCREEN = realmFile("look", true);

    private static final RealmFile STOCK_PAGE = realmFile("look-stock", false);

    private static final String LONG_WORD =
            "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft";

    private static final Map<String, String> TITLES = Map.of(
            "en", "Acme Budget asks for your permission",
            "de", "Acme Budget bittet um Ihre Erlaubnis");

    private static Browser browser;
    private static Customer customerOfScreen;
    private static Customer customerOfStockPage;

    @BeforeAll
    static void makeRealms() {
        Keycloak server = Servers.shared(Database.H2);
        server.admin().createRealm(SCREEN);
        server.admin().createRealm(STOCK_PAGE);
        customerOfScreen = server.realm(SCREEN.name()).newCustomer();
        customerOfStockPage = server.realm(STOCK_PAGE.name()).newCustomer();
    }

    @AfterAll
    static void removeRealms() {
        Admin admin = Servers.shared(Database.H2).admin();
        admin.removeRealm(SCREEN.name());
        admin.removeRealm(STOCK_PAGE.name());
    }

    @BeforeEach
    void asUsual() {
        browser.resize(1280);
        browser.prefer("light");
    }

    /** One look by day and one by night. */
    private static final List<Arguments> PAIR = List.of(
            Arguments.of("consent-screen", "en", "light", 360), Arguments.of("consent-screen", "en", "dark", 1280));

    static Stream<Arguments> pair() {
        return PAIR.stream();
    }

    static Stream<Arguments> grid() {
        return Looks.ofPages(List.of("consent-screen", "all-or-nothing"), PAIR);
    }

    @ParameterizedTest(name = "{0} {1} {2} {3}")
    @MethodSource("pair")
    void everybodyCanReadIt(String page, String language, String scheme, int width) throws IOException {
        assertReadable(page, language, scheme, width);
    }

    /** All pages, languages, schemes and widths but those of {@link #pair}. */
    @Tag("long")
    @ParameterizedTest(name = "{0} {1} {2} {3}")
    @MethodSource("grid")
    void everybodyCanReadEachOfThem(String page, String language, String scheme, int width) throws IOException {
        assertReadable(page, language, scheme, width);
    }

    private static void assertReadable(String page, String language, String scheme, int width) throws IOException {
        browser.resize(width);
        browser.prefer(scheme);
        Customer customer = page.equals("consent-screen") ? customerOfScreen : customerOfStockPage;
        ConsentScreen screen = open(customer, ACME, language, ASKED);

        assertThat(browser.title()).isEqualTo(TITLES.get(language));
        assertThat(screen.heading()).isEqualTo(TITLES.get(language));
        assertThat(browser.<String>run("return document.documentElement.lang")).isEqualTo(language);
        assertThat(isDark()).as("a dark page").isEqualTo(scheme.equals("dark"));
        if (page.equals("consent-screen")) {
            screen.tick(BALANCES);
        }
        browser.run("document.activeElement.blur()");
        pictures().keepForDocs("%s-%s-%s-%d.png".formatted(page, language, scheme, width));

        assertReadable(screen);
    }

    @ParameterizedTest
    @ValueSource(ints = {360, 1280})
    void itRunsFromRightToLeft(int width) throws IOException {
        Admin admin = customerOfScreen.realm().admin();
        admin.overrideMessage(SCREEN.name(), "ar", "consent.screen.title", "{0} يطلب إذنك");
        admin.overrideMessage(SCREEN.name(), "ar", "consent.screen.approve", "موافقة");
        admin.overrideMessage(SCREEN.name(), "ar", "consent.screen.deny", "رفض");
        browser.resize(width);
        ConsentScreen screen = open(customerOfScreen, ACME, "ar", ASKED);

        assertThat(screen.heading()).isEqualTo("Acme Budget يطلب إذنك");
        assertThat(browser.<String>run("return document.documentElement.dir")).isEqualTo("rtl");
        assertThat(browser.<Boolean>run("""
                        const [logo, words] = ['.consent-logo', '.consent-asks'].map((it) => document.querySelector(it).getBoundingClientRect());
                        return logo.left >= words.right;
                        """)).as("the logo comes first").isTrue();
        pictures().keep("consent-screen-ar-light-%d.png".formatted(width));
        assertReadable(screen);
    }

    @ParameterizedTest(name = "{0} px wide, text at {1} %")
    @CsvSource({"320, 100", "1280, 200", "640, 200"})
    void itReflowsWhenEnlarged(int width, int percent) {
        browser.resize(width);
        ConsentScreen screen = open(customerOfScreen, ACME, "de", ASKED);
        browser.run("document.documentElement.style.fontSize = arguments[0] + '%'", percent);

        assertReadable(screen);
    }

    @Test
    void theLogoAndTheNameOfTheBankAreOnEveryPage() {
        browser.open(Servers.shared(Database.H2).uri("/realms/" + STOCK_PAGE.name() + "/protocol/openid-connect/auth"));

        assertThat(browser.see("#kc-header-wrapper").getText()).isEqualTo("Example Bank");
        assertThat(
                        browser.<String>run(
                                "return getComputedStyle(document.querySelector('#kc-header-wrapper'), '::before').backgroundImage"))
                .contains("/img/bank-icon.svg");
        assertThat(Axe.violations(browser)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {360, 1280})
    void aLongQuestionOfASuspiciousTppStaysReadable(int width) throws IOException {
        Admin admin = customerOfScreen.realm().admin();
        admin.overrideMessage(SCREEN.name(), "en", "text.group1.permission1", LONG_WORD);
        admin.overrideMessage(SCREEN.name(), "en", "text.group1.permission1.detail", "word ".repeat(400));
        admin.overrideMessage(SCREEN.name(), "en", "text.group2.permission2.detail", LONG_WORD.repeat(25));
        admin.overrideMessage(SCREEN.name(), "en", "consent.group.group1.title", LONG_WORD);
        browser.resize(width);
        ConsentScreen screen = open(customerOfScreen, "suspicious", "en", sixty().toArray(String[]::new));

        assertThat(screen.heading()).contains(LONG_WORD + " \u05d0\u05d1\u05d2 & co");
        assertThat(browser.all(".consent-who b, .consent-who img, .consent a")).isEmpty();
        assertThat(browser.see(".consent-logo").getText())
                .isEqualTo(LONG_WORD.substring(0, 1).toUpperCase(Locale.ROOT));
        assertThat(screen.groups()).hasSize(6);
        assertThat(browser.all("input[name=permission]")).hasSize(60);
        pictures().keep("sixty-permissions-%d.png".formatted(width));
        assertReadable(screen);
    }

    @Test
    void aLogoThatDoesNotLoadLeavesTheInitial() {
        Realm realm = customerOfScreen.realm();
        Tpp tpp = realm.newTpp(ACME, client -> client.put("name", "\ud835\udd38cme")
                .withObjectProperty("attributes")
                .put("logoUri", "http://127.0.0.1:9/logo.png"));
        open(customerOfScreen, tpp.clientId(), "en", ASKED);

        assertThat(browser.see(".consent-logo").getText()).isEqualTo("\ud835\udd38");
        assertThat(browser.all(".consent-logo img")).isEmpty();
        realm.admin().removeClient(realm.name(), tpp.clientId());
    }

    @ParameterizedTest
    @ValueSource(strings = {"light", "dark"})
    void theScreenFitsIntoAnotherTheme(String scheme) throws IOException {
        browser.prefer(scheme);
        Realm realm = customerOfScreen.realm();
        realm.admin().updateRealm(realm.name(), it -> it.put("loginTheme", "keycloak.v2"));
        try {
            ConsentScreen screen = open(customerOfScreen, ACME, "en", ASKED);

            pictures().keep("in-keycloak-v2-%s.png".formatted(scheme));
            assertReadable(screen);
        } finally {
            realm.admin().updateRealm(realm.name(), it -> it.put("loginTheme", "permissions"));
        }
    }

    @Test
    void aBankBrandsItByPropertiesAlone() throws IOException {
        Path theme = Servers.shared(Database.H2).themes().resolve("mybank/login");
        Files.createDirectories(theme);
        Files.writeString(theme.resolve("theme.properties"), """
                parent=permissions
                bankName=My Bank & Sons
                bankPrimaryColor=#00695c
                """);
        Realm realm = customerOfScreen.realm();
        realm.admin().updateRealm(realm.name(), it -> it.put("loginTheme", "mybank"));
        try {
            ConsentScreen screen = open(customerOfScreen, ACME, "en", ASKED);

            assertThat(browser.see("#kc-header-wrapper").getText()).isEqualTo("My Bank & Sons");
            assertThat(browser.<String>run(
                            "return getComputedStyle(document.querySelector('.consent-button')).backgroundColor"))
                    .isEqualTo("rgb(0, 105, 92)");
            pictures().keep("mybank.png");
            assertReadable(screen);
        } finally {
            realm.admin().updateRealm(realm.name(), it -> it.put("loginTheme", "permissions"));
        }
    }

    private static void assertReadable(ConsentScreen screen) {
        assertThat(screen.smallTargets()).isEmpty();
        for (boolean folded : List.of(false, true)) {
            screen.foldEverything(folded);
            assertThat(browser.scrollsSideways()).as("scrolls sideways").isFalse();
            assertThat(Axe.violations(browser)).isEmpty();
        }
    }

    private static boolean isDark() {
        return browser.<Boolean>run("""
                return getComputedStyle(document.querySelector('main')).backgroundColor
                    .match(/[0-9.]+/g).slice(0, 3).every((part) => part < 100);
                """);
    }

    private static ConsentScreen open(Customer customer, String clientId, String language, String... scopes) {
        CodeFlow flow =
                new CodeFlow(customer.realm().tpp(clientId), CodeFlow.BACK, scopes).with("ui_locales", language);
        return ConsentScreen.open(browser, flow, customer);
    }

    private static Pictures pictures() {
        return new Pictures(browser);
    }

    private static RealmFile realmFile(String name, boolean withScreen) {
        return RealmFile.shipped().hashingCheaply().named(name).with(realm -> {
            realm.withArrayProperty("supportedLocales").add("ar");
            realm.get("requiredActions").forEach(action -> {
                if (action.get("alias").asText().equals("consent-permissions")) {
                    ((ObjectNode) action).put("enabled", withScreen);
                    ((ObjectNode) action.get("config")).put("granularity", "all-clients");
                }
            });
            realm.get("clients").forEach(client -> {
                if (client.get("clientId").asText().equals(ACME)) {
                    client.withArrayProperty("defaultClientScopes").add(DETAILS);
                    client.withArrayProperty("optionalClientScopes")
                            .removeAll()
                            .add(BALANCES)
                            .add(TRANSACTIONS)
                            .add("identity.name");
                }
            });
            sixty().forEach(scope -> realm.withArrayProperty("clientScopes").add(permission(scope)));
            realm.withArrayProperty("clients").add(suspicious());
        });
    }

    private static List<String> sixty() {
        return IntStream.rangeClosed(1, 60)
                .mapToObj(number -> "group%d.permission%d".formatted(number % 6, number))
                .toList();
    }

    private static ObjectNode permission(String name) {
        ObjectNode scope = Http.object().put("name", name).put("protocol", "openid-connect");
        scope.withObjectProperty("attributes")
                .put("display.on.consent.screen", "true")
                .put("consent.screen.text", "${text." + name + "}")
                .put("include.in.token.scope", "true");
        return scope;
    }

    /** A TPP with markup in its name and with addresses that are not safe to open, as far as the server takes such. */
    private static ObjectNode suspicious() {
        ObjectNode client = Http.object()
                .put("clientId", "suspicious")
                .put("name", LONG_WORD + " \u05d0\u05d1\u05d2 & co")
                .put("secret", "suspicious-secret")
                .put("consentRequired", true);
        client.withArrayProperty("redirectUris").add("http://localhost:*");
        client.withObjectProperty("attributes")
                .put("policyUri", "http://suspicious.example/privacy")
                .put("tosUri", "ftp://suspicious.example/terms")
                .put("logoUri", "http://suspicious.example/logo.png");
        client.withArrayProperty("defaultClientScopes");
        sixty().forEach(client.withArrayProperty("optionalClientScopes")::add);
        return client;
    }
}
