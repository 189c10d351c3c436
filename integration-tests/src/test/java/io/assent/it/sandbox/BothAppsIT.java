package io.assent.it.sandbox;

import static io.assent.testing.actor.DevRealm.BALANCES;
import static io.assent.testing.actor.DevRealm.TRANSACTIONS;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.assent.testing.Eventually;
import io.assent.testing.actor.Customer;
import io.assent.testing.actor.Realm;
import io.assent.testing.actor.RealmFile;
import io.assent.testing.actor.Server;
import io.assent.testing.browser.Axe;
import io.assent.testing.browser.Browser;
import io.assent.testing.browser.ConsentScreen;
import io.assent.testing.browser.PhonePage;
import io.assent.testing.browser.Pictures;
import io.assent.testing.browser.TppPage;
import io.assent.testing.browser.WithBrowser;
import io.assent.testing.http.Http;
import io.assent.testing.server.Database;
import io.assent.testing.server.Servers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The sandbox's bank and its partner, as they are shipped: each shows in its own app what the customer has at the other
 * one. A browser for the phone, and one for the company.
 */
@WithBrowser
class BothAppsIT {

    private static final String NOVA = "nova-tpp";
    private static final String POTS = "savings.pots";
    private static final String BANK = "both-apps";

    private static Browser hand;
    private static Browser desk;
    private static Realm bank;
    private static Realm nova;

    private final Customer customer = bank.newCustomer();
    private PhonePage phone;
    private TppPage company;

    @BeforeAll
    static void makeRealms() {
        Server server = Servers.bank(Database.H2).server();
        bank = server.realm(BANK);
        nova = server.realm(BANK + "-nova");
        server.admin().createRealm(Servers.realmFile().named(bank.name()).with(nova, "nova"));
        server.admin().createRealm(RealmFile.partner().named(nova.name()).with(bank, "bank"));
    }

    @AfterAll
    static void removeRealms() {
        bank.admin().removeRealm(bank.name());
        bank.admin().removeRealm(nova.name());
    }

    @ParameterizedTest(name = "{0} pixels wide, {1}")
    @CsvSource({"360, light", "1280, dark"})
    void bothAppsShowEachOthersBalanceAndTheBanksOneEndsAlone(int width, String scheme) {
        open(width, scheme);
        grantAPartOfEach();
        assertThatBothShowBalances();
        look("both-apps-%s-" + width + "-" + scheme);

        phone.endElsewhere();

        assertThat(phone.text()).doesNotContain("Holiday", "Rainy day");
        assertThat(customer.app().partners().ok().at("/partners/0/endedBy").asText())
                .isEqualTo("customer");
        assertThat(seenElsewhere()).isEmpty();
        company.readBalances();
        assertThat(company.balances()).isNotEmpty();
        assertThat(phone.companies()).containsExactly("Nova Money");
    }

    @ParameterizedTest(name = "{0} pixels wide, {1}")
    @CsvSource({"360, dark", "1280, light"})
    void bothAppsShowEachOthersBalanceAndTheCompanysOneEndsAlone(int width, String scheme) {
        open(width, scheme);
        grantAPartOfEach();
        assertThatBothShowBalances();

        phone.openCompany();
        phone.takeBack();
        phone.goHome();

        company.readBalances();
        assertThat(company.noBalances()).startsWith("The bank shows nothing.");
        assertThat(company.balances()).isEmpty();
        look("both-apps-ended-%s-" + width + "-" + scheme);
        assertThat(phone.elsewhere()).singleElement().asString().contains("Nova Money", "Holiday", "Rainy day");
        assertThat(seenElsewhere()).isNotEmpty();
    }

    /** What is not granted at one side is not shown at the other one. */
    @Test
    void whoLetsTheBankSeeNothingThereHasNothingOfItOnThePhone() {
        open(360, "light");
        company.askForBalances(NOVA, customer.username(), Set.of(BALANCES));
        phone.openPush();
        phone.tickAccounts();
        phone.tick(BALANCES);
        phone.approve();
        phone.goHome();

        company.awaitState("granted");
        assertThat(company.balances()).isNotEmpty();
        assertThat(phone.elsewhere()).isEmpty();
        assertThat(seenElsewhere()).isEmpty();
    }

    private void open(int width, String scheme) {
        hand.startAfresh();
        desk.startAfresh();
        hand.prefer(scheme);
        hand.resize(width);
        phone = PhonePage.open(hand, bank);
        phone.logIn(customer.username(), customer.password());
        company = TppPage.openInNewTab(desk, bank);
        desk.prefer(scheme);
        desk.resize(width);
    }

    /** The balances here, and not the transactions; the pots there, and not the goals. */
    private void grantAPartOfEach() {
        company.askForBalances(NOVA, customer.username(), Set.of(BALANCES, TRANSACTIONS));
        phone.openPush();
        assertThat(phone.asker()).isEqualTo("Nova Money");
        assertThat(phone.request()).contains("what we may see at Nova Money", "The balance of your pots");
        phone.tickAccounts();
        phone.tick(BALANCES);
        phone.tick(POTS);
        hand.click("#approve");

        Customer there = nova.newCustomer();
        ConsentScreen.logIn(hand, there);
        ConsentScreen.shown(hand).tick(POTS);
        hand.click("button[name=decision][value=approve]");
        phone.awaitConnection("Connected");
        company.awaitState("granted");
        // the phone may have read its lists before the company had its token
        hand.reload();
    }

    private void assertThatBothShowBalances() {
        assertThat(company.granted("yes")).containsExactly(BALANCES);
        List<String> before = company.balances();
        assertThat(before).isNotEmpty().allSatisfy(line -> assertThat(line)
                .matches("(?s)acc-[0-9a-f]{16}\\s[0-9.]+ (EUR|GBP|JPY)"));
        List<JsonNode> accounts = StreamSupport.stream(
                        company.claims().at("/authorization_details/0/accounts").spliterator(), false)
                .toList();
        assertThat(before).hasSameSizeAs(accounts);
        bank.tpp(NOVA)
                .post("/sandbox/events", Map.of("customer", customer.username(), "kind", "salary"))
                .ok();
        company.readBalances();
        assertThat(company.balances())
                .as("after a salary")
                .hasSameSizeAs(before)
                .isNotEqualTo(before);

        Eventually.within(
                Duration.ofMinutes(1), "the pots", () -> phone.elsewhere().size() == 1);
        List<String> pots = seenElsewhere();
        assertThat(pots).hasSize(2);
        assertThat(phone.elsewhere().get(0).replace(",", ""))
                .contains("Nova Money", "Holiday", "Rainy day")
                .contains(pots.stream().map(balance -> "£" + balance).toList())
                .doesNotContain("bicycle");
    }

    /** The balances that the bank's own service reads at the company now. */
    private List<String> seenElsewhere() {
        JsonNode partners = Http.send(Http.request(bank.uri("/sandbox/elsewhere"))
                        .header("Authorization", "Bearer " + customer.app().accessToken()))
                .ok()
                .get("partners");
        return partners.findValuesAsText("balance");
    }

    private void look(String name) {
        for (Browser browser : List.of(hand, desk)) {
            assertThat(Axe.violations(browser)).isEmpty();
            assertThat(browser.scrollsSideways()).isFalse();
            new Pictures(browser).keep(name.formatted(browser == hand ? "phone" : "company") + ".png");
        }
    }
}
