package io.assent.it.consent;

import static io.assent.testing.actor.DevRealm.ACME;
import static io.assent.testing.actor.DevRealm.BALANCES;
import static io.assent.testing.actor.DevRealm.DETAILS;
import static io.assent.testing.actor.DevRealm.TRANSACTIONS;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.assent.testing.AtOnce;
import io.assent.testing.Eventually;
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
import io.assent.testing.server.Database;
import io.assent.testing.server.Postgres;
import io.assent.testing.server.Servers;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What stands after a yes, whose word counts, and how it ends. */
class ConsentsIT {

    private final Realm bank = Servers.bank();
    private final Tpp acme = bank.tpp(ACME);
    private final Customer customer = bank.newCustomer();
    private final BankApp app = customer.app();
    private final WebClient browser = new WebClient(bank);

    /** A journey by CIBA, in which the customer grants these and no other; all where none is named. */
    private Tokens byCiba(Tpp tpp, List<String> asked, String... granted) {
        Asked request = tpp.ask(customer, asked.toArray(String[]::new));
        if (granted.length == 0) {
            app.approve(app.onlyPendingId()).ok();
        } else {
            app.approve(app.onlyPendingId(), granted).ok();
        }
        return Tokens.of(tpp.poll(request));
    }

    private Tokens byBrowser(Tpp tpp, String... scopes) {
        CodeFlow flow = new CodeFlow(tpp, CodeFlow.BACK, scopes);
        return flow.tokens(browser.approve(browser.open(flow, customer), scopes).uri());
    }

    /** What comes back where the TPP wants no page. */
    private String silently(Tpp tpp, String... scopes) {
        CodeFlow flow = new CodeFlow(tpp, CodeFlow.BACK, scopes).with("prompt", "none");
        return flow.error(browser.open(flow.authorizationUri()).uri());
    }

    private Tokens silentTokens(Tpp tpp, String... scopes) {
        CodeFlow flow = new CodeFlow(tpp, CodeFlow.BACK, scopes).with("prompt", "none");
        return flow.tokens(browser.open(flow.authorizationUri()).uri());
    }

    private List<String> stored(String clientId) {
        return bank.admin().grantedScopes(bank.name(), customer.id(), clientId);
    }

    @Nested
    @DisplayName("What stands")
    class Stands {

        @Test
        void aRedeemedRequestIsAConsentThatItsTokensName() {
            Tokens tokens = byCiba(acme, List.of(BALANCES, TRANSACTIONS), BALANCES);

            JsonNode consent = app.onlyConsent();
            assertThat(consent.get("status").asText()).isEqualTo("active");
            assertThat(consent.at("/client/clientId").asText()).isEqualTo(ACME);
            assertThat(BankApp.permissions(consent)).containsExactly(BALANCES);
            assertThat(consent.get("validUntil").asText()).isNotEmpty();
            String grantId = consent.get("id").asText();
            assertThat(tokens.accessTokenClaims().get("grant_id").asText()).isEqualTo(grantId);
            Tokens refreshed = Tokens.of(acme.refresh(tokens));
            assertThat(refreshed.accessTokenClaims().get("grant_id").asText()).isEqualTo(grantId);
            JsonNode history = app.consent(grantId).ok().get("history");
            assertThat(history.findValuesAsText("type")).containsExactly("granted");
        }

        @Test
        void anApprovalThatNobodyFetchedIsNoConsent() {
            acme.ask(customer, BALANCES);
            app.approve(app.onlyPendingId()).ok();

            assertThat(app.consents("").list()).isEmpty();
        }

        @Test
        void theBrowsersAnswersAreOneConsent() {
            Tokens first = byBrowser(acme, BALANCES);
            byBrowser(acme, TRANSACTIONS);

            JsonNode consent = app.onlyConsent();
            assertThat(BankApp.permissions(consent)).containsExactlyInAnyOrder(BALANCES, TRANSACTIONS);
            assertThat(first.accessTokenClaims().get("grant_id").asText())
                    .isEqualTo(consent.get("id").asText());
        }

        @Test
        void theStoredConsentIsTheUnion() {
            byCiba(acme, List.of(BALANCES), BALANCES);
            byCiba(acme, List.of(TRANSACTIONS), TRANSACTIONS);

            assertThat(stored(ACME)).containsExactlyInAnyOrder(BALANCES, TRANSACTIONS);
            assertThat(app.consents("?status=live").list()).hasSize(2);
        }
    }

    @Nested
    @DisplayName("Whose word counts (F1, F3)")
    class Counts {

        @Test
        void whatSomebodyWritesIntoTheStoredConsentGrantsNothing() {
            byBrowser(acme, BALANCES);
            writeStoredConsent(ACME, BALANCES, TRANSACTIONS, DETAILS);
            assertThat(stored(ACME)).contains(DETAILS);

            assertThat(silently(acme, TRANSACTIONS, DETAILS)).isEqualTo("consent_required");
            assertThat(silentTokens(acme, BALANCES).accessTokenScope()).containsExactlyInAnyOrder("openid", BALANCES);
        }

        @Test
        void whatWasGrantedByCibaCountsInTheBrowserUntilItIsLeftOut() {
            byCiba(acme, List.of(BALANCES, TRANSACTIONS), BALANCES, TRANSACTIONS);
            logInToTheBank();
            assertThat(silentTokens(acme, BALANCES, TRANSACTIONS).accessTokenScope())
                    .containsExactlyInAnyOrder("openid", BALANCES, TRANSACTIONS);

            byCiba(acme, List.of(BALANCES, TRANSACTIONS), BALANCES);

            assertThat(silently(acme, BALANCES, TRANSACTIONS)).isEqualTo("consent_required");
            assertThat(stored(ACME)).containsExactly(BALANCES);
        }

        @Test
        void aNoInTheAppCountsInTheBrowser() {
            byCiba(acme, List.of(BALANCES), BALANCES);
            logInToTheBank();

            acme.ask(customer, BALANCES);
            app.deny(app.onlyPendingId()).ok();

            assertThat(silently(acme, BALANCES)).isEqualTo("consent_required");
            assertThat(stored(ACME)).isEmpty();
            assertThat(app.consents("?status=live").list()).isEmpty();
        }

        @Test
        void whatIsLeftOutIsNotInARefreshedToken() {
            Tokens before = byCiba(acme, List.of(BALANCES, TRANSACTIONS), BALANCES, TRANSACTIONS);

            byCiba(acme, List.of(BALANCES, TRANSACTIONS), BALANCES);

            assertThat(Tokens.of(acme.refresh(before)).accessTokenScope())
                    .containsExactlyInAnyOrder("openid", BALANCES);
        }

        private void logInToTheBank() {
            browser.open(new CodeFlow(acme, CodeFlow.BACK), customer);
        }

        /** As whoever holds the customer's token for the account API can do. */
        private void writeStoredConsent(String clientId, String... scopes) {
            ObjectNode consent = Http.object();
            for (String scope : scopes) {
                consent.withArrayProperty("grantedScopes")
                        .addObject()
                        .put("id", bank.admin().idOfScope(bank.name(), scope));
            }
            Http.send(Http.request(bank.uri("/account/applications/" + clientId + "/consent"))
                            .header(
                                    "Authorization",
                                    "Bearer " + customer.app("admin-cli").accessToken())
                            .header("Content-Type", "application/json")
                            .PUT(BodyPublishers.ofString(consent.toString())))
                    .ok();
        }
    }

    @Nested
    @DisplayName("Two tabs at once (F15)")
    class TwoTabs {

        @ParameterizedTest
        @EnumSource(Database.class)
        void neverLeaveTwoRows(Database database) throws Exception {
            Realm realm = Servers.bank(database);
            Tpp tpp = realm.tpp(ACME);
            Customer one = realm.newCustomer();
            WebClient tabs = new WebClient(realm);
            tabs.open(new CodeFlow(tpp, CodeFlow.BACK), one);
            WebPage first = tabs.open(new CodeFlow(tpp, CodeFlow.BACK, BALANCES).authorizationUri());
            WebPage second = tabs.open(new CodeFlow(tpp, CodeFlow.BACK, BALANCES).authorizationUri());

            AtOnce.all(List.of(() -> tabs.approve(first, BALANCES), () -> tabs.approve(second, BALANCES)));

            assertThat(one.app().consents("?status=live").list()).hasSize(1);
            CodeFlow again = new CodeFlow(tpp, CodeFlow.BACK, BALANCES).with("prompt", "none");
            Tokens tokens = again.tokens(tabs.open(again.authorizationUri()).uri());
            realm.admin().revokeConsent(realm.name(), one.id(), ACME).ok();
            assertThat(tpp.refresh(tokens).error()).isEqualTo("invalid_grant");
        }
    }

    @Nested
    @DisplayName("How it ends")
    class Ends {

        @Test
        void aWithdrawalEndsItsTokensWithTheNextCallAndNoOthers() {
            Tokens one = byCiba(acme, List.of(BALANCES), BALANCES);
            Tokens other = byCiba(acme, List.of(TRANSACTIONS), TRANSACTIONS);
            Tpp globe = bank.tpp("globe-aisp");
            Tokens globes = byCiba(globe, List.of(BALANCES));
            String grantId = one.accessTokenClaims().get("grant_id").asText();

            assertThat(app.withdraw(grantId).status()).isEqualTo(204);

            acme.assertDead(one);
            acme.assertAlive(other);
            globe.assertAlive(globes);
            assertThat(stored(ACME)).containsExactly(TRANSACTIONS);
            assertThat(app.withdraw(grantId).status()).isEqualTo(204);
            JsonNode ended = app.consent(grantId).ok();
            assertThat(ended.get("status").asText()).isEqualTo("revoked");
            assertThat(ended.get("endedBy").asText()).isEqualTo("customer");
            assertThat(ended.get("history").findValuesAsText("type")).containsExactly("granted", "revoked");
        }

        @Test
        void theBrowsersTokensEndAlikeAndTheCustomersLoginGoesOn() {
            Tokens byBrowser = byBrowser(acme, BALANCES);
            Tokens byCiba = byCiba(acme, List.of(TRANSACTIONS), TRANSACTIONS);

            app.withdraw(byBrowser.accessTokenClaims().get("grant_id").asText()).ok();

            acme.assertDead(byBrowser);
            acme.assertAlive(byCiba);
            assertThat(silently(acme, BALANCES)).isEqualTo("consent_required");
        }

        @Test
        void anOfflineTokenEndsWithItsConsent() {
            Tpp offline = bank.newTpp(ACME, client -> client.withArrayProperty("optionalClientScopes")
                    .add("offline_access"));
            Asked request = offline.ask(customer, BALANCES, "offline_access");
            app.approve(app.onlyPendingId()).ok();
            Tokens tokens = Tokens.of(offline.poll(request));
            Tokens.of(offline.refresh(tokens));

            app.withdraw(tokens.accessTokenClaims().get("grant_id").asText()).ok();

            offline.assertDead(tokens);
        }

        @Test
        void whatAnAdminTakesBackEndsTheConsents() {
            Tokens tokens = byCiba(acme, List.of(BALANCES), BALANCES);

            bank.admin().revokeConsent(bank.name(), customer.id(), ACME).ok();

            JsonNode ended = app.consents("?status=ended").list().get(0);
            assertThat(ended.get("status").asText()).isEqualTo("revoked");
            assertThat(ended.get("endedBy").asText()).isEqualTo("staff");
            acme.assertDead(tokens);
        }

        @Test
        void theEndOfOneRefreshTokenIsNoWordOfTheCustomer() {
            Tokens tokens = byCiba(acme, List.of(BALANCES), BALANCES);
            Asked next = acme.ask(customer, BALANCES);
            app.approve(app.onlyPendingId(), BALANCES).ok();

            acme.revoke(tokens).ok();

            Tokens.of(acme.poll(next));
            assertThat(app.consents("?status=live").list()).hasSize(2);
        }

        @Test
        void aConsentIsNarrowedAndRefreshedTokensFollow() {
            Tokens tokens = byCiba(acme, List.of(BALANCES, TRANSACTIONS), BALANCES, TRANSACTIONS);
            String grantId = tokens.accessTokenClaims().get("grant_id").asText();

            Answer narrowed = app.narrow(grantId, BALANCES);
            assertThat(BankApp.permissions(narrowed.ok())).containsExactly(BALANCES);
            assertThat(app.narrow(grantId, BALANCES).ok()).isEqualTo(narrowed.json());

            assertThat(Tokens.of(acme.refresh(tokens)).accessTokenScope())
                    .containsExactlyInAnyOrder("openid", BALANCES);
            assertThat(stored(ACME)).containsExactly(BALANCES);
            assertThat(app.narrow(grantId, BALANCES, TRANSACTIONS).status()).isEqualTo(422);
            assertThat(app.narrow(grantId).status()).isEqualTo(422);
            app.withdraw(grantId).ok();
            assertThat(app.narrow(grantId, BALANCES).status()).isEqualTo(409);
        }

        @Test
        void whatIsOverIsRefusedAtOnceAndThenEndedWithItsTokens() {
            Realm onPostgres = Servers.bank(Database.POSTGRESQL);
            Tpp tpp = onPostgres.tpp(ACME);
            Customer one = onPostgres.newCustomer();
            BankApp theirs = one.app();
            Asked request = tpp.ask(one, BALANCES);
            theirs.approve(theirs.onlyPendingId()).ok();
            Tokens tokens = Tokens.of(tpp.poll(request));
            String id = theirs.onlyConsent().get("id").asText();

            Postgres.execute(
                    Servers.shared(Database.POSTGRESQL).databaseName(),
                    "UPDATE consent SET valid_until = 1 WHERE id = '" + id + "'");

            assertThat(tpp.refresh(tokens).error()).isEqualTo("invalid_grant");
            assertThat(theirs.consent(id).text("status")).isEqualTo("expired");
            JsonNode ended = Eventually.within(
                    Duration.ofSeconds(60), "the end", () -> theirs.consent(id).ok(), consent -> !consent.get("endedBy")
                            .isNull());
            assertThat(ended.get("endedBy").asText()).isEqualTo("system");
            assertThat(onPostgres.api().introspect(tokens).ok().get("active").asBoolean())
                    .isFalse();
        }

        @Test
        void aRefreshIsForWhatItsOwnConsentGrants() {
            Tokens one = byCiba(acme, List.of(BALANCES, TRANSACTIONS), BALANCES, TRANSACTIONS);
            String grantId = one.accessTokenClaims().get("grant_id").asText();
            app.narrow(grantId, BALANCES).ok();
            byCiba(acme, List.of(TRANSACTIONS), TRANSACTIONS);

            assertThat(acme.post(
                                    "/protocol/openid-connect/token",
                                    Map.of(
                                            "grant_type",
                                            "refresh_token",
                                            "refresh_token",
                                            one.refreshToken(),
                                            "scope",
                                            TRANSACTIONS))
                            .error())
                    .isEqualTo("invalid_scope");
            assertThat(Tokens.of(acme.refresh(one)).accessTokenScope()).containsExactlyInAnyOrder("openid", BALANCES);
        }

        @Test
        void theHistoryOutlivesTheClient() {
            Tpp brief = bank.newTpp(ACME, client -> {});
            byCiba(brief, List.of(BALANCES), BALANCES);

            bank.admin().removeClient(bank.name(), brief.clientId());

            JsonNode ended = app.consents("").list().get(0);
            assertThat(ended.get("status").asText()).isEqualTo("revoked");
            assertThat(ended.get("endedBy").asText()).isEqualTo("system");
            assertThat(ended.at("/client/clientId").asText()).isEqualTo(brief.clientId());
            assertThat(ended.at("/client/name").asText()).isEqualTo("Acme Budget");
            assertThat(app.consent(ended.get("id").asText()).ok().get("history").findValuesAsText("type"))
                    .containsExactly("granted", "revoked");
        }

        @Test
        void anothersConsentIsLikeOneThatNeverWas() {
            Tokens tokens = byCiba(acme, List.of(BALANCES), BALANCES);
            String grantId = tokens.accessTokenClaims().get("grant_id").asText();
            BankApp stranger = bank.newCustomer().app();

            for (String id : List.of(grantId, UUID.randomUUID().toString(), "no-id")) {
                assertThat(stranger.consent(id).status()).isEqualTo(404);
                assertThat(stranger.withdraw(id).status()).isEqualTo(404);
                assertThat(stranger.narrow(id, BALANCES).status()).isEqualTo(404);
            }
            acme.assertAlive(tokens);
        }
    }

    @Nested
    @DisplayName("An approval on its way (F11)")
    class OnItsWay {

        private Asked approved(String... scopes) {
            Asked asked = acme.ask(customer, scopes);
            app.approve(app.onlyPendingId()).ok();
            return asked;
        }

        private void assertTakenBack(Asked asked) {
            assertThat(acme.poll(asked).error()).isEqualTo("access_denied");
            assertThat(app.requests("").list().findValuesAsText("status")).contains("withdrawn");
            assertThat(app.consents("?status=live").list()).isEmpty();
            assertThat(stored(ACME)).isEmpty();
        }

        @Test
        void isTakenBackByALaterNo() {
            Asked asked = approved(BALANCES);

            acme.ask(customer, BALANCES);
            app.deny(app.onlyPendingId()).ok();

            assertTakenBack(asked);
        }

        @Test
        void isTakenBackWithTheConsent() {
            String grantId = byCiba(acme, List.of(BALANCES), BALANCES)
                    .accessTokenClaims()
                    .get("grant_id")
                    .asText();
            Asked asked = approved(BALANCES);

            app.withdraw(grantId).ok();

            assertTakenBack(asked);
        }

        @Test
        void isTakenBackByAnAdmin() {
            byCiba(acme, List.of(BALANCES), BALANCES);
            Asked asked = approved(BALANCES);

            bank.admin().revokeConsent(bank.name(), customer.id(), ACME).ok();

            assertTakenBack(asked);
        }

        @Test
        void endsWithTheCustomersSessions() {
            Asked asked = approved(BALANCES);
            // what is revoked is told to the second
            Eventually.after(Instant.now().plusMillis(1_100));

            bank.admin().logOut(bank.name(), customer.id());

            assertThat(acme.poll(asked).error()).isEqualTo("access_denied");
        }
    }

    @Nested
    @DisplayName("All at once")
    class AtTheSameTime {

        @Test
        void nothingIsRefreshedOnceAConsentHasEnded() throws Exception {
            List<Tokens> all = new ArrayList<>();
            for (int count = 0; count < 20; count++) {
                all.add(byCiba(acme, List.of(BALANCES), BALANCES));
            }
            List<Callable<Answer>> calls = new ArrayList<>();
            for (Tokens tokens : all) {
                calls.add(() -> acme.refresh(tokens));
                calls.add(() ->
                        app.withdraw(tokens.accessTokenClaims().get("grant_id").asText()));
                calls.add(() -> acme.refresh(tokens));
            }

            List<Answer> answers = AtOnce.all(calls);

            assertThat(answers).allSatisfy(answer -> assertThat(answer.status()).isIn(200, 204, 400));
            for (Tokens tokens : all) {
                acme.assertDead(tokens);
            }
            answers.stream()
                    .filter(answer -> answer.status() == 200)
                    .map(Tokens::of)
                    .forEach(refreshed -> acme.assertDead(refreshed));
            assertThat(stored(ACME)).isEmpty();
        }
    }
}
