package io.assent.it.screen;

import static io.assent.testing.actor.DevRealm.ACME;
import static io.assent.testing.actor.DevRealm.BALANCES;
import static org.assertj.core.api.Assertions.assertThat;

import io.assent.testing.actor.Admin;
import io.assent.testing.actor.Asked;
import io.assent.testing.actor.BankApp;
import io.assent.testing.actor.Customer;
import io.assent.testing.actor.Realm;
import io.assent.testing.actor.Tokens;
import io.assent.testing.actor.Tpp;
import io.assent.testing.browser.AccountPage;
import io.assent.testing.browser.Axe;
import io.assent.testing.browser.Browser;
import io.assent.testing.browser.WithBrowser;
import io.assent.testing.server.Database;
import io.assent.testing.server.Postgres;
import io.assent.testing.server.Servers;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A consent that the bank wants confirmed, on the account console's page <em>Connected companies</em>. */
@WithBrowser
class AccountPageConfirmationIT {

    private static final String REALM = "account-terms";

    private static Browser browser;
    private static Realm realm;

    @BeforeAll
    static void makeRules() {
        Admin admin = Servers.bank(Database.POSTGRESQL).admin();
        admin.createRealm(Servers.realmFile().named(REALM));
        admin.consentRules(REALM, Map.of("confirm-every-days", "10", "confirm-notice-days", "3"))
                .ok();
        admin.demandOfEveryClient(REALM, "consents");
        realm = Servers.shared(Database.POSTGRESQL).realm(REALM);
    }

    @AfterAll
    static void removeRealm() {
        realm.admin().removeRealm(REALM);
    }

    @Test
    void whatIsPausedIsAliveAgainOnceTheCustomerConfirms() {
        Tpp acme = realm.tpp(ACME);
        Customer customer = realm.newCustomer();
        BankApp app = customer.app();
        Asked asked = acme.ask(customer, BALANCES);
        app.approve(app.onlyPendingId(), BALANCES).ok();
        Tokens tokens = Tokens.of(acme.poll(asked));
        String id = app.onlyConsent().get("id").asText();
        AccountPage page = AccountPage.open(browser, customer, "en");
        assertThat(page.text()).contains("Is this still what you want? Please confirm by", "Confirm by");
        assertThat(Axe.violations(browser)).isEmpty();
        Postgres.execute(
                Servers.shared(Database.POSTGRESQL).databaseName(),
                "UPDATE consent SET confirm_by = 1 WHERE id = '" + id + "'");
        assertThat(acme.refresh(tokens).error()).isEqualTo("invalid_grant");

        AccountPage.open(browser, customer, "en");
        assertThat(page.text()).contains("has no access right now, because you did not confirm in time");
        assertThat(Axe.violations(browser)).isEmpty();
        browser.screenshot("account-paused");
        page.confirm();

        assertThat(page.notice()).contains("keeps its access");
        assertThat(page.text()).contains("Please confirm by").doesNotContain("has no access right now");
        Tokens.of(acme.refresh(tokens));
    }
}
