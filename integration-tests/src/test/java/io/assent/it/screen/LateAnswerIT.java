package io.assent.it.screen;

import static io.assent.it.screen.AppBank.claim;
import static io.assent.it.screen.AppBank.digits;
import static io.assent.testing.actor.DevRealm.BALANCES;
import static org.assertj.core.api.Assertions.assertThat;

import io.assent.testing.Eventually;
import io.assent.testing.actor.BankApp;
import io.assent.testing.actor.CodeFlow;
import io.assent.testing.actor.Customer;
import io.assent.testing.browser.AppLinkPage;
import io.assent.testing.browser.WebClient;
import io.assent.testing.server.Database;
import io.assent.testing.server.Postgres;
import io.assent.testing.server.Servers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A yes in the app in the last moment of its question: the browser has time to go on by it, and it stands meanwhile.
 */
class LateAnswerIT {

    private static final Duration LEFT = Duration.ofSeconds(4);

    private final AppBank bank = AppBank.open(Servers.shared(Database.POSTGRESQL), "late-answer");
    private final WebClient browser = new WebClient(bank.realm());
    private final Customer customer = bank.realm().newCustomer();
    private final BankApp app = customer.app();

    @BeforeEach
    void digitsAreTyped() {
        bank.codeBack("always");
    }

    @AfterEach
    void closeBank() {
        bank.close();
    }

    @Test
    void whoLogsInByItIsNotAskedAgain() {
        CodeFlow flow = bank.flow(BALANCES);
        AppLinkPage page = bank.page(browser, flow);
        String request = claim(app, page.link());
        Instant end = endsSoon(request);
        app.approve(request, BALANCES).ok();
        AppLinkPage typing = page.again();

        Eventually.after(end);

        assertThat(flow.tokens(typing.enter(digits(app, request)).back()).accessTokenScope())
                .contains(BALANCES);
    }

    @Test
    void whatIsTakenBackThenIsNotGrantedByIt() {
        CodeFlow before = bank.flow(BALANCES);
        AppLinkPage login = bank.page(browser, before);
        String first = claim(app, login.link());
        app.approve(first, BALANCES).ok();
        before.tokens(login.again().enter(digits(app, first)).back());
        CodeFlow flow = bank.flow(BALANCES).with("prompt", "consent");
        AppLinkPage page =
                new AppLinkPage(browser, browser.decide(browser.open(flow.authorizationUri()), "app", List.of()));
        String request = app.onlyPendingId();
        Instant end = endsSoon(request);
        app.approveWithNumber(request, page.number().orElseThrow(), BALANCES).ok();
        AppLinkPage typing = page.again();
        String digits = digits(app, request);

        Eventually.after(end);
        app.withdraw(app.onlyConsent().get("id").asText()).ok();

        assertThat(flow.error(typing.enter(digits).back())).isEqualTo("access_denied");
        assertThat(app.consents("?status=live").list()).isEmpty();
    }

    /** As where nearly all of the time went by. */
    private static Instant endsSoon(String request) {
        Instant end = Instant.now().plus(LEFT);
        Postgres.execute(
                Servers.shared(Database.POSTGRESQL).databaseName(),
                "UPDATE consent_request SET expires_at = %1$d WHERE id = '%2$s'; UPDATE consent_link SET expires_at = %1$d WHERE request_id = '%2$s'"
                        .formatted(end.toEpochMilli(), request));
        return end;
    }
}
