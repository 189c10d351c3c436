package io.assent.it.consent;

import static io.assent.testing.actor.DevRealm.ACME;
import static io.assent.testing.actor.DevRealm.BALANCES;
import static io.assent.testing.actor.DevRealm.TRANSACTIONS;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.assent.testing.AtOnce;
import io.assent.testing.actor.Admin;
import io.assent.testing.actor.Asked;
import io.assent.testing.actor.BankApp;
import io.assent.testing.actor.CodeFlow;
import io.assent.testing.actor.Customer;
import io.assent.testing.actor.Realm;
import io.assent.testing.actor.Tokens;
import io.assent.testing.actor.Tpp;
import io.assent.testing.browser.WebClient;
import io.assent.testing.browser.WebPage;
import io.assent.testing.http.Answer;
import io.assent.testing.http.Http;
import io.assent.testing.server.Servers;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Permissions that are asked for each time, and are good for one token. */
class OneTimeIT {

    private static final String TRANSFER = "transfers.one";

    private final Realm bank = Servers.bank();
    private final Admin admin = bank.admin();
    private final Customer customer = bank.newCustomer();
    private final BankApp app = customer.app();
    private final WebClient browser = new WebClient(bank);
    private String scope;
    private Tpp tpp;

    @BeforeEach
    void makeAPermission() {
        ObjectNode permission = Http.object().put("name", TRANSFER).put("protocol", "openid-connect");
        permission
                .withObjectProperty("attributes")
                .put("display.on.consent.screen", "true")
                .put("always.display.consent", "true")
                .put("consent.screen.text", "Make one transfer")
                .put("include.in.token.scope", "true");
        scope = admin.createScope(bank.name(), permission);
        tpp = bank.newTpp(ACME, client -> {
            client.withArrayProperty("optionalClientScopes").add(TRANSFER);
            client.withObjectProperty("attributes").put("standard.token.exchange.enabled", "true");
        });
    }

    @AfterEach
    void removeIt() {
        admin.removeClient(bank.name(), tpp.clientId());
        admin.removeScope(bank.name(), scope);
    }

    private Answer byCiba(String... scopes) {
        Asked asked = tpp.ask(customer, scopes);
        app.approve(app.onlyPendingId()).ok();
        return tpp.poll(asked);
    }

    private CodeFlow flow(String... scopes) {
        return new CodeFlow(tpp, CodeFlow.BACK, scopes);
    }

    private List<String> statuses() {
        return app.consents("").list().findValuesAsText("status");
    }

    private static void assertOneToken(Answer answer) {
        Tokens tokens = Tokens.of(answer);
        assertThat(tokens.accessTokenScope()).contains(TRANSFER);
        assertThat(answer.json().has("refresh_token")).isFalse();
    }

    @Test
    void byCibaOneTokenUsesItUp() {
        Answer answer = byCiba(TRANSFER);

        assertOneToken(answer);
        Tokens tokens = Tokens.of(answer);
        assertThat(tpp.userinfo(tokens).status()).isEqualTo(200);
        JsonNode consent = app.consents("?status=ended").list().get(0);
        assertThat(consent.get("status").asText()).isEqualTo("consumed");
        assertThat(consent.get("oneTime").asBoolean()).isTrue();
        assertThat(consent.get("id")).isEqualTo(tokens.accessTokenClaims().get("grant_id"));
        assertThat(admin.grantedScopes(bank.name(), customer.id(), tpp.clientId()))
                .isEmpty();
        assertThat(tpp.exchange(tokens, TRANSFER).status()).as("an exchange").isEqualTo(400);

        // and is asked for the next time as if nothing had been
        Asked again = tpp.ask(customer, TRANSFER);
        app.deny(app.onlyPendingId()).ok();
        assertThat(tpp.poll(again).error()).isEqualTo("access_denied");
    }

    @Test
    void besideWhatStandsItIsInTheFirstTokenAlone() {
        Answer answer = byCiba(BALANCES, TRANSFER);

        Tokens first = Tokens.of(answer);
        assertThat(first.accessTokenScope()).contains(BALANCES, TRANSFER);
        Answer refreshed = tpp.refresh(first);
        assertThat(Tokens.of(refreshed).accessTokenScope()).containsExactlyInAnyOrder("openid", BALANCES);
        assertThat(refreshed.json().get("scope").asText()).doesNotContain(TRANSFER);
        assertThat(statuses()).containsExactlyInAnyOrder("active", "consumed");
        assertThat(admin.grantedScopes(bank.name(), customer.id(), tpp.clientId()))
                .containsExactly(BALANCES);
        assertThat(tpp.exchange(first, TRANSFER).status()).as("an exchange").isEqualTo(400);
    }

    @Test
    void inTheBrowserItIsAskedForEachTimeAndOnce() {
        CodeFlow first = flow(BALANCES, TRANSFER);
        URI back = browser.approve(browser.open(first, customer), BALANCES, TRANSFER)
                .uri();
        Answer answer = first.redeem(back);
        assertThat(Tokens.of(answer).accessTokenScope()).contains(BALANCES, TRANSFER);
        assertThat(first.redeem(back).error()).as("the code again").isEqualTo("invalid_grant");

        CodeFlow silent = flow(BALANCES, TRANSFER).with("prompt", "none");
        assertThat(silent.error(browser.open(silent.authorizationUri()).uri())).isEqualTo("consent_required");

        CodeFlow second = flow(TRANSFER);
        WebPage page = browser.open(second.authorizationUri());
        assertThat(page.permissions()).containsExactly(TRANSFER);
        assertOneToken(second.redeem(browser.approve(page, TRANSFER).uri()));
        assertThat(statuses()).containsExactlyInAnyOrder("active", "consumed", "consumed");
        assertThat(admin.grantedScopes(bank.name(), customer.id(), tpp.clientId()))
                .containsExactly(BALANCES);
    }

    @Test
    void twoAnswersAreGoodForTwoTokens() throws Exception {
        CodeFlow one = flow(TRANSFER);
        URI back = browser.approve(browser.open(one, customer), TRANSFER).uri();
        CodeFlow other = flow(TRANSFER);
        URI otherBack = browser.approve(browser.open(other.authorizationUri()), TRANSFER)
                .uri();

        List<Answer> answers = AtOnce.all(List.of(() -> one.redeem(back), () -> other.redeem(otherBack)));

        answers.forEach(OneTimeIT::assertOneToken);
        assertThat(statuses()).containsExactly("consumed", "consumed");
    }

    @Test
    void aLaterNoTakesBackWhatWasNotFetchedYet() {
        CodeFlow flow = flow(TRANSFER);
        URI back = browser.approve(browser.open(flow, customer), TRANSFER).uri();
        tpp.ask(customer, TRANSFER);
        app.deny(app.onlyPendingId()).ok();

        assertThat(flow.redeem(back).status()).isEqualTo(400);
    }

    @Test
    void whereOnlyTheServersOwnPageWouldAskItIsRefused() {
        tpp = bank.newTpp(ACME, client -> {
            client.withArrayProperty("optionalClientScopes").add(TRANSFER);
            client.withObjectProperty("attributes").put("oauth2.device.authorization.grant.enabled", "true");
        });

        Answer refused = tpp.post("/protocol/openid-connect/auth/device", Map.of("scope", "openid " + TRANSFER));

        assertThat(refused.error()).isEqualTo("invalid_scope");
    }

    @Test
    void theSettingsMakeAnyPermissionOneTime() {
        admin.createRealm(Servers.realmFile().named("once"));
        try {
            Realm realm = bank.server().realm("once");
            admin.oneTimePermissions("once", TRANSACTIONS);
            Customer other = realm.newCustomer();
            Asked asked = realm.tpp(ACME).ask(other, TRANSACTIONS);
            other.app().approve(other.app().onlyPendingId()).ok();

            assertThat(realm.tpp(ACME).poll(asked).ok().has("refresh_token")).isFalse();
        } finally {
            admin.removeRealm("once");
        }
    }
}
