package io.assent.it.security;

import static io.assent.testing.actor.DevRealm.ACME;
import static io.assent.testing.actor.DevRealm.BALANCES;
import static io.assent.testing.actor.DevRealm.TRANSACTIONS;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.assent.testing.Eventually;
import io.assent.testing.actor.Admin;
import io.assent.testing.actor.Asked;
import io.assent.testing.actor.BankApp;
import io.assent.testing.actor.CodeFlow;
import io.assent.testing.actor.Customer;
import io.assent.testing.actor.PhoneKey;
import io.assent.testing.actor.Realm;
import io.assent.testing.actor.Tokens;
import io.assent.testing.actor.Tpp;
import io.assent.testing.browser.WebClient;
import io.assent.testing.browser.WebPage;
import io.assent.testing.http.Answer;
import io.assent.testing.http.Http;
import io.assent.testing.server.Servers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Who answers for a customer: the customer, in a login of their own that is good enough. */
class WhoseAnswerIT {

    private static final String REALM = "whose-answer-" + UUID.randomUUID();
    private static final String APP = "app-in-a-browser";
    private static final Realm BANK = Servers.bank().server().realm(REALM);
    private static final Admin ADMIN = BANK.admin();

    @BeforeAll
    static void makeRealm() {
        ADMIN.createRealm(Servers.realmFile().named(REALM));
        ObjectNode app = ADMIN.client(REALM, BankApp.CLIENT_ID);
        app.remove("id");
        app.put("clientId", APP);
        app.putArray("redirectUris").add(CodeFlow.BACK.toString());
        ADMIN.createClient(REALM, app);
    }

    @AfterAll
    static void removeRealm() {
        ADMIN.removeRealm(REALM);
    }

    private final Customer customer = BANK.newCustomer();
    private final Tpp acme = BANK.tpp(ACME);

    private Asked ask() {
        return acme.ask(customer, BALANCES, TRANSACTIONS);
    }

    /** The app in a browser that is logged in already, without a page. */
    private static BankApp appIn(WebClient browser) {
        CodeFlow login = new CodeFlow(new Tpp(BANK, APP, ""), CodeFlow.BACK).with("prompt", "none");
        WebPage back = browser.open(login.authorizationUri());
        return new BankApp(
                BANK,
                login.redeem(back.uri(), Map.of("client_id", APP))
                        .ok()
                        .get("access_token")
                        .asText());
    }

    private CodeFlow flow(Tpp tpp, String... scopes) {
        return new CodeFlow(tpp, CodeFlow.BACK, scopes);
    }

    private static void assertForbidden(Answer answer, String problem) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(403);
        assertThat(answer.problem()).isEqualTo(problem);
    }

    /** In the customer's place. */
    @Nested
    class AnAdmin {

        private final WebClient browser = new WebClient(BANK);

        @Test
        void answersAndChangesNothingByTheApi() {
            BankApp own = customer.app();
            Asked first = ask();
            own.approve(own.onlyPendingId(), BALANCES, TRANSACTIONS).ok();
            Tokens tokens = Tokens.of(acme.poll(first));
            String consent = own.onlyConsent().get("id").asText();
            Asked asked = ask();
            String id = own.onlyPendingId();

            browser.impersonate(customer);
            BankApp app = appIn(browser);

            assertThat(app.onlyPendingId()).isEqualTo(id);
            assertForbidden(app.approve(id, BALANCES), "impersonated-session");
            assertForbidden(app.deny(id), "impersonated-session");
            assertForbidden(app.confirm(consent), "impersonated-session");
            assertForbidden(app.narrow(consent, BALANCES), "impersonated-session");
            assertForbidden(app.withdraw(consent), "impersonated-session");
            assertThat(acme.poll(asked).error()).isEqualTo("authorization_pending");
            Tokens.of(acme.refresh(tokens));
            String device = UUID.randomUUID().toString();
            assertForbidden(app.keyChallenge(device), "impersonated-session");
            assertForbidden(enrol(app, device, own), "impersonated-session");
            enrol(own, device, own).ok();
        }

        @Test
        void changesNeitherWhoAsksNorTheDevicesNorHowTheCustomerIsNamed() {
            // one of their own, since a report counts against a client with all customers
            Tpp reportable = BANK.newTpp(ACME, client -> {});
            Tpp asking = BANK.newTpp(ACME, client -> {});
            Tpp blocked = BANK.newTpp(ACME, client -> {});
            ADMIN.configurePermissions(REALM, "all-clients");
            BankApp own = customer.app();
            reportable.ask(customer, BALANCES);
            String denied = own.onlyPendingId();
            own.deny(denied).ok();
            own.block(blocked.clientId()).ok();
            UUID device = UUID.randomUUID();
            own.register(device, "log");
            Asked asked = asking.ask(customer, BALANCES);

            browser.impersonate(customer);
            BankApp app = appIn(browser);

            assertForbidden(app.block(asking.clientId()), "impersonated-session");
            assertForbidden(app.unblock(blocked.clientId()), "impersonated-session");
            assertForbidden(app.report(denied), "impersonated-session");
            assertForbidden(register(app, UUID.randomUUID()), "impersonated-session");
            assertForbidden(register(app, device), "impersonated-session");
            assertForbidden(app.prove(device.toString(), "n".repeat(22)), "impersonated-session");
            assertForbidden(app.removeDevice(device.toString()), "impersonated-session");
            assertForbidden(app.setUserCode("k4-secret!"), "impersonated-session");
            assertForbidden(app.removeUserCode(), "impersonated-session");
            assertForbidden(app.loginHintToken(), "impersonated-session");
            // says what was said, and changes nothing
            assertThat(app.deny(denied).ok().at("/decision/reported").asBoolean())
                    .isFalse();

            assertThat(asking.poll(asked).error()).isEqualTo("authorization_pending");
            assertThat(clientIds(own.blocks())).containsExactly(blocked.clientId());
            assertThat(own.devices().list())
                    .singleElement()
                    .satisfies(kept -> assertThat(kept.get("deviceId").asText()).isEqualTo(device.toString()));

            own.report(denied).ok();
            assertThat(app.report(denied).ok().at("/decision/reported").asBoolean())
                    .isTrue();
            assertThat(clientIds(own.blocks())).containsExactlyInAnyOrder(reportable.clientId(), blocked.clientId());
        }

        @Test
        void isNotAskedInTheBrowser() {
            browser.impersonate(customer);
            CodeFlow flow = flow(BANK.tpp("globe-aisp"), BALANCES);

            WebPage back = browser.open(flow.authorizationUri());

            assertThat(back.left()).as(back.body()).isTrue();
            assertThat(flow.error(back.uri())).isEqualTo("access_denied");
            assertThat(ADMIN.consents(REALM, customer.id())).isEmpty();
        }
    }

    @Test
    void anOfflineTokenAnswersNothingAndTakesBack() {
        BankApp own = customer.app();
        Asked first = ask();
        own.approve(own.onlyPendingId(), BALANCES).ok();
        Tokens.of(acme.poll(first));
        String consent = own.onlyConsent().get("id").asText();
        Asked asked = ask();

        BankApp app = offline();
        String id = app.onlyPendingId();

        assertForbidden(app.approve(id, BALANCES), "offline-session");
        assertForbidden(app.deny(id), "offline-session");
        assertForbidden(app.confirm(consent), "offline-session");
        assertThat(app.withdraw(consent).status()).isEqualTo(204);
        assertThat(acme.poll(asked).error()).isEqualTo("authorization_pending");
        String device = UUID.randomUUID().toString();
        assertForbidden(app.keyChallenge(device), "offline-session");
        assertForbidden(enrol(app, device, own), "offline-session");
    }

    @Test
    void anOfflineTokenChangesNotHowTheCustomerCanBeAskedAndTakesBackADevice() {
        Tpp reportable = BANK.newTpp(ACME, client -> {});
        Tpp asking = BANK.newTpp(ACME, client -> {});
        Tpp blocked = BANK.newTpp(ACME, client -> {});
        ADMIN.configurePermissions(REALM, "all-clients");
        BankApp own = customer.app();
        reportable.ask(customer, BALANCES);
        String denied = own.onlyPendingId();
        own.deny(denied).ok();
        own.block(blocked.clientId()).ok();
        UUID device = UUID.randomUUID();
        own.register(device, "log");
        Asked asked = asking.ask(customer, BALANCES);

        BankApp app = offline();

        assertForbidden(app.block(asking.clientId()), "offline-session");
        assertForbidden(app.unblock(blocked.clientId()), "offline-session");
        assertForbidden(app.report(denied), "offline-session");
        assertForbidden(register(app, UUID.randomUUID()), "offline-session");
        assertForbidden(register(app, device), "offline-session");
        assertForbidden(app.prove(device.toString(), "n".repeat(22)), "offline-session");
        assertThat(asking.poll(asked).error()).isEqualTo("authorization_pending");
        assertThat(clientIds(own.blocks())).containsExactly(blocked.clientId());
        assertThat(app.removeDevice(device.toString()).status()).isEqualTo(204);
        assertThat(own.devices().list()).isEmpty();
    }

    /** By a token that came by {@code offline_access}. */
    private BankApp offline() {
        String refreshToken = Http.send(Http.form(
                        BANK.tokenEndpoint(),
                        Map.of(
                                "grant_type",
                                "password",
                                "client_id",
                                BankApp.CLIENT_ID,
                                "username",
                                customer.username(),
                                "password",
                                customer.password(),
                                "scope",
                                "openid offline_access")))
                .ok()
                .get("refresh_token")
                .asText();
        return new BankApp(
                BANK,
                Http.send(Http.form(
                                BANK.tokenEndpoint(),
                                Map.of(
                                        "grant_type",
                                        "refresh_token",
                                        "client_id",
                                        BankApp.CLIENT_ID,
                                        "refresh_token",
                                        refreshToken)))
                        .ok()
                        .get("access_token")
                        .asText());
    }

    private static Answer register(BankApp app, UUID device) {
        return app.register(
                device.toString(),
                Http.object()
                        .put("platform", "log")
                        .put("pushToken", "t-" + device)
                        .toString());
    }

    private static List<String> clientIds(Answer blocks) {
        return blocks.list().findValuesAsText("clientId");
    }

    /** @param challenged who gets the challenge: whoever may */
    private static Answer enrol(BankApp app, String device, BankApp challenged) {
        PhoneKey key = PhoneKey.generate();
        ObjectNode registration = Http.object().put("platform", "log").put("pushToken", "t-" + device);
        registration.set("key", key.jwk());
        String challenge = challenged.keyChallenge(device).ok().get("challenge").asText();
        return app.registerSigned(device, registration.toString(), challenge, key);
    }

    @Test
    void aTokenThatIsNotForTheApiIsRefusedAndTheOperatorIsTold() {
        String id = ADMIN.idOfScope(REALM, "consent-app");
        String scope = "other-" + UUID.randomUUID();
        try {
            ADMIN.updateScope(REALM, "consent-app", settings -> settings.put("name", scope));
            ObjectNode without = Http.object().put("name", "consent-app").put("protocol", "openid-connect");
            without.putObject("attributes")
                    .put("display.on.consent.screen", "false")
                    .put("include.in.token.scope", "true");
            ADMIN.createScope(REALM, without);
            ADMIN.assignScope(REALM, APP, "consent-app", "default");
            ADMIN.unassignScope(REALM, APP, scope);
            BankApp app = customer.app(APP);

            Answer refused = app.requests("");

            assertThat(refused.status()).as(refused.toString()).isEqualTo(401);
            assertThat(refused.problem()).isEqualTo("invalid-token");
            assertThat(refused.header("WWW-Authenticate")).hasValue("Bearer error=\"invalid_token\"");
            assertThat(BANK.server().said()).contains("A token of client '" + APP + "' in realm '" + REALM);
        } finally {
            ADMIN.removeScope(REALM, ADMIN.idOfScope(REALM, "consent-app"));
            ADMIN.updateScope(REALM, scope, settings -> settings.put("name", "consent-app"));
            ADMIN.assignScope(REALM, APP, "consent-app", "default");
        }
        assertThat(ADMIN.idOfScope(REALM, "consent-app")).isEqualTo(id);
        customer.app(APP).requests("").list();
    }

    @Test
    void twoAuthorizationHeadersAreRefused() {
        String token = "Bearer " + customer.app().accessToken();

        Answer refused = Http.send(Http.request(BANK.uri("/consent/v1/requests"))
                .header("Authorization", token)
                .header("Authorization", token));

        assertThat(refused.status()).as(refused.toString()).isEqualTo(401);
        assertThat(refused.problem()).isEqualTo("invalid-token");
    }

    @Test
    void aScopeThatIsRenamedBetweenAnswerAndPollGrantsNothing() {
        Tpp tpp = BANK.newTpp(ACME, client -> {});
        String one = "swapped.one-" + UUID.randomUUID();
        String other = "swapped.other-" + UUID.randomUUID();
        for (String scope : List.of(one, other)) {
            ObjectNode settings = Http.object().put("name", scope).put("protocol", "openid-connect");
            settings.putObject("attributes")
                    .put("display.on.consent.screen", "true")
                    .put("include.in.token.scope", "true");
            ADMIN.createScope(REALM, settings);
            ADMIN.assignScope(REALM, tpp.clientId(), scope, "optional");
        }
        ADMIN.configurePermissions(REALM, "all-clients");
        BankApp app = customer.app();
        Asked asked = tpp.ask(customer, one);
        app.approve(app.onlyPendingId(), one).ok();

        ADMIN.updateScope(REALM, one, settings -> settings.put("name", one + "-before"));
        ADMIN.updateScope(REALM, other, settings -> settings.put("name", one));
        Answer refused = tpp.poll(asked);

        assertThat(refused.status()).as(refused.toString()).isEqualTo(400);
        assertThat(refused.error()).isEqualTo("invalid_grant");
        assertThat(ADMIN.consents(REALM, customer.id())).isEmpty();
    }

    @Test
    void aCustomerWhoIsLockedOutDeniesAndDoesNotApprove() {
        BankApp app = customer.app();
        Asked asked = ask();
        String id = app.onlyPendingId();
        customer.lockOut();

        assertForbidden(app.approve(id, BALANCES), "customer-locked-out");
        app.deny(id).ok();

        assertThat(acme.poll(asked).error()).isEqualTo("access_denied");
    }

    @Test
    void whoeverIsDisabledHasNoPartInAnAnswer() {
        Tpp tpp = BANK.newTpp(ACME, client -> {});
        ADMIN.configurePermissions(REALM, "all-clients");
        BankApp app = customer.app(APP);
        tpp.ask(customer, BALANCES);
        String id = app.onlyPendingId();
        ADMIN.updateClient(REALM, tpp.clientId(), client -> client.put("enabled", false));

        Answer refused = app.approve(id, BALANCES);
        assertThat(refused.status()).as(refused.toString()).isEqualTo(410);
        assertThat(refused.problem()).isEqualTo("expired");
        ADMIN.updateClient(REALM, tpp.clientId(), client -> client.put("enabled", true));
        assertThat(app.approve(id, BALANCES).problem()).isEqualTo("expired");

        Asked asked = tpp.ask(customer, BALANCES);
        app.approve(app.onlyPendingId(), BALANCES).ok();
        ADMIN.updateClient(REALM, APP, client -> client.put("enabled", false));
        try {
            assertThat(tpp.poll(asked).error()).isEqualTo("invalid_grant");
        } finally {
            ADMIN.updateClient(REALM, APP, client -> client.put("enabled", true));
        }
        Tokens.of(tpp.poll(asked));
    }

    /** By the rules for the client that asks. */
    @Nested
    class ALogin {

        private final WebClient browser = new WebClient(BANK);

        @AfterEach
        void noRules() {
            rules(Map.of());
        }

        private void rules(Map<String, String> rules) {
            ADMIN.consentRules(REALM, rules).ok();
            ADMIN.demandOfEveryClient(REALM, "consents");
        }

        @Test
        void thatIsTooWeakIsToldWhatWillDo() {
            Asked asked = ask();
            CodeFlow login = new CodeFlow(new Tpp(BANK, APP, ""), CodeFlow.BACK);
            browser.open(login, customer);
            BankApp app = appIn(browser);
            rules(Map.of("decision-acr", "1"));

            Answer refused = app.approve(app.onlyPendingId(), BALANCES);

            assertThat(refused.status()).as(refused.toString()).isEqualTo(401);
            assertThat(refused.problem()).isEqualTo("insufficient-user-authentication");
            assertThat(refused.header("WWW-Authenticate"))
                    .hasValue("Bearer error=\"insufficient_user_authentication\", acr_values=\"1\"");
            assertThat(acme.poll(asked).error()).isEqualTo("authorization_pending");
            BankApp strong = customer.app();
            strong.approve(strong.onlyPendingId(), BALANCES).ok();
            Tokens.of(acme.poll(asked));
            String consent = app.onlyConsent().get("id").asText();
            assertThat(app.confirm(consent).problem()).isEqualTo("insufficient-user-authentication");
            strong.confirm(consent).ok();
            assertThat(app.withdraw(consent).status()).isEqualTo(204);
        }

        @Test
        void thatIsTooWeakOrTooOldEnrolsNoKeyInTheAppThatTheRuleIsFor() {
            browser.open(new CodeFlow(new Tpp(BANK, APP, ""), CodeFlow.BACK), customer);
            BankApp app = appIn(browser);
            String device = UUID.randomUUID().toString();
            rules(Map.of("enrolment-acr", "1"));

            Answer refused = enrol(app, device, app);

            assertThat(refused.status()).as(refused.toString()).isEqualTo(401);
            assertThat(refused.problem()).isEqualTo("insufficient-user-authentication");
            assertThat(refused.header("WWW-Authenticate"))
                    .hasValue("Bearer error=\"insufficient_user_authentication\", acr_values=\"1\", max_age=\"600\"");
            assertThat(app.devices().list()).isEmpty();
            BankApp strong = customer.app(APP);
            enrol(strong, device, strong).ok();

            Instant login = Instant.now();
            rules(Map.of("enrolment-max-age-seconds", "1"));
            Eventually.within(Duration.ofSeconds(10), "an old login", Instant::now, login.plusSeconds(3)::isBefore);
            Answer tooOld = enrol(strong, UUID.randomUUID().toString(), strong);
            assertThat(tooOld.header("WWW-Authenticate"))
                    .hasValue("Bearer error=\"insufficient_user_authentication\", max_age=\"1\"");
        }

        @Test
        void thatIsTooOldIsToldHowOldItMayBeAndDenies() {
            BankApp app = customer.app();
            Instant login = Instant.now();
            ask();
            rules(Map.of("decision-max-age-seconds", "1"));
            Eventually.within(Duration.ofSeconds(10), "an old login", Instant::now, login.plusSeconds(3)::isBefore);

            Answer refused = app.approve(app.onlyPendingId(), BALANCES);

            assertThat(refused.status()).as(refused.toString()).isEqualTo(401);
            assertThat(refused.header("WWW-Authenticate"))
                    .hasValue("Bearer error=\"insufficient_user_authentication\", max_age=\"1\"");
            app.deny(app.onlyPendingId()).ok();
        }

        @Test
        void thatIsTooWeakIsDoneAgainInTheBrowser() {
            browser.open(new CodeFlow(new Tpp(BANK, APP, ""), CodeFlow.BACK), customer);
            rules(Map.of("decision-acr", "1", "decision-max-age-seconds", "3600"));
            CodeFlow flow = flow(acme, BALANCES);

            WebPage login = browser.open(flow.authorizationUri());
            assertThat(login.html().selectFirst("#kc-form-login"))
                    .as(login.body())
                    .isNotNull();
            WebPage page = browser.logIn(login, customer);
            assertThat(page.asks()).as(page.body()).isTrue();
            Tokens tokens = flow.tokens(browser.approve(page, BALANCES).uri());

            assertThat(tokens.accessTokenScope()).contains(BALANCES);
        }

        @Test
        void thatNoLoginHereReachesIsToldToTheTpp() {
            rules(Map.of("decision-acr", "urn:bank:strong"));
            CodeFlow flow = flow(acme, BALANCES);

            WebPage again = browser.logIn(browser.open(flow.authorizationUri()), customer);
            WebPage back = browser.logIn(again, customer);

            assertThat(back.left()).as(back.body()).isTrue();
            assertThat(flow.error(back.uri())).isEqualTo("unmet_authentication_requirements");
            assertThat(ADMIN.consents(REALM, customer.id())).isEmpty();
        }

        @Test
        void thatGrowsOldBeforeThePageIsDoneAgain() {
            rules(Map.of("decision-max-age-seconds", "15"));
            CodeFlow flow = flow(acme, BALANCES);
            WebPage page = browser.open(flow, customer);
            Instant shown = Instant.now();
            assertThat(page.asks()).as(page.body()).isTrue();
            Eventually.within(Duration.ofSeconds(60), "an old login", Instant::now, shown.plusSeconds(17)::isBefore);

            WebPage login = browser.approve(page, BALANCES);

            assertThat(login.html().selectFirst("#kc-form-login"))
                    .as(login.body())
                    .isNotNull();
            WebPage again = browser.logIn(login, customer);
            assertThat(flow.tokens(browser.approve(again, BALANCES).uri()).accessTokenScope())
                    .contains(BALANCES);
        }
    }
}
