package io.assent.it.identity;

import static io.assent.testing.actor.DevRealm.ACME;
import static io.assent.testing.actor.DevRealm.BALANCES;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.assent.testing.actor.Asked;
import io.assent.testing.actor.BankApp;
import io.assent.testing.actor.Customer;
import io.assent.testing.actor.Realm;
import io.assent.testing.actor.Tokens;
import io.assent.testing.actor.Tpp;
import io.assent.testing.browser.Axe;
import io.assent.testing.browser.Browser;
import io.assent.testing.browser.Pictures;
import io.assent.testing.browser.StaffPage;
import io.assent.testing.browser.WithBrowser;
import io.assent.testing.server.Database;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which data a customer shares, on the staff's page: names and purposes, whatever the company wrote. */
@WithBrowser
class StaffClaimsLookIT {

    private static final String PURPOSE = "To open your savings account";
    private static final String HOSTILE = "<img src=x onerror=document.title='owned'> " + "x".repeat(240);

    private static Browser browser;
    private static IdentityRealm identity;
    private static Realm bank;
    private static Customer staff;

    private final Customer customer = identity.newCustomer();
    private final BankApp app = customer.app();

    @BeforeAll
    static void makeTheRealm() {
        identity = new IdentityRealm(Database.H2);
        bank = identity.realm();
        staff = bank.newCustomer();
        for (String role : List.of("view-users", "view-clients")) {
            bank.admin().giveRole(bank.name(), staff.id(), "realm-management", role);
        }
    }

    @AfterAll
    static void removeTheRealm() {
        identity.remove();
    }

    @ParameterizedTest
    @CsvSource({"360, light", "1280, dark", "360, dark", "1280, light"})
    void namesAndPurposesAreShownAndNothingOfThemIsMarkup(int width, String scheme) {
        String consent = granted("""
                {"userinfo":{"given_name":null,"birthdate":{"value":"1980-05-12"},
                  "verified_claims":[
                    {"verification":{"trust_framework":{"value":"de_aml"},"evidence":[{"type":{"value":"document"}}]},
                     "claims":{"age_over_18":{"purpose":"%s"},"nationality":{"purpose":"%s"}}},
                    {"verification":{"trust_framework":null},"claims":{"birthdate":null}}]}}""".formatted(PURPOSE, HOSTILE));

        StaffPage page = open(consent, width, scheme);

        String card = page.card("Data about the customer");
        assertThat(card)
                .contains("age_over_18", "de_aml", "with documents", PURPOSE, "identity.checked", "identity.person")
                .contains("Any framework of the permission", "<img src=x onerror=")
                .doesNotContain("1980");
        assertThat(browser.all("main img")).isEmpty();
        assertThat(browser.title()).doesNotContain("owned");
        assertThat(page.card("Evidence")).contains(PURPOSE).doesNotContain("1980");
        look("staff-claims-%d-%s".formatted(width, scheme));
    }

    @Test
    void whereNoneAreSharedNothingIsSaidOfThem() {
        Tpp acme = bank.tpp(ACME);
        Asked asked = acme.ask(customer, BALANCES);
        app.approve(app.onlyPendingId(), BALANCES).ok();

        StaffPage page = open(grantId(Tokens.of(acme.poll(asked))), 1280, "light");

        assertThat(page.cards()).doesNotContain("Data about the customer").contains("History");
    }

    @Test
    void ofARemovedCustomerThePageSaysThatItIsForgotten() {
        String consent = granted("""
                {"userinfo":{"verified_claims":{"verification":{"trust_framework":null},"claims":{"birthdate":null}}}}""");
        bank.admin().removeUser(bank.name(), customer.id());

        assertThat(open(consent, 1280, "light").card("Data about the customer"))
                .contains("deleted when the customer was removed");
    }

    private StaffPage open(String consent, int width, String scheme) {
        browser.startAfresh();
        browser.resize(width);
        browser.prefer(scheme);
        return StaffPage.open(browser, staff, "#/" + bank.name() + "/consent/" + consent);
    }

    private String granted(String claims) {
        Tpp acme = bank.tpp(ACME);
        Asked asked = Asked.of(acme.request(customer, Map.of("claims", claims), BALANCES));
        JsonNode request = app.onlyPending();
        app.approve(request.get("id").asText(), BankApp.permissions(request).toArray(String[]::new))
                .ok();
        return grantId(Tokens.of(acme.poll(asked)));
    }

    private static String grantId(Tokens tokens) {
        return tokens.response().get("grant_id").asText();
    }

    private static void look(String name) {
        browser.run("[...document.querySelectorAll('.st-card')][1].scrollIntoView()");
        new Pictures(browser).keep(name + ".png");
        assertThat(Axe.violations(browser)).isEmpty();
        assertThat(browser.scrollsSideways()).as("scrolls sideways").isFalse();
    }
}
