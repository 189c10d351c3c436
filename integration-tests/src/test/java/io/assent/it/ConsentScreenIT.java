package io.assent.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The consent screen in a real browser, from the TPP's redirect to the TPP's token. */
class ConsentScreenIT {

    private static final String BALANCES = "accounts.balances";
    private static final String TRANSACTIONS = "accounts.transactions";
    private static final String DETAILS = "accounts.details";
    private static final String NAME = "identity.name";
    private static final String PAYMENTS = "payments.initiate";
    private static final URI BACK = ConsentFlowIT.BACK;
    private static final String APPROVE = "button[name=decision][value=approve]";
    private static final String DENY = "button[name=decision][value=deny]";

    private final Realm bank = Servers.bank();
    private final Admin admin = bank.admin();
    private final Customer customer = bank.newCustomer();
    private final Tpp acme = bank.tpp("acme-aisp");
    private Browser browser;

    @BeforeEach
    void startBrowser() {
        browser = Browser.start();
    }

    @AfterEach
    void closeBrowser() {
        if (browser != null) {
            browser.close();
        }
    }

    @Test
    void theCustomerTicksOneOfThreePermissionsAndTheTokenHasThatOne() {
        CodeFlow flow = open(acme, BALANCES, TRANSACTIONS, DETAILS);
        assertThat(browser.see("h1").getText()).contains("Acme Budget");

        browser.click(box(BALANCES));
        browser.click(APPROVE);

        Tokens tokens = flow.tokens(browser.leftFor(BACK));
        assertThat(tokens.accessTokenScope()).containsExactlyInAnyOrder("openid", BALANCES);
        assertThat(Tokens.of(acme.refresh(tokens)).accessTokenScope()).containsExactlyInAnyOrder("openid", BALANCES);
    }

    @Test
    void theCustomerDenies() {
        CodeFlow flow = open(acme, BALANCES);

        browser.click(DENY);

        assertThat(flow.error(browser.leftFor(BACK))).isEqualTo("access_denied");
        assertThat(admin.consents(bank.name(), customer.id())).isEmpty();
    }

    @Test
    void onlyWhatIsNewIsAskedTheNextTime() {
        CodeFlow first = open(acme, BALANCES);
        browser.click(box(BALANCES));
        browser.click(APPROVE);
        first.tokens(browser.leftFor(BACK));

        CodeFlow second = open(acme, BALANCES, TRANSACTIONS);
        assertThat(browser.all(box(BALANCES))).isEmpty();
        browser.click(box(TRANSACTIONS));
        browser.click(APPROVE);

        assertThat(second.tokens(browser.leftFor(BACK)).accessTokenScope())
                .containsExactlyInAnyOrder("openid", BALANCES, TRANSACTIONS);
    }

    @Test
    void theLanguageCanBeChangedOnTheScreenAndTheQuestionIsTheSame() {
        CodeFlow flow = open(acme, BALANCES);
        String id = customer.app().onlyPendingId();

        browser.open(URI.create(browser.address() + "&kc_locale=de"));

        assertThat(browser.see(box(BALANCES)).getAccessibleName()).contains("Kontostände");
        assertThat(customer.app().onlyPendingId()).isEqualTo(id);
        browser.click(box(BALANCES));
        browser.click(APPROVE);
        assertThat(flow.tokens(browser.leftFor(BACK)).accessTokenScope()).containsExactlyInAnyOrder("openid", BALANCES);
    }

    @Test
    void theBackButtonAfterTheAnswerGivesNothingMore() {
        CodeFlow flow = open(acme, BALANCES, TRANSACTIONS);
        browser.click(box(BALANCES));
        browser.click(APPROVE);
        flow.tokens(browser.leftFor(BACK));

        browser.back();

        assertThat(customer.app().requests("?status=approved").ok()).hasSize(1);
        assertThat(browser.all(APPROVE)).isEmpty();
    }

    @Test
    void withoutTheActionTheThemedStockPageAsksForAllOrNothing() {
        Realm plain = plainRealm();
        try {
            Customer someone = plain.newCustomer();
            Tpp tpp = plain.tpp("acme-aisp");
            CodeFlow flow = new CodeFlow(tpp, BACK, BALANCES, TRANSACTIONS);
            browser.open(flow.authorizationUri());
            logIn(someone);

            browser.click("summary");
            assertThat(browser.see("body").getText())
                    .contains("Acme Budget", "Your accounts", "See your balances", "See your transactions");
            assertThat(browser.all("input[name=permission]")).isEmpty();
            browser.click("[name=accept]");

            assertThat(flow.tokens(browser.leftFor(BACK)).accessTokenScope())
                    .containsExactlyInAnyOrder("openid", BALANCES, TRANSACTIONS);
        } finally {
            admin.removeRealm(plain.name());
        }
    }

    private Realm plainRealm() {
        admin.createRealm(Servers.realmFile().named("plain").with(realm -> {
            for (JsonNode action : realm.get("requiredActions")) {
                if (action.get("alias").asText().equals("consent-permissions")) {
                    ((ObjectNode) action).put("enabled", false);
                }
            }
        }));
        return bank.server().realm("plain");
    }

    private CodeFlow open(Tpp tpp, String... scopes) {
        CodeFlow flow = new CodeFlow(tpp, BACK, scopes);
        browser.open(flow.authorizationUri());
        logIn(customer);
        browser.see(APPROVE);
        return flow;
    }

    /** Where the bank does not know the customer from a moment ago. */
    private void logIn(Customer who) {
        if (!browser.all("#kc-login").isEmpty()) {
            browser.type("#username", who.username());
            browser.type("#password", who.password());
            browser.click("#kc-login");
        }
    }

    private static String box(String permission) {
        return "input[name=permission][value='" + permission + "']";
    }
}
