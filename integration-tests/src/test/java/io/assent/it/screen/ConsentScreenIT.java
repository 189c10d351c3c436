package io.assent.it.screen;

import static io.assent.testing.actor.DevRealm.ACME;
import static io.assent.testing.actor.DevRealm.BALANCES;
import static io.assent.testing.actor.DevRealm.DETAILS;
import static io.assent.testing.actor.DevRealm.TRANSACTIONS;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.assent.testing.actor.Admin;
import io.assent.testing.actor.CodeFlow;
import io.assent.testing.actor.Customer;
import io.assent.testing.actor.Realm;
import io.assent.testing.actor.Tokens;
import io.assent.testing.actor.Tpp;
import io.assent.testing.browser.Browser;
import io.assent.testing.browser.ConsentScreen;
import io.assent.testing.browser.WithBrowser;
import io.assent.testing.server.Servers;
import java.net.URI;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The consent screen in a real browser, from the TPP's redirect to the TPP's token. */
@WithBrowser
class ConsentScreenIT {

    private static Browser browser;

    private final Realm bank = Servers.bank();
    private final Admin admin = bank.admin();
    private final Customer customer = bank.newCustomer();
    private final Tpp acme = bank.tpp(ACME);

    @BeforeEach
    void startAfresh() {
        browser.startAfresh();
    }

    @Test
    void theCustomerTicksOneOfThreePermissionsAndTheTokenHasThatOne() {
        CodeFlow flow = flow(acme, BALANCES, TRANSACTIONS, DETAILS);
        ConsentScreen screen = ConsentScreen.open(browser, flow, customer);
        assertThat(screen.heading()).contains("Acme Budget");

        screen.tick(BALANCES);

        Tokens tokens = flow.tokens(screen.approve(flow));
        assertThat(tokens.accessTokenScope()).containsExactlyInAnyOrder("openid", BALANCES);
        assertThat(Tokens.of(acme.refresh(tokens)).accessTokenScope()).containsExactlyInAnyOrder("openid", BALANCES);
    }

    @Test
    void theCustomerDenies() {
        CodeFlow flow = flow(acme, BALANCES);

        URI back = ConsentScreen.open(browser, flow, customer).deny(flow);

        assertThat(flow.error(back)).isEqualTo("access_denied");
        assertThat(admin.consents(bank.name(), customer.id())).isEmpty();
    }

    @Test
    void onlyWhatIsNewIsAskedTheNextTime() {
        CodeFlow first = flow(acme, BALANCES);
        ConsentScreen screen = ConsentScreen.open(browser, first, customer);
        screen.tick(BALANCES);
        first.tokens(screen.approve(first));

        CodeFlow second = flow(acme, BALANCES, TRANSACTIONS);
        screen = ConsentScreen.open(browser, second, customer);
        assertThat(browser.all(box(BALANCES))).isEmpty();
        screen.tick(TRANSACTIONS);

        assertThat(second.tokens(screen.approve(second)).accessTokenScope())
                .containsExactlyInAnyOrder("openid", BALANCES, TRANSACTIONS);
    }

    @Test
    void theLanguageCanBeChangedOnTheScreenAndTheQuestionIsTheSame() {
        CodeFlow flow = flow(acme, BALANCES);
        ConsentScreen screen = ConsentScreen.open(browser, flow, customer);
        String id = customer.app().onlyPendingId();

        browser.open(URI.create(browser.address() + "&kc_locale=de"));

        assertThat(browser.see(box(BALANCES)).getAccessibleName()).contains("Kontostände");
        assertThat(customer.app().onlyPendingId()).isEqualTo(id);
        screen.tick(BALANCES);
        assertThat(flow.tokens(screen.approve(flow)).accessTokenScope()).containsExactlyInAnyOrder("openid", BALANCES);
    }

    @Test
    void theBackButtonAfterTheAnswerGivesNothingMore() {
        CodeFlow flow = flow(acme, BALANCES, TRANSACTIONS);
        ConsentScreen screen = ConsentScreen.open(browser, flow, customer);
        screen.tick(BALANCES);
        flow.tokens(screen.approve(flow));

        browser.back();

        assertThat(customer.app().requests("?status=approved").list()).hasSize(1);
        assertThat(browser.all("button[name=decision][value=approve]")).isEmpty();
    }

    @Test
    void withoutTheActionTheThemedStockPageAsksForAllOrNothing() {
        Realm plain = plainRealm();
        try {
            CodeFlow flow = flow(plain.tpp(ACME), BALANCES, TRANSACTIONS);
            ConsentScreen screen = ConsentScreen.open(browser, flow, plain.newCustomer());

            browser.click("summary");
            assertThat(browser.see("body").getText())
                    .contains("Acme Budget", "Your accounts", "See your balances", "See your transactions");
            assertThat(browser.all("input[name=permission]")).isEmpty();
            assertThat(browser.all("[name=accept]")).hasSize(1);

            assertThat(flow.tokens(screen.approve(flow)).accessTokenScope())
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

    private static CodeFlow flow(Tpp tpp, String... scopes) {
        return new CodeFlow(tpp, CodeFlow.BACK, scopes);
    }

    private static String box(String permission) {
        return "input[name=permission][value='" + permission + "']";
    }
}
