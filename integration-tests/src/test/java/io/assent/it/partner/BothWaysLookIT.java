package io.assent.it.partner;

import static io.assent.it.partner.TwoRealms.GOALS;
import static io.assent.it.partner.TwoRealms.POTS;
import static io.assent.testing.actor.DevRealm.ACME;
import static io.assent.testing.actor.DevRealm.BALANCES;
import static io.assent.testing.actor.DevRealm.TRANSACTIONS;
import static org.assertj.core.api.Assertions.assertThat;

import io.assent.testing.actor.CodeFlow;
import io.assent.testing.actor.Customer;
import io.assent.testing.browser.AccountPage;
import io.assent.testing.browser.Axe;
import io.assent.testing.browser.Browser;
import io.assent.testing.browser.ConsentScreen;
import io.assent.testing.browser.Pictures;
import io.assent.testing.browser.StaffPage;
import io.assent.testing.browser.WithBrowser;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Both ways in a real browser: how the two pages look, and that a customer gets through both realms. */
@WithBrowser
class BothWaysLookIT {

    private static TwoRealms realms;
    private static Browser browser;

    @BeforeAll
    static void makeRealms() {
        realms = TwoRealms.open("both-ways-look");
    }

    @AfterAll
    static void removeRealms() {
        realms.close();
    }

    @ParameterizedTest
    @CsvSource({"en,light,360", "en,dark,1280", "de,dark,360", "de,light,1280"})
    void theCustomerChoosesHereAndAllowsThere(String language, String scheme, int width) throws IOException {
        browser.startAfresh();
        browser.resize(width);
        browser.prefer(scheme);
        Customer customer = realms.bank().newCustomer();
        Customer atHarvest = realms.harvest().newCustomer();
        CodeFlow flow = realms.flow(BALANCES, TRANSACTIONS).with("ui_locales", language);

        ConsentScreen screen = ConsentScreen.open(browser, flow, customer);
        screen.tick(BALANCES);
        browser.click("input[name=partner][value=" + POTS + "]");
        browser.run("document.activeElement.blur()");
        look("both-ways", language, scheme, width);

        realms.set("tokenUrl", TwoRealms.nowhere().toString());
        try {
            browser.click("button[name=decision][value=approve]");
            ConsentScreen.logIn(browser, atHarvest);
            browser.see("button[name=partner-answer]");
            look("both-ways-not-connected", language, scheme, width);
        } finally {
            realms.set("tokenUrl", realms.harvest().tokenEndpoint().toString());
        }
        browser.click("button[name=partner-answer][value=again]");
        URI back = browser.sentTo(flow.redirectUri());

        assertThat(flow.tokens(back).accessTokenScope()).contains(BALANCES).doesNotContain(TRANSACTIONS);
        assertThat(realms.onlyConnection(customer.app()).get("permissions").findValuesAsText("scope"))
                .containsExactly(POTS)
                .doesNotContain(GOALS);
    }

    @Test
    void staffAndCustomerSeeAndEndIt() throws IOException {
        browser.startAfresh();
        browser.resize(1280);
        browser.prefer("light");
        Customer customer = realms.bank().newCustomer();
        Customer atHarvest = realms.harvest().newCustomer();
        CodeFlow flow = realms.flow(BALANCES).with("ui_locales", "en");
        ConsentScreen.open(browser, flow, customer).tick(BALANCES);
        browser.click("input[name=partner][value=" + POTS + "]");
        browser.click("button[name=decision][value=approve]");
        ConsentScreen.logIn(browser, atHarvest);
        browser.sentTo(flow.redirectUri());

        Customer staff = realms.bank().newCustomer();
        for (String role : List.of("view-users", "manage-users", "view-clients")) {
            realms.admin().giveRole(realms.bank().name(), staff.id(), "realm-management", role);
        }
        browser.startAfresh();
        browser.resize(1280);
        StaffPage page = StaffPage.open(browser, staff, "#/" + realms.bank().name() + "/customer/" + customer.id());
        assertThat(page.card("The bank's access at other companies"))
                .contains("harvest", "Acme Budget", POTS, "Connected");
        new Pictures(browser).keep("staff-partners.png");
        assertThat(Axe.violations(browser)).isEmpty();

        for (int width : new int[] {360, 1280}) {
            browser.startAfresh();
            browser.resize(width);
            AccountPage.open(browser, customer, "en");
            browser.see("#cc-partners");
            new Pictures(browser).keep("account-partners-%d.png".formatted(width));
            assertThat(Axe.violations(browser, AccountPage.KEBAB)).isEmpty();
        }
        browser.click(".cc-ended .cc-company button");
        browser.click("dialog .cc-danger");
        browser.see(".cc-done");

        assertThat(customer.app().partners().ok().at("/partners/0/endedBy").asText())
                .isEqualTo("customer");
        assertThat(customer.app().onlyConsent().at("/client/clientId").asText()).isEqualTo(ACME);
    }

    @Test
    void theCustomerEndsBothWithOneAnswer() {
        CustomerOfBoth both = CustomerOfBoth.of(realms);
        both.connect(POTS);
        CustomerOfBoth other = CustomerOfBoth.of(realms);
        other.connect(POTS);
        browser.startAfresh();
        AccountPage page = AccountPage.open(browser, both.customer(), "en");

        page.askTakeBack();
        browser.click("dialog .cc-choice input");
        page.answer();
        browser.see(".cc-done");

        assertThat(both.app().consents("?status=live").list()).isEmpty();
        assertThat(both.app().partners().ok().at("/partners/0/endedBy").asText())
                .isEqualTo("customer");
        assertThat(other.app().onlyConsent().at("/client/clientId").asText()).isEqualTo(ACME);
        realms.onlyConnection(other.app());
    }

    private static void look(String page, String language, String scheme, int width) throws IOException {
        new Pictures(browser).keepForDocs("%s-%s-%s-%d.png".formatted(page, language, scheme, width));
        assertThat(Axe.violations(browser)).isEmpty();
        assertThat(browser.scrollsSideways()).as("scrolls sideways").isFalse();
    }
}
