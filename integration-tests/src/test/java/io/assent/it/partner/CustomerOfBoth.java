package io.assent.it.partner;

import static io.assent.testing.actor.DevRealm.BALANCES;

import io.assent.testing.actor.BankApp;
import io.assent.testing.actor.CodeFlow;
import io.assent.testing.actor.Customer;
import io.assent.testing.actor.Tokens;
import io.assent.testing.browser.WebClient;
import io.assent.testing.browser.WebPage;
import java.util.List;

/**
 * Somebody with an account at the bank and one at its partner.
 *
 * @param app the bank's
 */
record CustomerOfBoth(TwoRealms realms, Customer customer, Customer atHarvest, BankApp app, WebClient browser) {

    static CustomerOfBoth of(TwoRealms realms) {
        Customer customer = realms.bank().newCustomer();
        return new CustomerOfBoth(
                realms, customer, realms.harvest().newCustomer(), customer.app(), new WebClient(realms.bank()));
    }

    /** The page that asks, after a login at the bank. */
    WebPage open(CodeFlow flow) {
        return browser.open(flow, customer);
    }

    /** Approves with these permissions, and these scopes of the other way round. */
    WebPage approve(CodeFlow flow, List<String> permissions, String... scopes) {
        return realms.approve(browser, open(flow), permissions, scopes);
    }

    /** Grants ACME the balances, and lets the bank see these scopes at the partner. */
    Tokens connect(String... scopes) {
        CodeFlow flow = realms.flow(BALANCES);
        return realms.tokens(flow, triesToConnect(flow, scopes));
    }

    /** The same, whatever comes of it. */
    WebPage triesToConnect(CodeFlow flow, String... scopes) {
        return browser.logIn(approve(flow, List.of(BALANCES), scopes), atHarvest);
    }

    /** The id of the one thing that the bank sees. */
    String connection() {
        return realms.onlyConnection(app).get("id").asText();
    }
}
