package io.assent.it.operations;

import static io.assent.testing.actor.DevRealm.ACME;
import static io.assent.testing.actor.DevRealm.BALANCES;

import io.assent.testing.actor.Asked;
import io.assent.testing.actor.BankApp;
import io.assent.testing.actor.CodeFlow;
import io.assent.testing.actor.Customer;
import io.assent.testing.actor.Realm;
import io.assent.testing.actor.Tokens;
import io.assent.testing.actor.Tpp;
import io.assent.testing.browser.AppLinkPage;
import io.assent.testing.browser.WebClient;
import io.assent.testing.browser.WebPage;
import io.assent.testing.server.Database;
import io.assent.testing.server.Keycloak;
import io.assent.testing.server.Servers;
import io.assent.testing.server.StatementCount;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * How many statements each call of a journey makes, where the customer and the client know each other: a call that
 * makes more than it did costs every bank. Whoever lowers a number lowers it here.
 */
@Tag("long")
class StatementsIT {

    private static final Map<String, Long> MOST =
            Map.of("ask", 2L, "poll", 1L, "decision", 4L, "redemption", 12L, "refresh", 7L);

    private static final Map<String, Long> MOST_BY_APP_LINK =
            Map.of("page", 2L, "claim", 10L, "answer", 6L, "going on", 18L, "exchange", 4L, "known", 11L, "plain", 1L);

    private static final int JOURNEYS = 9;

    private static Keycloak server;
    private static StatementCount statements;
    private static Tpp acme;

    /** One that may ask for no authorization details, so that no login of it keeps a word on any. */
    private static Tpp plain;

    private static Customer customer;
    private static BankApp app;
    private static BankApp scanner;

    @BeforeAll
    static void start() {
        server = new Keycloak("statements", Database.POSTGRESQL, List.of(Servers.realmFile()));
        statements = new StatementCount(server);
        server.start();
        Realm bank = server.realm(Servers.BANK);
        server.admin().bindBrowserFlow(bank.name(), ACME, "app");
        acme = bank.tpp(ACME);
        plain = bank.newTpp(
                ACME, client -> client.withObjectProperty("attributes").remove("authorization_details_types"));
        customer = bank.newCustomer();
        app = customer.app();
        // another customer, whose list of requests has these alone
        scanner = bank.newCustomer().app();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void noCallMakesMoreStatementsThanItDid() {
        for (int journey = 0; journey < JOURNEYS; journey++) {
            journey();
            journeyByAppLink();
        }
        Map<String, Map<String, Long>> fewest = statements.fewest(JOURNEYS * (MOST.size() + MOST_BY_APP_LINK.size()));

        SoftAssertions all = new SoftAssertions();
        MOST.forEach((call, most) -> check(all, call, most, fewest.get(call)));
        MOST_BY_APP_LINK.forEach((call, most) -> check(all, call, most, fewest.get(call)));
        all.assertAll();
    }

    private static void check(SoftAssertions all, String call, long most, Map<String, Long> made) {
        all.assertThat(made.values().stream().mapToLong(Long::longValue).sum())
                .as("%s: %s", call, made)
                .isBetween(1L, most);
    }

    private static void journey() {
        Asked asked = statements.during("ask", () -> acme.ask(customer, BALANCES));
        statements.during("poll", () -> acme.poll(asked));
        String id = app.onlyPendingId();
        statements.during("decision", () -> app.approve(id).ok());
        Tokens tokens = Tokens.of(statements.during("redemption", () -> acme.poll(asked)));
        Tokens.of(statements.during("refresh", () -> acme.refresh(tokens)));
    }

    /** In a browser that does not know the customer. */
    private static void journeyByAppLink() {
        CodeFlow flow = new CodeFlow(acme, CodeFlow.BACK, BALANCES).with("prompt", "consent");
        WebClient browser = new WebClient(acme.realm());
        AppLinkPage page =
                statements.during("page", () -> new AppLinkPage(browser, browser.open(flow.authorizationUri())));
        String id = statements
                .during("claim", () -> scanner.claim(page.link()))
                .ok()
                .get("id")
                .asText();
        statements.during("answer", () -> scanner.approve(id, BALANCES).ok());
        URI back = statements.during("going on", () -> page.again().back());
        statements.during("exchange", () -> flow.tokens(back));
        CodeFlow again = new CodeFlow(acme, CodeFlow.BACK, BALANCES);
        statements.during(
                "known",
                () -> again.tokens(browser.open(again.authorizationUri()).uri()));
        CodeFlow other = new CodeFlow(plain, CodeFlow.BACK, BALANCES);
        WebPage answered = browser.open(other.authorizationUri());
        URI granted = (answered.left() ? answered : browser.approve(answered, BALANCES)).uri();
        statements.during("plain", () -> other.tokens(granted));
    }
}
