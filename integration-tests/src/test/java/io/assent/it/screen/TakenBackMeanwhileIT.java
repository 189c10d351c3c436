package io.assent.it.screen;

import static io.assent.it.screen.AppBank.claim;
import static io.assent.it.screen.AppBank.digits;
import static io.assent.testing.actor.DevRealm.BALANCES;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.assent.testing.Eventually;
import io.assent.testing.actor.BankApp;
import io.assent.testing.actor.CodeFlow;
import io.assent.testing.actor.Customer;
import io.assent.testing.actor.Staff;
import io.assent.testing.browser.AppLinkPage;
import io.assent.testing.browser.WebClient;
import io.assent.testing.browser.WebPage;
import io.assent.testing.http.Answer;
import io.assent.testing.http.Http;
import io.assent.testing.server.Database;
import io.assent.testing.server.Postgres;
import io.assent.testing.server.Servers;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A customer takes a consent back, and with it the answer by which a login is going on in that very moment. */
class TakenBackMeanwhileIT {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final AppBank bank = AppBank.open(Servers.shared(Database.POSTGRESQL), "taken-back-meanwhile");
    private final WebClient browser = new WebClient(bank.realm());
    private final Customer customer = bank.realm().newCustomer();
    private final BankApp app = customer.app();

    @AfterEach
    void closeBank() {
        bank.close();
    }

    @Test
    void whoIsKnownWaitsAndIsNotGoneOnWith() {
        grant(browser);
        CodeFlow flow = asking();
        WebPage asked = browser.open(flow.authorizationUri());
        AppLinkPage page = new AppLinkPage(browser, browser.decide(asked, "app", List.of()));
        app.approveWithNumber(app.onlyPendingId(), page.number().orElseThrow(), BALANCES)
                .ok();

        AppLinkPage later = afterTheConsentIsTakenBack(page::again);

        assertThat(later.state()).isEqualTo("over");
    }

    @Test
    void soDoesWhoLogsInByTheApp() {
        grant(new WebClient(bank.realm()));
        AppLinkPage page = bank.page(browser, asking());
        app.approve(claim(app, page.link()), BALANCES).ok();
        changeOtherPermissions();

        AppLinkPage later = afterTheConsentIsTakenBack(page::again);

        assertThat(later.state()).isEqualTo("over");
    }

    @Test
    void soDoesWhoTypesDigits() {
        grant(new WebClient(bank.realm()));
        bank.codeBack("always");
        CodeFlow flow = asking();
        AppLinkPage page = bank.page(browser, flow);
        String request = claim(app, page.link());
        app.approve(request, BALANCES).ok();
        AppLinkPage typing = page.again();
        String digits = digits(app, request);

        AppLinkPage later = afterTheConsentIsTakenBack(() -> typing.enter(digits));

        assertThat(flow.error(later.back())).isEqualTo("access_denied");
    }

    @Test
    void anAnswerToThePagesOwnQuestionIsGoneOnWithAsItIsThen() {
        grant(browser);
        CodeFlow flow = asking();
        WebPage page = browser.open(flow.authorizationUri());
        assertThat(page.asks()).isTrue();
        app.approve(app.onlyPendingId(), BALANCES).ok();

        WebPage later = afterTheConsentIsTakenBack(() -> browser.approve(page, BALANCES));

        assertThat(flow.error(later.uri())).isEqualTo("access_denied");
    }

    @Test
    void whatIsTakenBackAfterTheLoginIsGrantedNoMore() {
        grant(new WebClient(bank.realm()));
        AppLinkPage page = bank.page(browser, asking());
        app.approve(claim(app, page.link()), BALANCES).ok();
        URI question = browser.sendAndStop(page.page().action(), page.page().fields());

        WebPage later = afterTheConsentIsTakenBack(() -> browser.open(question));

        assertThat(later.asks()).isTrue();
    }

    /** By a login in the app. */
    private void grant(WebClient somewhere) {
        CodeFlow flow = bank.flow(BALANCES);
        AppLinkPage page = bank.page(somewhere, flow);
        app.approve(claim(app, page.link()), BALANCES).ok();
        flow.tokens(page.again().back());
    }

    private CodeFlow asking() {
        return bank.flow(BALANCES).with("prompt", "consent");
    }

    /** Where permissions change, a login looks at what was granted before it goes on. */
    private void changeOtherPermissions() {
        ObjectNode changes = Http.object().put("version", 0);
        ObjectNode rename = changes.putArray("changes").addObject();
        rename.put("id", "other").put("change", "rename").put("windowDays", 30);
        rename.putArray("from").add("identity.name");
        rename.putArray("to").add("identity.address");
        Staff staff = Staff.of(bank.realm(), "manage-realm", "manage-clients", "view-users");
        staff.setChanges(changes).ok();
        Eventually.within(
                Duration.ofSeconds(90),
                "the walk over all consents",
                () -> staff.changes().ok().at("/followed/done").asBoolean());
    }

    /** Both wait for what the test holds, and the customer is first. */
    private <T> T afterTheConsentIsTakenBack(Supplier<T> login) {
        String consent = app.onlyConsent().get("id").asText();
        AtomicReference<CompletableFuture<Answer>> takenBack = new AtomicReference<>();
        AtomicReference<CompletableFuture<T>> wentOn = new AtomicReference<>();
        Postgres.holding(
                database(), "SELECT 1 FROM user_consent WHERE user_id = '" + customer.id() + "' FOR UPDATE", () -> {
                    takenBack.set(CompletableFuture.supplyAsync(() -> app.withdraw(consent)));
                    awaitWaiting(1);
                    wentOn.set(CompletableFuture.supplyAsync(login));
                    awaitWaiting(2);
                });
        takenBack.get().join().ok();
        T later = wentOn.get().join();
        assertThat(app.consents("?status=live").list()).isEmpty();
        return later;
    }

    /** For what the test holds, or for one that does. */
    private void awaitWaiting(int calls) {
        String waiting = "WITH RECURSIVE held(pid) AS (SELECT pid FROM pg_stat_activity WHERE pid <> pg_backend_pid()"
                + " AND query LIKE '%" + customer.id() + "% FOR UPDATE' UNION SELECT activity.pid"
                + " FROM pg_stat_activity activity JOIN held ON held.pid = ANY(pg_blocking_pids(activity.pid)))"
                + " SELECT count(*) - 1 FROM held";
        Eventually.within(LIMIT, "calls that wait", () -> Postgres.number(database(), waiting) == calls);
    }

    private static String database() {
        return Servers.shared(Database.POSTGRESQL).databaseName();
    }
}
