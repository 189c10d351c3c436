package io.assent.it.consent;

import static io.assent.testing.actor.DevRealm.ACME;
import static io.assent.testing.actor.DevRealm.BALANCES;
import static io.assent.testing.actor.DevRealm.DETAILS;
import static io.assent.testing.actor.DevRealm.TRANSACTIONS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.assent.testing.Eventually;
import io.assent.testing.actor.Admin;
import io.assent.testing.actor.Asked;
import io.assent.testing.actor.BankApp;
import io.assent.testing.actor.CodeFlow;
import io.assent.testing.actor.Customer;
import io.assent.testing.actor.PushStream;
import io.assent.testing.actor.Realm;
import io.assent.testing.actor.Server;
import io.assent.testing.actor.Tokens;
import io.assent.testing.actor.Tpp;
import io.assent.testing.browser.WebClient;
import io.assent.testing.http.Answer;
import io.assent.testing.http.Http;
import io.assent.testing.server.Database;
import io.assent.testing.server.Postgres;
import io.assent.testing.server.Servers;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How long a consent stands, in a realm whose client policies say so. */
class ConsentTermIT {

    private static final String REALM = "terms";

    private final Server server = Servers.bank(Database.POSTGRESQL).server();
    private final Admin admin = server.admin();
    private Realm realm;
    private Tpp acme;
    private Customer customer;
    private BankApp app;

    @BeforeEach
    void makeRules() {
        admin.createRealm(Servers.realmFile().named(REALM));
        admin.consentRules(REALM, Map.of("validity-days", "30", "confirm-every-days", "10", "confirm-notice-days", "3"))
                .ok();
        admin.demandOfEveryClient(REALM, "consents");
        realm = server.realm(REALM);
        acme = realm.tpp(ACME);
        customer = realm.newCustomer();
        app = customer.app();
    }

    @AfterEach
    void removeRealm() {
        admin.removeRealm(REALM);
    }

    private Tokens tokens(Tpp tpp, String... scopes) {
        Asked asked = tpp.ask(customer, scopes);
        app.approve(app.onlyPendingId()).ok();
        return Tokens.of(tpp.poll(asked));
    }

    private static Instant time(JsonNode consent, String field) {
        return Instant.parse(consent.get(field).asText());
    }

    /** Moves a time of the consent into the past. */
    private static void past(String grantId, String column) {
        Postgres.execute(
                Servers.shared(Database.POSTGRESQL).databaseName(),
                "UPDATE consent SET " + column + " = 1 WHERE id = '" + grantId + "'");
    }

    private static String grantId(Tokens tokens) {
        return tokens.accessTokenClaims().get("grant_id").asText();
    }

    @Test
    void theRulesOfTheClientSayHowLong() {
        Tokens tokens = tokens(acme, BALANCES);

        JsonNode consent = app.onlyConsent();
        Instant granted = time(consent, "grantedAt");
        assertThat(time(consent, "validUntil")).isEqualTo(granted.plus(30, ChronoUnit.DAYS));
        assertThat(time(consent, "confirmBy")).isEqualTo(granted.plus(10, ChronoUnit.DAYS));
        assertThat(time(consent, "confirmedAt")).isEqualTo(granted);
        assertThat(time(consent, "lastUsedAt")).isCloseTo(granted, within(10, ChronoUnit.SECONDS));
        assertThat(consent.get("oneTime").asBoolean()).isFalse();

        Postgres.execute(
                Servers.shared(Database.POSTGRESQL).databaseName(),
                "UPDATE consent SET valid_until = " + granted.plusSeconds(120).toEpochMilli() + " WHERE id = '"
                        + grantId(tokens) + "'");
        Tokens capped = Tokens.of(acme.refresh(tokens));
        assertThat(capped.accessTokenClaims().get("exp").asLong())
                .isEqualTo(granted.plusSeconds(120).getEpochSecond());
        assertThat(capped.refreshTokenClaims().get("exp").asLong())
                .isEqualTo(granted.plusSeconds(120).getEpochSecond());
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "30d", "100000"})
    void aProfileWithARuleThatCantBeReadIsNotSaved(String days) {
        assertThat(admin.consentRules(REALM, Map.of("validity-days", days)).status())
                .isEqualTo(400);
    }

    @Test
    void whatIsNotConfirmedInTimeIsSuspendedUntilItIs() {
        Tokens tokens = tokens(acme, BALANCES);
        String id = grantId(tokens);
        past(id, "confirm_by");

        Answer refused = acme.refresh(tokens);
        assertThat(refused.error()).isEqualTo("invalid_grant");
        assertThat(refused.json().get("error_description").asText()).contains("confirmed");
        assertThat(app.consent(id).text("status")).isEqualTo("suspended");
        JsonNode suspended = Eventually.within(
                Duration.ofSeconds(60), "the sweep", () -> app.consent(id).ok(), consent -> consent.get("history")
                        .findValuesAsText("type")
                        .contains("suspended"));
        assertThat(suspended.get("status").asText()).isEqualTo("suspended");
        assertThat(admin.grantedScopes(REALM, customer.id(), ACME)).isEmpty();
        assertThat(acme.refresh(tokens).error()).isEqualTo("invalid_grant");

        Answer confirmed = app.confirm(id);
        assertThat(confirmed.text("status")).isEqualTo("active");
        assertThat(app.confirm(id).ok()).isEqualTo(confirmed.json());
        Tokens.of(acme.refresh(tokens));
        assertThat(admin.grantedScopes(REALM, customer.id(), ACME)).containsExactly(BALANCES);
        assertThat(app.consent(id).ok().get("history").findValuesAsText("type"))
                .containsExactly("granted", "suspended", "confirmed");
    }

    @Test
    void nothingThatHasEndedIsConfirmedAndNobodyElsesIs() {
        String ended = grantId(tokens(acme, BALANCES));
        app.withdraw(ended).ok();
        assertThat(app.confirm(ended).status()).isEqualTo(409);

        String over = grantId(tokens(acme, BALANCES));
        past(over, "valid_until");
        assertThat(app.confirm(over).status()).isEqualTo(409);

        String own = grantId(tokens(acme, BALANCES));
        BankApp stranger = realm.newCustomer().app();
        assertThat(stranger.confirm(own).status()).isEqualTo(404);
        assertThat(app.confirm(UUID.randomUUID().toString()).status()).isEqualTo(404);
        assertThat(app.confirm("no-id").status()).isEqualTo(404);
    }

    @Test
    void thePhoneIsToldOnceThatAConsentIsToBeConfirmed() {
        String pushToken = app.register(UUID.randomUUID(), "sandbox");
        String id = grantId(tokens(acme, BALANCES));
        try (PushStream phone = PushStream.open(realm, pushToken)) {
            past(id, "remind_at");

            JsonNode reminded = Eventually.within(
                    Duration.ofSeconds(60),
                    "the reminder",
                    () -> app.consent(id).ok().get("history"),
                    history -> history.size() > 1);
            assertThat(reminded.findValuesAsText("type")).containsExactly("granted", "reminded");

            JsonNode push = phone.next();
            while (!push.get("type").asText().equals("confirmation-due")) {
                push = phone.next();
            }

            assertThat(push.get("consentId").asText()).isEqualTo(id);
            assertThat(push.get("title").asText()).isNotBlank();
            assertThat(push.toString()).doesNotContain("acme", "balances", customer.username());
        }
    }

    @Test
    void ofTwoConsentsThePhoneIsToldOfTheOneThatIsDue() {
        String first = grantId(tokens(acme, BALANCES));
        past(first, "remind_at");
        Eventually.within(Duration.ofSeconds(60), "the first reminder", () -> isReminded(first));
        String second = grantId(tokens(acme, TRANSACTIONS));
        assertThat(second).isNotEqualTo(first);
        String pushToken = app.register(UUID.randomUUID(), "sandbox");
        try (PushStream phone = PushStream.open(realm, pushToken)) {
            past(second, "remind_at");

            JsonNode push = phone.next();
            while (!push.get("type").asText().equals("confirmation-due")) {
                push = phone.next();
            }

            assertThat(push.get("consentId").asText()).isEqualTo(second);
        }
        assertThat(app.consent(first).text("status")).isEqualTo("active");
    }

    private boolean isReminded(String id) {
        return app.consent(id).ok().get("history").findValuesAsText("type").contains("reminded");
    }

    @Test
    void anOfflineTokenIsGoodForTheRestThoughAPartWasTakenBack() {
        Tpp tpp = realm.newTpp(
                ACME, client -> client.withArrayProperty("optionalClientScopes").add("offline_access"));
        Tokens before = tokens(tpp, BALANCES, TRANSACTIONS, "offline_access");

        app.narrow(grantId(before), BALANCES, "offline_access").ok();

        Tokens after = Tokens.of(tpp.refresh(before));
        assertThat(after.accessTokenScope()).containsExactlyInAnyOrder("openid", BALANCES, "offline_access");
        assertThat(Tokens.of(tpp.refresh(after)).accessTokenScope())
                .containsExactlyInAnyOrder("openid", BALANCES, "offline_access");
    }

    private Tpp offlineTpp() {
        return realm.newTpp(
                ACME, client -> client.withArrayProperty("optionalClientScopes").add("offline_access"));
    }

    private static void assertTakenBack(Answer refreshed) {
        assertThat(refreshed.error()).as(refreshed.toString()).isEqualTo("invalid_grant");
        assertThat(refreshed.json().has("access_token")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whoTakesBackTheAccessWhileAwayEndsTheOfflineTokenAndNoOther(boolean consentRequired) {
        Tpp tpp = offlineTpp();
        admin.updateClient(REALM, tpp.clientId(), client -> client.put("consentRequired", consentRequired));
        Tokens offline = tokens(tpp, BALANCES, "offline_access");
        Tokens beside = tokens(tpp, TRANSACTIONS, "offline_access");
        Tokens online = tokens(tpp, DETAILS);
        Tokens refreshed = Tokens.of(tpp.refresh(offline));

        app.narrow(grantId(offline), BALANCES).ok();

        assertTakenBack(tpp.refresh(offline));
        assertTakenBack(tpp.refresh(refreshed));
        assertThat(app.consent(grantId(offline)).text("status")).isEqualTo("active");
        tpp.assertAlive(beside);
        tpp.assertAlive(online);
    }

    @Test
    void whoLeavesTheAccessWhileAwayOutOfANewAnswerEndsEveryOfflineToken() {
        Tpp tpp = offlineTpp();
        Tokens offline = tokens(tpp, BALANCES, "offline_access");
        WebClient browser = new WebClient(realm);
        // a login that is not for the access while away alone
        CodeFlow login = new CodeFlow(tpp, CodeFlow.BACK, DETAILS);
        login.tokens(browser.approve(browser.open(login, customer), DETAILS).uri());
        CodeFlow flow = new CodeFlow(tpp, CodeFlow.BACK, TRANSACTIONS, "offline_access");
        // which stands by the first answer
        Tokens inTheBrowser = flow.tokens(browser.approve(browser.open(flow.authorizationUri()), TRANSACTIONS)
                .uri());
        Tokens.of(tpp.refresh(inTheBrowser));

        Asked again = tpp.ask(customer, BALANCES, "offline_access");
        app.approve(app.onlyPendingId(), BALANCES).ok();
        Tokens now = Tokens.of(tpp.poll(again));

        assertTakenBack(tpp.refresh(offline));
        assertTakenBack(tpp.refresh(inTheBrowser));
        assertThat(Tokens.of(tpp.refresh(now)).accessTokenScope()).containsExactlyInAnyOrder("openid", BALANCES);
        CodeFlow silent = new CodeFlow(tpp, CodeFlow.BACK, TRANSACTIONS).with("prompt", "none");
        assertThat(silent.tokens(browser.open(silent.authorizationUri()).uri()).accessTokenScope())
                .as("the login goes on")
                .contains(TRANSACTIONS);
    }

    @Test
    void anOfflineTokenIsMeasuredByItsConsentThoughItsSessionLivesOn() {
        Tpp tpp = offlineTpp();
        Tokens tokens = tokens(tpp, BALANCES, "offline_access");
        String offline = admin.idOfScope(REALM, "offline_access");

        Postgres.execute(
                Servers.shared(Database.POSTGRESQL).databaseName(),
                "UPDATE consent SET permissions = '" + BALANCES + "', scope_ids = '" + admin.idOfScope(REALM, BALANCES)
                        + "' WHERE id = '" + grantId(tokens) + "'");
        assertTakenBack(tpp.refresh(tokens));

        admin.updateScope(REALM, "offline_access", scope -> scope.withObjectProperty("attributes")
                .put("display.on.consent.screen", "false"));
        assertThat(admin.idOfScope(REALM, "offline_access")).isEqualTo(offline);
        Tokens.of(tpp.refresh(tokens));
    }

    @Test
    void whereNobodyIsAskedForTheAccessWhileAwayItGoesOn() {
        Tpp tpp = offlineTpp();
        admin.updateScope(REALM, "offline_access", scope -> scope.withObjectProperty("attributes")
                .put("display.on.consent.screen", "false"));
        Tokens tokens = tokens(tpp, BALANCES, TRANSACTIONS, "offline_access");
        assertThat(BankApp.permissions(app.onlyConsent())).containsExactlyInAnyOrder(BALANCES, TRANSACTIONS);

        app.narrow(grantId(tokens), BALANCES).ok();

        assertThat(Tokens.of(tpp.refresh(tokens)).accessTokenScope())
                .containsExactlyInAnyOrder("openid", BALANCES, "offline_access");
    }

    @Test
    void aPermissionThatWasMadeAnewIsNotTakenBackForTheOneBefore() {
        tokens(acme, BALANCES, TRANSACTIONS);
        ObjectNode before = admin.scope(REALM, BALANCES);
        admin.removeScope(REALM, before.get("id").asText());
        before.remove("id");
        admin.createScope(REALM, before);
        admin.assignScope(REALM, acme.clientId(), BALANCES, "optional");
        Tokens revoked = tokens(acme, DETAILS);
        String anew = grantId(tokens(acme, BALANCES));

        acme.revoke(revoked).ok();
        writeStoredConsent(BALANCES, TRANSACTIONS, DETAILS);

        assertThat(BankApp.permissions(app.consent(anew).ok())).containsExactly(BALANCES);
        assertThat(app.consent(anew).text("status")).isEqualTo("active");

        writeStoredConsent(TRANSACTIONS, DETAILS);
        assertThat(app.consent(anew).text("status")).isEqualTo("revoked");
    }

    /** As whoever holds the customer's token for the account API can do. */
    private void writeStoredConsent(String... scopes) {
        ObjectNode consent = Http.object();
        for (String scope : scopes) {
            consent.withArrayProperty("grantedScopes").addObject().put("id", admin.idOfScope(REALM, scope));
        }
        Http.send(Http.request(realm.uri("/account/applications/" + ACME + "/consent"))
                        .header(
                                "Authorization",
                                "Bearer " + customer.app("admin-cli").accessToken())
                        .header("Content-Type", "application/json")
                        .PUT(BodyPublishers.ofString(consent.toString())))
                .ok();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "offline_access"})
    void whatTheClientIsGivenByDefaultSinceIsInNoRefreshedToken(String more) {
        Tpp tpp = realm.newTpp(
                ACME, client -> client.withArrayProperty("optionalClientScopes").add("offline_access"));
        String[] asked = more.isEmpty() ? new String[] {BALANCES} : new String[] {BALANCES, more};
        Tokens before = tokens(tpp, asked);

        admin.assignScope(REALM, tpp.clientId(), DETAILS, "default");

        Answer refreshed = tpp.refresh(before);
        String[] granted = Arrays.copyOf(asked, asked.length + 1);
        granted[asked.length] = "openid";
        assertThat(Tokens.of(refreshed).accessTokenScope()).containsExactlyInAnyOrder(granted);
        assertThat(refreshed.ok().get("scope").asText().split(" ")).containsExactlyInAnyOrder(granted);
        assertThat(Tokens.of(tpp.refresh(Tokens.of(refreshed))).accessTokenScope())
                .containsExactlyInAnyOrder(granted);

        Tokens newlyAsked = tokens(tpp, TRANSACTIONS);
        assertThat(newlyAsked.accessTokenScope()).contains(DETAILS, TRANSACTIONS);
    }
}
