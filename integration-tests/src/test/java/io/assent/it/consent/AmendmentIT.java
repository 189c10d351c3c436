package io.assent.it.consent;

import static io.assent.it.consent.ChangingBank.ALL;
import static io.assent.it.consent.ChangingBank.AMOUNTS;
import static io.assent.it.consent.ChangingBank.LOANS;
import static io.assent.it.consent.ChangingBank.RATES;
import static io.assent.it.consent.ChangingBank.TERMS;
import static io.assent.it.consent.ChangingBank.WHOLE;
import static io.assent.it.consent.ChangingBank.carried;
import static io.assent.it.consent.ChangingBank.change;
import static io.assent.it.consent.ChangingBank.changes;
import static io.assent.it.consent.ChangingBank.grantId;
import static io.assent.it.consent.ChangingBank.permissions;
import static io.assent.testing.actor.DevRealm.BALANCES;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.assent.it.admin.Auditor;
import io.assent.it.admin.Auditor.Verified;
import io.assent.testing.AtOnce;
import io.assent.testing.Eventually;
import io.assent.testing.actor.Asked;
import io.assent.testing.actor.BankApp;
import io.assent.testing.actor.CodeFlow;
import io.assent.testing.actor.Customer;
import io.assent.testing.actor.PushStream;
import io.assent.testing.actor.Tokens;
import io.assent.testing.actor.Tpp;
import io.assent.testing.browser.WebClient;
import io.assent.testing.browser.WebPage;
import io.assent.testing.http.Answer;
import io.assent.testing.http.Patience;
import io.assent.testing.server.Database;
import io.assent.testing.server.Postgres;
import io.assent.testing.server.Servers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** More belongs to a permission than before: the bank asks those who granted it, and the old part works on. */
class AmendmentIT {

    private static final ObjectNode WIDEN = change("widen", "widen", List.of(LOANS), RATES, TERMS);

    /** That the realm is walked again, by which nobody is asked. */
    private static final ObjectNode OTHER = change("other", "widen", List.of(AMOUNTS), WHOLE);

    @TempDir
    private Path files;

    private ChangingBank bank;
    private Tpp tpp;
    private Customer customer;
    private BankApp app;
    private Tokens tokens;

    @BeforeEach
    void grant() {
        bank = ChangingBank.open("amendment");
        tpp = bank.newTpp(ALL);
        customer = bank.realm().newCustomer();
        app = customer.app();
        tokens = ChangingBank.tokens(tpp, customer, app, LOANS, BALANCES);
    }

    @AfterEach
    void removeRealm() {
        bank.close();
    }

    private void widen() {
        bank.staff().setChanges(changes(0, WIDEN.deepCopy())).ok();
        bank.awaitWalk();
    }

    private void changeAgain(int version, ObjectNode... more) {
        ObjectNode[] all = new ObjectNode[more.length + 1];
        all[0] = WIDEN.deepCopy();
        System.arraycopy(more, 0, all, 1, more.length);
        bank.staff().setChanges(changes(version, all)).ok();
        bank.awaitWalk();
    }

    @Test
    void theCustomerIsToldAndAskedOnce() {
        try (PushStream phone = PushStream.open(bank.realm(), app.register(UUID.randomUUID(), "sandbox"))) {
            widen();

            JsonNode asked = app.onlyPending();
            assertThat(phone.next().get("requestId").asText())
                    .isEqualTo(asked.get("id").asText());
            assertThat(asked.get("channel").asText()).isEqualTo("amendment");
            assertThat(asked.get("consentId").asText()).isEqualTo(grantId(tokens));
            assertThat(BankApp.permissions(asked)).containsExactlyInAnyOrder(RATES, TERMS);
            assertThat(asked.at("/client/clientId").asText()).isEqualTo(tpp.clientId());
            changeAgain(1, OTHER.deepCopy());
            assertThat(app.onlyPending().get("id")).isEqualTo(asked.get("id"));
        }
    }

    @Test
    void aPartOfItComesOnTopAndTheSameTokensGoOn() {
        widen();
        JsonNode before = app.consent(grantId(tokens)).ok();

        app.approve(app.onlyPendingId(), RATES).ok();

        JsonNode after = app.consent(grantId(tokens)).ok();
        assertThat(permissions(after)).containsExactlyInAnyOrder(LOANS, BALANCES, RATES);
        assertThat(after.get("validUntil")).isEqualTo(before.get("validUntil"));
        Tokens refreshed = Tokens.of(tpp.refresh(tokens));
        assertThat(carried(refreshed)).containsExactlyInAnyOrder(LOANS, BALANCES, RATES);
        assertThat(grantId(refreshed)).isEqualTo(grantId(tokens));
        assertThat(carried(Tokens.of(tpp.refresh(refreshed)))).containsExactlyInAnyOrder(LOANS, BALANCES, RATES);
        assertThat(carried(Tokens.of(tpp.refresh(refreshed, "openid", BALANCES))))
                .containsExactly(BALANCES);
        changeAgain(1, OTHER.deepCopy());
        assertThat(app.pending()).isEmpty();
    }

    @Test
    void whatProvesItIsInTheConsentsEvidence() {
        widen();
        String id = app.onlyPendingId();
        app.approve(id, RATES).ok();

        JsonNode history = bank.staff().read(grantId(tokens)).ok().get("history");
        assertThat(history.get(1).get("requestId").asText()).isEqualTo(id);
        assertThat(history.get(0).get("requestId")).isNotEqualTo(history.get(1).get("requestId"));
        Answer exported = bank.staff().evidence(grantId(tokens));
        JsonNode evidence = exported.ok();
        assertThat(evidence.at("/consent/history/0/answer").isNull()).isTrue();
        JsonNode answer = evidence.at("/consent/history/1/answer");
        assertThat(answer.at("/request/id").asText()).isEqualTo(id);
        assertThat(answer.at("/request/channel").asText()).isEqualTo("amendment");
        assertThat(answer.at("/decision/grantedScopes")).hasSize(1);
        assertThat(answer.at("/shown/groups").toString()).contains("Words for " + TERMS);
        Verified verified = new Auditor(files).verify(exported.body(), bank.realm());
        assertThat(verified.status()).as(verified.said()).isZero();
        assertThat(verified.said()).contains("by amendment, for " + RATES + ", " + TERMS);
    }

    @Test
    void aLoginThatAskedForAPartGetsNothingOnTop() {
        Tpp other = bank.newTpp(ALL);
        WebClient browser = new WebClient(bank.realm());
        CodeFlow both = new CodeFlow(other, CodeFlow.BACK, AMOUNTS, WHOLE);
        WebPage page = browser.open(both, customer);
        both.tokens(browser.approve(page, AMOUNTS, WHOLE).uri());
        CodeFlow part = new CodeFlow(other, CodeFlow.BACK, AMOUNTS);
        Tokens ofPart = part.tokens(browser.open(part.authorizationUri()).uri());
        assertThat(carried(ofPart)).containsExactly(AMOUNTS);

        bank.staff().setChanges(changes(0, OTHER.deepCopy())).ok();

        assertThat(carried(Tokens.of(other.refresh(ofPart)))).containsExactly(AMOUNTS);
    }

    @Test
    void aRenamedPermissionIsStillAskedFor() {
        bank.staff().setChanges(changes(0, WIDEN.deepCopy())).ok();
        changeAgain(1, change("renamed", "rename", List.of(LOANS), AMOUNTS));

        app.approve(app.onlyPendingId(), RATES).ok();

        assertThat(permissions(app.consent(grantId(tokens)).ok())).containsExactlyInAnyOrder(AMOUNTS, BALANCES, RATES);
    }

    @Test
    void whatTheBankDroppedIsAskedAgainOnceTheReasonIsGone() {
        widen();
        String first = app.onlyPendingId();
        bank.staff().switchOff(tpp.clientId()).ok();
        assertThat(app.pending()).isEmpty();
        bank.staff().switchOn(tpp.clientId()).ok();

        changeAgain(1, OTHER.deepCopy());

        JsonNode again = app.onlyPending();
        assertThat(again.get("id").asText()).isNotEqualTo(first);
        app.approve(again.get("id").asText(), RATES).ok();
        assertThat(permissions(app.consent(grantId(tokens)).ok())).containsExactlyInAnyOrder(LOANS, BALANCES, RATES);
    }

    @Test
    void aQuestionForWhatTheCompanyCantHaveGoesAndComesBackOnceItCan() {
        widen();
        String first = app.onlyPendingId();
        bank.admin().unassignScope(bank.realm().name(), tpp.clientId(), RATES);
        changeAgain(1, OTHER.deepCopy());
        assertThat(app.pending()).isEmpty();
        assertThat(app.approve(first, TERMS).problem()).isEqualTo("expired");

        bank.admin().assignScope(bank.realm().name(), tpp.clientId(), RATES, "optional");
        changeAgain(2, OTHER.deepCopy().put("undone", true));

        JsonNode again = app.onlyPending();
        assertThat(again.get("id").asText()).isNotEqualTo(first);
        app.approve(again.get("id").asText(), RATES, TERMS).ok();
        assertThat(permissions(app.consent(grantId(tokens)).ok()))
                .containsExactlyInAnyOrder(LOANS, BALANCES, RATES, TERMS);
    }

    @Test
    void aYesThatCouldNotTakeEffectIsAskedForAgain() {
        widen();
        String first = app.onlyPendingId();
        bank.admin().unassignScope(bank.realm().name(), tpp.clientId(), RATES);
        assertThat(app.approve(first, RATES, TERMS).text("status")).isEqualTo("withdrawn");
        changeAgain(1, OTHER.deepCopy());
        assertThat(app.pending()).isEmpty();

        bank.admin().assignScope(bank.realm().name(), tpp.clientId(), RATES, "optional");
        changeAgain(2, OTHER.deepCopy().put("undone", true));

        JsonNode again = app.onlyPending();
        assertThat(BankApp.permissions(again)).containsExactlyInAnyOrder(RATES, TERMS);
        app.approve(again.get("id").asText(), RATES, TERMS).ok();
        assertThat(carried(Tokens.of(tpp.refresh(tokens)))).containsExactlyInAnyOrder(LOANS, BALANCES, RATES, TERMS);
        assertThat(app.request(first).text("status")).isEqualTo("withdrawn");
        assertThat(app.approve(first, RATES, TERMS).text("status")).isEqualTo("withdrawn");
    }

    @Test
    void whatAYesLeftOutIsNotAskedForAgainWithIt() {
        widen();
        bank.admin().unassignScope(bank.realm().name(), tpp.clientId(), RATES);
        assertThat(app.approve(app.onlyPendingId(), RATES).text("status")).isEqualTo("withdrawn");

        bank.admin().assignScope(bank.realm().name(), tpp.clientId(), RATES, "optional");
        changeAgain(1, OTHER.deepCopy());

        JsonNode again = app.onlyPending();
        assertThat(BankApp.permissions(again)).containsExactly(RATES);
        app.approve(again.get("id").asText(), RATES).ok();
        assertThat(permissions(app.consent(grantId(tokens)).ok())).containsExactlyInAnyOrder(LOANS, BALANCES, RATES);
        changeAgain(2, OTHER.deepCopy().put("undone", true));
        assertThat(app.pending()).isEmpty();
    }

    @Test
    void theWalkWaitsForWhoChangesTheConsentsBeforeItDropsAQuestion() {
        String database = Servers.shared(Database.POSTGRESQL).databaseName();
        widen();
        String id = app.onlyPendingId();
        bank.admin().unassignScope(bank.realm().name(), tpp.clientId(), RATES);

        Postgres.holding(
                database, "SELECT 1 FROM user_consent WHERE user_id = '" + customer.id() + "' FOR UPDATE", () -> {
                    bank.staff()
                            .setChanges(changes(1, WIDEN.deepCopy(), OTHER.deepCopy()))
                            .ok();
                    Eventually.within(
                            Duration.ofSeconds(90),
                            "the walk waits",
                            () -> Postgres.count(
                                            database,
                                            "pg_stat_activity",
                                            "wait_event_type = 'Lock' AND query ILIKE '%update%user_consent%'")
                                    > 0);
                    assertThat(app.onlyPendingId()).isEqualTo(id);
                });

        bank.awaitWalk();
        assertThat(app.pending()).isEmpty();
    }

    @Test
    void whatComesOnTopOfOneConsentIsInNoTokenOfAnother() {
        app.withdraw(grantId(tokens));
        Tpp other = bank.newTpp(ALL);
        WebClient browser = new WebClient(bank.realm());
        CodeFlow all = new CodeFlow(other, CodeFlow.BACK, LOANS, RATES, TERMS);
        all.tokens(browser.approve(browser.open(all, customer), LOANS, RATES, TERMS)
                .uri());
        CodeFlow part = new CodeFlow(other, CodeFlow.BACK, LOANS);
        Tokens ofPart = part.tokens(browser.open(part.authorizationUri()).uri());
        Tokens own = ChangingBank.tokens(other, customer, app, LOANS);
        widen();

        app.approve(app.onlyPendingId(), RATES).ok();

        assertThat(carried(Tokens.of(other.refresh(own)))).containsExactlyInAnyOrder(LOANS, RATES);
        assertThat(carried(Tokens.of(other.refresh(ofPart)))).containsExactly(LOANS);
    }

    @Test
    void whatAnyConsentLacksIsAskedForAtOnce() {
        ChangingBank.tokens(tpp, customer, app, LOANS, TERMS);
        widen();

        assertThat(BankApp.permissions(app.onlyPending())).containsExactlyInAnyOrder(RATES, TERMS);
    }

    @Test
    void whoDeniedTheClientSinceIsNotAskedByTheBank() {
        Tpp narrow = bank.newTpp(List.of(LOANS, RATES));
        ChangingBank.tokens(narrow, customer, app, LOANS);
        widen();
        app.deny(app.onlyPendingId()).ok();
        narrow.ask(customer, RATES);
        app.deny(app.onlyPendingId()).ok();

        bank.admin().assignScope(bank.realm().name(), narrow.clientId(), TERMS, "optional");
        changeAgain(1, OTHER.deepCopy());

        assertThat(app.pending()).isEmpty();
    }

    @Test
    void untilTheCustomerAnswersTheOldPartWorksOn() {
        widen();

        assertThat(carried(Tokens.of(tpp.refresh(tokens)))).containsExactlyInAnyOrder(LOANS, BALANCES);
    }

    @Test
    void aNoLeavesTheConsentAsItIsForGood() {
        widen();
        String id = app.onlyPendingId();

        app.deny(id).ok();

        assertThat(permissions(app.consent(grantId(tokens)).ok())).containsExactlyInAnyOrder(LOANS, BALANCES);
        assertThat(carried(Tokens.of(tpp.refresh(tokens)))).containsExactlyInAnyOrder(LOANS, BALANCES);
        assertThat(app.approve(id).problem()).isEqualTo("already-decided");
        changeAgain(1, OTHER.deepCopy());
        assertThat(app.pending()).isEmpty();
    }

    @Test
    void oneQuestionIsForAllConsentsOfTheCompany() {
        Tokens others = ChangingBank.tokens(tpp, customer, app, LOANS);
        Tokens rates = ChangingBank.tokens(tpp, customer, app, RATES);
        widen();

        app.approve(app.onlyPendingId(), TERMS).ok();

        assertThat(carried(Tokens.of(tpp.refresh(tokens)))).containsExactlyInAnyOrder(LOANS, BALANCES, TERMS);
        assertThat(carried(Tokens.of(tpp.refresh(others)))).containsExactlyInAnyOrder(LOANS, TERMS);
        // what is left out of what the bank asks is no no to what was granted
        assertThat(carried(Tokens.of(tpp.refresh(rates)))).containsExactly(RATES);
    }

    @Test
    void aReportIsANoAndDoesNotBlockTheCompany() {
        widen();

        app.report(app.onlyPendingId()).ok();

        assertThat(app.blocks().list()).isEmpty();
        assertThat(permissions(app.consent(grantId(tokens)).ok())).containsExactlyInAnyOrder(LOANS, BALANCES);
    }

    @Test
    void whoLeftItOutIsNotAskedForIt() {
        widen();
        app.deny(app.onlyPendingId()).ok();
        Tpp other = bank.newTpp(ALL);
        Asked asked = other.ask(customer, LOANS);
        app.approve(app.onlyPendingId(), LOANS).ok();
        Tokens part = Tokens.of(other.poll(asked));

        changeAgain(1, OTHER.deepCopy());

        assertThat(app.pending()).isEmpty();
        assertThat(carried(part)).containsExactly(LOANS);
    }

    @Test
    void ofTheSameAnswerManyTimesAtOnceOneCounts() throws Exception {
        widen();
        String id = app.onlyPendingId();
        List<Callable<Answer>> calls = new ArrayList<>();
        for (int at = 0; at < 8; at++) {
            calls.add(() -> Patience.with(() -> app.approve(id, RATES)));
        }

        assertThat(AtOnce.all(calls.size(), calls)).allSatisfy(Answer::ok);

        JsonNode consent = app.consent(grantId(tokens)).ok();
        assertThat(permissions(consent)).containsExactlyInAnyOrder(LOANS, BALANCES, RATES);
        assertThat(consent.get("history").findValuesAsText("type")).containsExactly("granted", "granted");
        assertThat(app.request(id).text("status")).isEqualTo("approved");
    }

    @Test
    void whereThereIsNothingToAskForTheQuestionGoes() {
        widen();
        app.onlyPendingId();
        app.narrow(grantId(tokens), BALANCES).ok();
        assertThat(app.pending()).isEmpty();

        Tokens again = ChangingBank.tokens(tpp, customer, app, AMOUNTS);
        changeAgain(1, OTHER.deepCopy());
        String id = app.onlyPendingId();
        app.withdraw(grantId(again));
        assertThat(app.pending()).isEmpty();
        assertThat(app.approve(id, WHOLE).problem()).isEqualTo("expired");
    }

    @Test
    void anUndoneChangeAsksNobody() {
        widen();
        String id = app.onlyPendingId();

        bank.staff()
                .setChanges(changes(1, WIDEN.deepCopy().put("undone", true)))
                .ok();
        bank.awaitWalk();

        assertThat(app.pending()).isEmpty();
        assertThat(app.approve(id, RATES).problem()).isEqualTo("expired");
    }

    @Test
    void aYesThatComesBeforeTheWalkNoticesGrantsNothing() {
        widen();
        String id = app.onlyPendingId();
        bank.admin().unassignScope(bank.realm().name(), tpp.clientId(), RATES);

        assertThat(app.approve(id, RATES).text("status")).isEqualTo("withdrawn");

        assertThat(permissions(app.consent(grantId(tokens)).ok())).containsExactlyInAnyOrder(LOANS, BALANCES);
        assertThat(app.request(id).text("status")).isEqualTo("withdrawn");
    }

    @Test
    void nobodyIsAskedWhereTheBankSaysSoOrTheClientCantHaveItOrIsBlocked() {
        Tpp narrow = bank.newTpp(List.of(LOANS));
        ChangingBank.tokens(narrow, customer, app, LOANS);
        Tpp blocked = bank.newTpp(ALL);
        ChangingBank.tokens(blocked, customer, app, LOANS);
        app.block(blocked.clientId()).ok();

        widen();

        assertThat(app.onlyPending().at("/client/clientId").asText()).isEqualTo(tpp.clientId());
        app.deny(app.onlyPendingId()).ok();
        ChangingBank.tokens(tpp, customer, app, AMOUNTS);
        changeAgain(1, change("silent", "widen", List.of(AMOUNTS), WHOLE).put("silent", true));
        assertThat(app.pending()).isEmpty();
    }
}
