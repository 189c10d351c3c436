package io.assent.it.security;

import static io.assent.testing.actor.DevRealm.ACME;
import static io.assent.testing.actor.DevRealm.BALANCES;
import static io.assent.testing.actor.DevRealm.TRANSACTIONS;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
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
import io.assent.testing.server.Database;
import io.assent.testing.server.Keycloak;
import io.assent.testing.server.Servers;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** A client with any switch forgotten gets no permission that its customer did not grant. */
class SafeguardIT {

    private static final String REALM = "guarded";
    private static final Keycloak SERVER = Servers.shared(Database.H2);
    private static final Consumer<ObjectNode> FULL_SCOPE = client -> client.put("fullScopeAllowed", true);
    private static final Consumer<ObjectNode> NO_CONSENT = client -> client.put("consentRequired", false);

    private final Realm bank = SERVER.realm(REALM);
    private final Admin admin = SERVER.admin();
    private final Customer customer = bank.newCustomer();
    private final BankApp app = customer.app();
    private final WebClient browser = new WebClient(bank);
    private Tpp tpp;

    @BeforeAll
    static void createRealmThatKeepsEvents() {
        SERVER.admin()
                .createRealm(Servers.realmFile()
                        .with(realm -> {
                            realm.put("eventsEnabled", true);
                            List.of(
                                            "LOGIN",
                                            "PUSHED_AUTHORIZATION_REQUEST",
                                            "AUTHREQID_TO_TOKEN",
                                            "CODE_TO_TOKEN",
                                            "REFRESH_TOKEN",
                                            "TOKEN_EXCHANGE",
                                            "CLIENT_LOGIN")
                                    .forEach(type -> realm.withArrayProperty("enabledEventTypes")
                                            .add(type + "_ERROR"));
                        })
                        .named(REALM));
    }

    @AfterAll
    static void removeRealm() {
        SERVER.admin().removeRealm(REALM);
    }

    @AfterEach
    void removeTpp() {
        admin.removeClient(REALM, tpp.clientId());
    }

    /** What would let a client grant itself what it wants. */
    @Nested
    class Roles {

        @Test
        void aClientWithFullScopeIsRefusedWhereverItAsks() {
            tpp = bank.newTpp(ACME, FULL_SCOPE);

            assertRefusedWhereverItAsks("unauthorized_client", BALANCES);
            assertOperatorIsToldOnce("Full scope allowed");
        }

        @Test
        void evenForNoPermission() {
            tpp = bank.newTpp(ACME, FULL_SCOPE);

            assertRefusedWhereverItAsks("unauthorized_client");
        }

        @Test
        void aClientThatWouldGetRolesOfTheAccountOrOfTheManagementIsRefusedWhereverItAsks() {
            for (List<String> role :
                    List.of(List.of("account", "manage-account"), List.of("realm-management", "view-users"))) {
                tpp = bank.newTpp(ACME, client -> {});
                admin.addToScopeOf(REALM, tpp.clientId(), role.get(0), role.get(1));

                assertRefusedWhereverItAsks("unauthorized_client", BALANCES);
                assertOperatorIsToldOnce("roles of the clients 'account' and 'realm-management'");
                if (role.get(0).equals("account")) {
                    removeTpp();
                }
            }
        }

        @Test
        void aClientWithARoleOfItsOwnThatHasOneOfTheAccountIsRefusedWhereverItAsks() {
            tpp = bank.newTpp(ACME, client -> {});
            admin.giveOwnRole(REALM, tpp.clientId(), "partner", "account", "manage-account");

            assertRefusedWhereverItAsks("unauthorized_client", BALANCES);
            assertOperatorIsToldOnce("roles of the clients 'account' and 'realm-management'");
        }

        @Test
        void whatWasApprovedBeforeIsNotRedeemedAndStaysRedeemable() {
            tpp = bank.newTpp(ACME, client -> {});
            Asked asked = tpp.ask(customer, BALANCES);
            app.approve(app.onlyPendingId()).ok();
            admin.updateClient(REALM, tpp.clientId(), FULL_SCOPE);

            assertThat(tpp.poll(asked).error()).isEqualTo("unauthorized_client");
            assertTokenRefused("AUTHREQID_TO_TOKEN_ERROR", "full_scope");

            admin.updateClient(REALM, tpp.clientId(), client -> client.put("fullScopeAllowed", false));
            assertThat(Tokens.of(tpp.poll(asked)).accessTokenScope()).containsExactlyInAnyOrder("openid", BALANCES);
        }

        @Test
        void aCodeAndARefreshTokenFromBeforeAreWorthNothing() {
            tpp = bank.newTpp(ACME, client -> {});
            CodeFlow first = flow(BALANCES);
            Tokens tokens = first.tokens(
                    browser.approve(browser.open(first, customer), BALANCES).uri());
            CodeFlow second = flow(BALANCES);
            URI back = browser.open(second, customer).uri();
            admin.updateClient(REALM, tpp.clientId(), FULL_SCOPE);

            assertThat(second.redeem(back).error()).isEqualTo("unauthorized_client");
            assertTokenRefused("CODE_TO_TOKEN_ERROR", "full_scope");
            assertThat(tpp.refresh(tokens).error()).isEqualTo("unauthorized_client");
            assertTokenRefused("REFRESH_TOKEN_ERROR", "full_scope");
        }

        @Test
        void aTppThatIsSetUpAsTheDocsSayHasNoRoleAtTheAccountApi() {
            tpp = bank.newTpp(ACME, client -> {});
            CodeFlow flow = flow(BALANCES);
            Tokens tokens = flow.tokens(
                    browser.approve(browser.open(flow, customer), BALANCES).uri());

            assertThat(tokens.accessTokenClaims().has("resource_access")).isFalse();
            assertThat(tokens.accessTokenClaims().path("aud").toString()).doesNotContain("account");
            Answer account = Http.send(Http.request(bank.uri("/account/applications"))
                    .header("Authorization", "Bearer " + tokens.accessToken())
                    .header("Accept", "application/json"));
            assertThat(account.status()).as(account.toString()).isIn(401, 403);
        }
    }

    /** Where the admin forgot to switch Consent required on. */
    @Nested
    class NoConsentRequired {

        @Test
        void theRedirectFlowAsksAllTheSameAndEveryTokenIsMeasuredByTheAnswer() {
            tpp = bank.newTpp(ACME, NO_CONSENT);
            CodeFlow flow = flow(BALANCES, TRANSACTIONS);

            WebPage page = browser.open(flow, customer);
            assertThat(page.permissions()).containsExactly(BALANCES, TRANSACTIONS);
            Tokens tokens = flow.tokens(browser.approve(page, BALANCES).uri());

            assertThat(tokens.accessTokenScope()).containsExactlyInAnyOrder("openid", BALANCES);
            assertThat(Tokens.of(tpp.refresh(tokens)).accessTokenScope()).containsExactlyInAnyOrder("openid", BALANCES);
            CodeFlow silent = flow(BALANCES, TRANSACTIONS).with("prompt", "none");
            assertThat(silent.error(browser.open(silent.authorizationUri()).uri()))
                    .isEqualTo("consent_required");
        }

        @Test
        void whereTheScreenIsOffTheClientIsRefused() {
            tpp = bank.newTpp(ACME, NO_CONSENT);
            admin.consentScreen(REALM, false);
            try {
                CodeFlow flow = flow(BALANCES);

                assertThat(flow.error(browser.open(flow.authorizationUri()).uri()))
                        .isEqualTo("invalid_scope");
                assertOperatorIsToldOnce("'Consent required' of the client to on");
            } finally {
                admin.consentScreen(REALM, true);
            }
        }

        @Test
        void aPasswordDoesNotStandForAnAnswer() {
            tpp = bank.newTpp(ACME, NO_CONSENT.andThen(client -> client.put("directAccessGrantsEnabled", true)));

            assertThat(passwordGrant(BALANCES).error()).isEqualTo("invalid_scope");
            assertTokenRefused("LOGIN_ERROR", "nobody_asked");
            assertThat(passwordGrant().status()).isEqualTo(200);
        }

        @Test
        void aCustomersAnswerStandsForThatCustomerAlone() {
            tpp = bank.newTpp(ACME, NO_CONSENT.andThen(client -> client.put("directAccessGrantsEnabled", true)));
            CodeFlow flow = flow(BALANCES);
            browser.approve(browser.open(flow, bank.newCustomer()), BALANCES);

            assertThat(passwordGrant(BALANCES).error()).isEqualTo("invalid_scope");
        }

        @Test
        void aTokenIsNotExchangedForAPermissionThatWasNotGranted() {
            tpp = bank.newTpp(ACME, NO_CONSENT.andThen(client -> client.withObjectProperty("attributes")
                    .put("standard.token.exchange.enabled", "true")));
            CodeFlow flow = flow(BALANCES, TRANSACTIONS);
            Tokens tokens = flow.tokens(
                    browser.approve(browser.open(flow, customer), BALANCES).uri());

            assertThat(exchange(tokens, BALANCES).status()).isEqualTo(200);
            assertThat(exchange(tokens, TRANSACTIONS).error()).isEqualTo("invalid_scope");
            assertTokenRefused("TOKEN_EXCHANGE_ERROR", "nobody_asked");
        }

        @Test
        void noServiceAccountGetsACustomersPermission() {
            tpp = bank.newTpp(ACME, client -> client.put("serviceAccountsEnabled", true));

            assertThat(serviceAccount(BALANCES).error()).isEqualTo("invalid_scope");
            assertClientEvent("CLIENT_LOGIN_ERROR", "no_customer");
            assertOperatorIsToldOnce("a service account is none");
            assertThat(serviceAccount().status()).isEqualTo(200);
        }

        @Test
        void theBanksOwnClientIsNotAskedFor() {
            tpp = bank.newTpp(ACME, NO_CONSENT.andThen(client -> client.put("serviceAccountsEnabled", true)
                    .put("directAccessGrantsEnabled", true)));
            admin.ownClients(REALM, tpp.clientId());
            try {
                CodeFlow flow = flow(BALANCES);
                Tokens tokens = flow.tokens(browser.open(flow, customer).uri());

                assertThat(tokens.accessTokenScope()).containsExactlyInAnyOrder("openid", BALANCES);
                assertThat(passwordGrant(BALANCES).status()).isEqualTo(200);
                assertThat(serviceAccount(BALANCES).status()).isEqualTo(200);
            } finally {
                admin.ownClients(REALM);
            }
        }

        @Test
        void theBanksOwnClientThatNeedsConsentIsAskedForLikeAnyOther() {
            tpp = bank.newTpp(ACME, client -> {});
            admin.ownClients(REALM, tpp.clientId());
            try {
                assertThat(browser.open(flow(BALANCES), customer).permissions()).containsExactly(BALANCES);
            } finally {
                admin.ownClients(REALM);
            }
        }

        @Test
        void aClientThatAsksForNoPermissionOfTheBankLogsInAsEver() {
            tpp = bank.newTpp(ACME, NO_CONSENT);
            admin.assignScope(REALM, tpp.clientId(), "profile", "default");
            CodeFlow flow = flow();

            Tokens tokens = flow.tokens(browser.open(flow, customer).uri());

            assertThat(tokens.accessTokenScope()).containsExactlyInAnyOrder("openid", "profile");
        }
    }

    /** Permissions that can't be granted as they are. */
    @Nested
    class Permissions {

        @Test
        void aPermissionThatTokensDoNotNameIsRefusedWhereverItIsAskedFor() {
            tpp = bank.newTpp(ACME, client -> {});
            String scope = admin.createScope(REALM, permission("hidden.thing", "false"));
            try {
                admin.assignScope(REALM, tpp.clientId(), "hidden.thing", "optional");

                assertRefusedWhereverItAsks("invalid_scope", "hidden.thing");
                assertOperatorIsToldOnce("Include in token scope");
            } finally {
                admin.removeScope(REALM, scope);
            }
        }

        @Test
        void anOrganizationIsAskedForOnceAndGranted() {
            tpp = bank.newTpp(ACME, client -> {});
            admin.assignScope(REALM, tpp.clientId(), "organization", "optional");
            browser.open(flow(), customer);
            // not before the login, which would have one page more
            admin.updateRealm(REALM, realm -> realm.put("organizationsEnabled", true));
            try {
                String alias = "org-" + customer.id().substring(0, 8);
                admin.createOrganization(REALM, alias, customer.id());
                CodeFlow flow = flow("organization:" + alias, BALANCES);

                WebPage page = browser.open(flow, customer);
                assertThat(page.permissions()).contains("organization:" + alias);
                WebPage back = browser.approve(page, "organization:" + alias);

                assertThat(back.left()).as("asked no second time").isTrue();
                assertThat(flow.tokens(back.uri()).accessTokenScope())
                        .containsExactlyInAnyOrder("openid", "organization:" + alias);
                CodeFlow denied = flow("organization:" + alias, BALANCES).with("prompt", "consent");
                WebPage narrower = browser.approve(browser.open(denied, customer), BALANCES);
                assertThat(denied.tokens(narrower.uri()).accessTokenScope())
                        .containsExactlyInAnyOrder("openid", BALANCES);
            } finally {
                admin.updateRealm(REALM, realm -> realm.put("organizationsEnabled", false));
            }
        }
    }

    /** A permission is good for a token that ends with the consent that grants it, and for no other. */
    @Nested
    class TiedTokens {

        private Tokens byBrowser(String... scopes) {
            CodeFlow flow = flow(scopes);
            return flow.tokens(
                    browser.approve(browser.open(flow, customer), scopes).uri());
        }

        private Tokens byCiba(String... scopes) {
            Asked asked = tpp.ask(customer, scopes);
            app.approve(app.onlyPendingId(), scopes).ok();
            return Tokens.of(tpp.poll(asked));
        }

        private String grantId(Tokens tokens) {
            return tokens.accessTokenClaims().path("grant_id").asText();
        }

        private Tokens loginAlone() {
            CodeFlow login = flow();
            return login.tokens(browser.open(login, customer).uri());
        }

        @Test
        void aLoginGetsNoPermissionByDefaultThatAnotherSessionWasGranted() {
            tpp = bank.newTpp(ACME, client -> {});
            Tokens login = loginAlone();
            Tokens granted = byCiba(BALANCES);
            admin.assignScope(REALM, tpp.clientId(), BALANCES, "default");

            assertThat(tpp.refresh(login).error()).isEqualTo("invalid_scope");
            assertTokenRefused("REFRESH_TOKEN_ERROR", "nobody_asked");
            tpp.assertAlive(granted);
        }

        @Test
        void whatALoginGetsByDefaultEndsWithTheConsentOfTheBrowser() {
            tpp = bank.newTpp(ACME, client -> {});
            Tokens login = loginAlone();
            assertThat(grantId(login)).isEmpty();
            CodeFlow flow = flow(BALANCES);
            Tokens granted = flow.tokens(browser.approve(browser.open(flow.authorizationUri()), BALANCES)
                    .uri());
            admin.assignScope(REALM, tpp.clientId(), BALANCES, "default");

            Tokens refreshed = Tokens.of(tpp.refresh(login));
            assertThat(refreshed.accessTokenScope()).contains(BALANCES);
            assertThat(grantId(refreshed)).isEqualTo(grantId(granted));

            app.withdraw(grantId(granted)).ok();
            tpp.assertDead(refreshed);
        }

        @Test
        void whatTheServersOwnPageGrantedToADeviceIsRefreshed() {
            tpp = bank.newTpp(ACME, client -> client.withObjectProperty("attributes")
                    .put("oauth2.device.authorization.grant.enabled", "true"));
            JsonNode device = tpp.post("/protocol/openid-connect/auth/device", Map.of("scope", "openid " + BALANCES))
                    .ok();
            URI uri = URI.create(device.get("verification_uri_complete").asText());
            WebPage page = browser.logIn(browser.open(uri), customer);
            browser.send(page.action(), Map.of("accept", List.of("yes")));
            Tokens tokens = Tokens.of(token(
                    "urn:ietf:params:oauth:grant-type:device_code",
                    Map.of("device_code", device.get("device_code").asText())));
            assertThat(tokens.accessTokenScope()).contains(BALANCES);

            Tokens refreshed = Tokens.of(tpp.refresh(tokens));
            assertThat(refreshed.accessTokenScope()).contains(BALANCES);
            assertThat(grantId(refreshed)).isEmpty();

            byCiba(TRANSACTIONS);
            admin.assignScope(REALM, tpp.clientId(), TRANSACTIONS, "default");
            assertThat(tpp.refresh(refreshed).error()).isEqualTo("invalid_scope");
        }

        @Test
        void anExchangeAddsUpNoConsents() {
            tpp = bank.newTpp(ACME, client -> client.withObjectProperty("attributes")
                    .put("standard.token.exchange.enabled", "true"));
            Tokens inTheBrowser = byBrowser(TRANSACTIONS);
            Tokens byCiba = byCiba(BALANCES);

            assertThat(exchange(byCiba, BALANCES, TRANSACTIONS).error()).isEqualTo("invalid_scope");
            assertTokenRefused("TOKEN_EXCHANGE_ERROR", "nobody_asked");
            Tokens ofOne = Tokens.of(exchange(byCiba, BALANCES));
            assertThat(grantId(ofOne)).isEqualTo(grantId(byCiba));
            Tokens ofTheOther = Tokens.of(exchange(byCiba, TRANSACTIONS));
            assertThat(grantId(ofTheOther)).isEqualTo(grantId(inTheBrowser));

            app.withdraw(grantId(inTheBrowser)).ok();

            assertThat(bank.api().introspect(ofTheOther).ok().get("active").asBoolean())
                    .isFalse();
            assertThat(bank.api().introspect(ofOne).ok().get("active").asBoolean())
                    .isTrue();
        }
    }

    /** The scope by which an app answers for customers. */
    @Nested
    class ConsentApp {

        @Test
        void aClientThatMayAskIsNeverGivenIt() {
            tpp = bank.newTpp(ACME, client -> client.put("directAccessGrantsEnabled", true)
                    .withArrayProperty("optionalClientScopes")
                    .add("consent-app"));

            assertRefusedWhereverItAsks("invalid_scope", BALANCES, "consent-app");
            assertOperatorIsToldOnce("Remove the client scope 'consent-app'");
            admin.updateClient(REALM, tpp.clientId(), NO_CONSENT);
            assertThat(passwordGrant("consent-app").error()).isEqualTo("invalid_scope");
            assertTokenRefused("LOGIN_ERROR", "consent_app");
        }

        @Test
        void aTokenFromBeforeTheClientCouldAskAnswersNothing() {
            tpp = bank.newTpp(ACME, client -> {
                client.put("directAccessGrantsEnabled", true).put("consentRequired", false);
                client.withObjectProperty("attributes").put("oidc.ciba.grant.enabled", "false");
                client.withArrayProperty("optionalClientScopes").add("consent-app");
            });
            BankApp itself =
                    new BankApp(bank, Tokens.of(passwordGrant("consent-app")).accessToken());
            assertThat(itself.requests("").status()).isEqualTo(200);

            for (Consumer<ObjectNode> asker : List.<Consumer<ObjectNode>>of(
                    client -> client.put("consentRequired", true), client -> client.put("consentRequired", false)
                            .withObjectProperty("attributes")
                            .put("oidc.ciba.grant.enabled", "true"))) {
                admin.updateClient(REALM, tpp.clientId(), asker);

                Answer refused = itself.requests("");
                assertThat(refused.status()).isEqualTo(403);
                assertThat(refused.problem()).isEqualTo("asking-client");
                assertThat(itself.devices().problem()).isEqualTo("asking-client");
            }
        }
    }

    /** By redirect, by a pushed request, and by CIBA: an OAuth error, an event with that error, no row. */
    private void assertRefusedWhereverItAsks(String error, String... scopes) {
        CodeFlow flow = flow(scopes);
        assertThat(flow.error(browser.open(flow.authorizationUri()).uri())).isEqualTo(error);
        CodeFlow pushed = flow(scopes);
        Answer push = pushed.push();
        assertThat(push.status()).as(push.toString()).isEqualTo(400);
        assertThat(push.error()).isEqualTo(error);
        Answer ciba = tpp.request(customer, Map.of(), scopes);
        assertThat(ciba.status()).as(ciba.toString()).isEqualTo(400);
        assertThat(ciba.error()).isEqualTo(error);
        assertThat(app.pending()).isEmpty();
        assertThat(clientEvents())
                .filteredOn(event -> error.equals(event.path("error").asText()))
                .extracting(event -> event.get("type").asText())
                .contains("LOGIN_ERROR", "PUSHED_AUTHORIZATION_REQUEST_ERROR");
    }

    private void assertTokenRefused(String type, String reason) {
        assertClientEvent(type, reason);
        assertThat(clientEvents())
                .filteredOn(event -> event.get("type").asText().equals(type))
                .filteredOn(event -> event.at("/details/reason").asText().equals(reason))
                .allSatisfy(event -> assertThat(event.get("userId").asText()).isEqualTo(customer.id()));
    }

    private void assertClientEvent(String type, String reason) {
        assertThat(clientEvents()).anySatisfy(event -> {
            assertThat(event.get("type").asText()).isEqualTo(type);
            assertThat(event.at("/details/reason").asText()).isEqualTo(reason);
        });
    }

    private void assertOperatorIsToldOnce(String remedy) {
        assertThat(SERVER.said().lines().filter(line -> line.contains("'" + tpp.clientId() + "'")))
                .filteredOn(line -> line.contains("ERROR") && line.contains(remedy))
                .hasSize(1);
    }

    private List<JsonNode> clientEvents() {
        return StreamSupport.stream(admin.clientEvents(REALM, tpp.clientId()).spliterator(), false)
                .toList();
    }

    private CodeFlow flow(String... scopes) {
        return new CodeFlow(tpp, CodeFlow.BACK, scopes);
    }

    private Answer passwordGrant(String... scopes) {
        return token("password", Map.of("username", customer.username(), "password", customer.password()), scopes);
    }

    private Answer serviceAccount(String... scopes) {
        return token("client_credentials", Map.of(), scopes);
    }

    private Answer exchange(Tokens tokens, String... scopes) {
        return token(
                "urn:ietf:params:oauth:grant-type:token-exchange",
                Map.of(
                        "subject_token",
                        tokens.accessToken(),
                        "subject_token_type",
                        "urn:ietf:params:oauth:token-type:access_token"),
                scopes);
    }

    private Answer token(String grantType, Map<String, String> more, String... scopes) {
        Map<String, String> form = new HashMap<>(more);
        form.put("grant_type", grantType);
        form.put("scope", ("openid " + String.join(" ", scopes)).trim());
        return tpp.post("/protocol/openid-connect/token", form);
    }

    private static ObjectNode permission(String name, String inTokenScope) {
        ObjectNode scope = Http.object().put("name", name).put("protocol", "openid-connect");
        scope.withObjectProperty("attributes")
                .put("display.on.consent.screen", "true")
                .put("consent.screen.text", name)
                .put("include.in.token.scope", inTokenScope);
        return scope;
    }
}
