package io.assent.it.screen;

import static io.assent.testing.actor.DevRealm.ACME;
import static io.assent.testing.actor.DevRealm.BALANCES;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.assent.testing.actor.Asked;
import io.assent.testing.actor.Customer;
import io.assent.testing.actor.Realm;
import io.assent.testing.actor.Staff;
import io.assent.testing.actor.Tokens;
import io.assent.testing.actor.Tpp;
import io.assent.testing.browser.AccountPage;
import io.assent.testing.browser.Axe;
import io.assent.testing.browser.Browser;
import io.assent.testing.browser.Pictures;
import io.assent.testing.browser.WithBrowser;
import io.assent.testing.phone.SigningPhone;
import io.assent.testing.server.Database;
import io.assent.testing.server.Postgres;
import io.assent.testing.server.Servers;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A consent is confirmed with a passkey, on the account console's page <em>Connected companies</em>. */
@WithBrowser
class AccountPageSignatureIT {

    private static final String REALM = "account-signatures";

    private static Browser browser;
    private static Realm bank;

    private final Customer customer = bank.newCustomer();
    private final String consent = suspended();

    @BeforeAll
    static void makeRules() {
        Servers.shared(Database.POSTGRESQL)
                .admin()
                .createRealm(Servers.realmFile().signing().named(REALM));
        bank = Servers.shared(Database.POSTGRESQL).realm(REALM);
        bank.admin()
                .consentRules(REALM, Map.of("confirm-every-days", "10", "decision-signature", "key+user-verification"))
                .ok();
        bank.admin().demandOfEveryClient(REALM, "consents");
    }

    @AfterAll
    static void stop() {
        bank.admin().removeRealm(REALM);
    }

    @BeforeEach
    void asUsual() {
        browser.startAfresh();
        browser.resize(1280);
        browser.prefer("light");
        browser.plugInAuthenticator();
    }

    /** A consent that was not confirmed in time; its id. */
    private String suspended() {
        Tpp acme = bank.tpp(ACME);
        Asked asked = acme.ask(customer, BALANCES);
        SigningPhone phone = SigningPhone.of(customer);
        phone.approve(phone.app().onlyPendingId()).ok();
        String id =
                Tokens.of(acme.poll(asked)).accessTokenClaims().get("grant_id").asText();
        Postgres.execute(
                Servers.shared(Database.POSTGRESQL).databaseName(),
                "UPDATE consent SET confirm_by = 1 WHERE id = '" + id + "'");
        return id;
    }

    /** With a passkey that is set up at the login. */
    private AccountPage open(String language) {
        bank.admin().updateUser(REALM, customer.id(), user -> user.putArray("requiredActions")
                .add("webauthn-register-passwordless"));
        return AccountPage.openByName(browser, customer, language);
    }

    private void assertSuspended() {
        assertThat(customer.app().consent(consent).text("status")).isEqualTo("suspended");
    }

    @Test
    void thePasskeySignsWhatStandsThere() {
        AccountPage page = open("en");
        page.askConfirm();
        assertThat(page.question()).contains("You confirm this with your passkey", "See your balances");

        page.answer();

        assertThat(page.notice()).contains("keeps its access");
        JsonNode evidence = Staff.of(bank, "view-users").evidence(consent).ok();
        JsonNode history = evidence.at("/consent/history");
        JsonNode signed = history.get(history.size() - 1).get("signed");
        assertThat(signed.at("/signature/kind").asText()).isEqualTo("webauthn");
        assertThat(signed.at("/shown/language").asText()).isEqualTo("en");
    }

    @Test
    void aFingerThatIsNotTheCustomersConfirmsNothingAndCanBeFollowedByTheRightOne() {
        AccountPage page = open("en");
        browser.showFinger(false);
        page.confirm();
        assertThat(page.complaint()).contains("Nothing was confirmed");
        assertSuspended();
        browser.showFinger(true);

        page.answer();

        assertThat(page.notice()).contains("keeps its access");
    }

    @Test
    void whatChangesMeanwhileIsSaid() {
        AccountPage page = open("en");
        page.askConfirm();
        bank.admin().overrideMessage(REALM, "en", "permission.accounts.balances", "Something else");

        try {
            page.answer();

            assertThat(page.notice()).contains("something changed while you were looking");
        } finally {
            bank.admin().overrideMessage(REALM, "en", "permission.accounts.balances", "See your balances");
        }
        assertSuspended();
    }

    @ParameterizedTest
    @CsvSource({"en, light, 1280, have none yet", "de, dark, 360, Sie haben noch keinen"})
    void withoutAPasskeyItSaysWhatToDo(String language, String scheme, int width, String said) {
        browser.resize(width);
        browser.prefer(scheme);
        AccountPage page = AccountPage.openByName(browser, customer, language);

        page.askConfirm();

        assertThat(page.question()).contains(said);
        assertThat(browser.all("dialog[open] button.cc-primary")).isEmpty();
        assertThat(browser.see("dialog[open] a").getDomAttribute("href"))
                .endsWith("/account/account-security/signing-in");
        assertReadable("account-no-passkey-" + language);
        page.cancelOnly();
        assertSuspended();
    }

    @ParameterizedTest
    @CsvSource({"en, dark, 360", "de, light, 1280"})
    void everybodyCanReadIt(String language, String scheme, int width) {
        browser.resize(width);
        browser.prefer(scheme);
        AccountPage page = open(language);

        page.askConfirm();

        assertReadable("account-passkey-" + language);
    }

    private static void assertReadable(String name) {
        browser.run("document.activeElement.blur()");
        new Pictures(browser).keep(name + ".png");
        assertThat(Axe.violations(browser, AccountPage.KEBAB)).isEmpty();
    }
}
