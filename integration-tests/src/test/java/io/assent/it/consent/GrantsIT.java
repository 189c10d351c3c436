package io.assent.it.consent;

import static io.assent.testing.actor.DevRealm.ACME;
import static io.assent.testing.actor.DevRealm.BALANCES;
import static io.assent.testing.actor.DevRealm.TRANSACTIONS;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.assent.testing.actor.Asked;
import io.assent.testing.actor.BankApp;
import io.assent.testing.actor.CodeFlow;
import io.assent.testing.actor.Customer;
import io.assent.testing.actor.Realm;
import io.assent.testing.actor.Tokens;
import io.assent.testing.actor.Tpp;
import io.assent.testing.browser.WebClient;
import io.assent.testing.http.Answer;
import io.assent.testing.http.Http;
import io.assent.testing.server.Servers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What a TPP knows of a consent, and what it can do with it (Grant Management for OAuth 2.0, draft 03). */
class GrantsIT {

    private static final String QUERY = "grant_management_query";
    private static final String REVOKE = "grant_management_revoke";

    private final Realm bank = Servers.bank();
    private final Tpp acme = bank.tpp(ACME);
    private final Tpp api = bank.api();
    private final Customer customer = bank.newCustomer();
    private final BankApp app = customer.app();
    private final WebClient browser = new WebClient(bank);

    private Tokens byCiba(Tpp tpp, String... scopes) {
        Asked request = tpp.ask(customer, scopes);
        app.approve(app.onlyPendingId()).ok();
        return Tokens.of(tpp.poll(request));
    }

    private static String grantId(Tokens tokens) {
        return tokens.response().path("grant_id").asText();
    }

    private Answer query(String token, String id) {
        return new BankApp(bank, token).call("GET", "/grants/{id}", "/grants/" + id);
    }

    private Answer revoke(String token, String id) {
        return new BankApp(bank, token).call("DELETE", "/grants/{id}", "/grants/" + id);
    }

    private Answer introspect(Tokens tokens, String accept) {
        return Http.send(
                Http.form(bank.uri("/protocol/openid-connect/token/introspect"), Map.of("token", tokens.accessToken()))
                        .header("Authorization", Http.basic(api.clientId(), api.secret()))
                        .header("Accept", accept));
    }

    @Nested
    @DisplayName("grant_id")
    class GrantId {

        @Test
        void isInEveryAnswerThatHasTokensOfAConsent() {
            Tokens byCiba = byCiba(acme, BALANCES);
            CodeFlow flow = new CodeFlow(acme, CodeFlow.BACK, TRANSACTIONS);
            Tokens byCode = flow.tokens(
                    browser.approve(browser.open(flow, customer), TRANSACTIONS).uri());

            for (Tokens tokens : List.of(byCiba, byCode)) {
                assertThat(grantId(tokens))
                        .isNotEmpty()
                        .isEqualTo(tokens.accessTokenClaims().path("grant_id").asText());
                assertThat(grantId(Tokens.of(acme.refresh(tokens)))).isEqualTo(grantId(tokens));
                assertThat(app.consent(grantId(tokens)).status()).isEqualTo(200);
            }
            assertThat(grantId(byCiba)).isNotEqualTo(grantId(byCode));
        }

        @Test
        void isNowhereWhereThereIsNoConsent() {
            CodeFlow flow = new CodeFlow(acme, CodeFlow.BACK);
            Tokens login = flow.tokens(browser.open(flow, customer).uri());
            Answer service = acme.post(
                    "/protocol/openid-connect/token", Map.of("grant_type", "client_credentials", "scope", QUERY));

            for (JsonNode answer :
                    List.of(login.response(), service.ok(), customer.loggedIn().ok())) {
                assertThat(answer.has("access_token")).isTrue();
                assertThat(answer.has("grant_id")).isFalse();
                assertThat(new Tokens(answer).accessTokenClaims().has("grant_id"))
                        .isFalse();
            }
        }

        @Test
        void isInTheIntrospectionInEveryFormat() {
            bank.admin().updateClient(bank.name(), api.clientId(), client -> client.withObjectProperty("attributes")
                    .put("client.introspection.response.allow.jwt.claim.enabled", "true"));
            Tpp light = bank.newTpp(ACME, client -> client.withObjectProperty("attributes")
                    .put("client.use.lightweight.access.token.enabled", "true"));

            for (Tpp tpp : List.of(acme, light)) {
                Tokens tokens = byCiba(tpp, BALANCES);

                JsonNode json = introspect(tokens, "application/json").ok();
                assertThat(json.path("active").asBoolean()).isTrue();
                assertThat(json.path("grant_id").asText()).isEqualTo(grantId(tokens));
                JsonNode jwt = introspect(tokens, "application/jwt").ok();
                assertThat(jwt.path("grant_id").asText()).isEqualTo(grantId(tokens));
                ObjectNode inside = new Tokens(Http.object()
                                .put("access_token", jwt.path("jwt").asText()))
                        .accessTokenClaims();
                assertThat(inside.path("grant_id").asText()).isEqualTo(grantId(tokens));
            }
        }
    }

    @Nested
    @DisplayName("query")
    class Query {

        @Test
        void tellsWhatIsGrantedSinceWhenAndUntilWhen() {
            Tokens tokens = byCiba(acme, BALANCES, TRANSACTIONS);
            String own = acme.ownToken(QUERY);

            JsonNode grant = query(own, grantId(tokens)).ok();

            assertThat(Tokens.split(grant.at("/scopes/0/scope").asText()))
                    .containsExactlyInAnyOrder(BALANCES, TRANSACTIONS);
            assertThat(grant.get("claims")).isEmpty();
            assertThat(grant.get("authorization_details")).isEmpty();
            assertThat(grant.get("status").asText()).isEqualTo("active");
            assertThat(grant.get("updated_by").asText()).isEqualTo("client");
            Instant created = Instant.ofEpochSecond(grant.get("created_at").asLong());
            assertThat(created).isBetween(Instant.now().minusSeconds(60), Instant.now());
            assertThat(grant.get("last_updated_at")).isEqualTo(grant.get("created_at"));
            assertThat(Instant.ofEpochSecond(grant.get("expires_at").asLong()))
                    .isBetween(created.plus(Duration.ofDays(179)), created.plus(Duration.ofDays(181)));

            app.narrow(grantId(tokens), BALANCES).ok();

            JsonNode narrowed = query(own, grantId(tokens)).ok();
            assertThat(narrowed.at("/scopes/0/scope").asText()).isEqualTo(BALANCES);
            assertThat(narrowed.get("updated_by").asText()).isEqualTo("authorization_server");
            assertThat(narrowed.get("created_at")).isEqualTo(grant.get("created_at"));
        }

        @Test
        void aCustomersTokenWithTheScopeWillDo() {
            Tokens tokens = byCiba(acme, BALANCES, QUERY);

            assertThat(query(tokens.accessToken(), grantId(tokens)).status()).isEqualTo(200);
        }

        @Test
        void anothersAndAnEndedOneAreLikeOneThatNeverWas() {
            Tokens tokens = byCiba(acme, BALANCES);
            Tokens ended = byCiba(acme, TRANSACTIONS);
            app.withdraw(grantId(ended)).ok();
            Tpp stranger = bank.newTpp(ACME, client -> {});
            String theirs = stranger.ownToken(QUERY, REVOKE);

            Answer unknown = query(theirs, UUID.randomUUID().toString());
            assertThat(unknown.status()).isEqualTo(404);
            for (Answer answer : List.of(
                    query(theirs, grantId(tokens)),
                    query(theirs, "no-id"),
                    query(acme.ownToken(QUERY), grantId(ended)),
                    revoke(theirs, grantId(tokens)),
                    revoke(theirs, UUID.randomUUID().toString()),
                    revoke(theirs, "no-id"))) {
                assertThat(answer.status()).as(answer.toString()).isEqualTo(404);
                assertThat(answer.body()).isEqualTo(unknown.body());
            }
            acme.assertAlive(tokens);
        }
    }

    @Nested
    @DisplayName("revoke")
    class Revoke {

        @Test
        void endsTheTokensAtOnceAndIsAnsweredAlikeAgain() {
            Tokens one = byCiba(acme, BALANCES);
            Tokens other = byCiba(acme, TRANSACTIONS);
            String own = acme.ownToken(QUERY, REVOKE);

            assertThat(revoke(own, grantId(one)).status()).isEqualTo(204);
            assertThat(revoke(own, grantId(one)).status()).isEqualTo(204);

            acme.assertDead(one);
            acme.assertAlive(other);
            assertThat(query(own, grantId(one)).status()).isEqualTo(404);
            JsonNode ended = app.consent(grantId(one)).ok();
            assertThat(ended.get("status").asText()).isEqualTo("revoked");
            assertThat(ended.get("endedBy").asText()).isEqualTo("tpp");
            assertThat(ended.get("history").findValuesAsText("type")).containsExactly("granted", "revoked");
        }

        @Test
        void aTokenOfTheGrantItselfEndsWithIt() {
            Tokens tokens = byCiba(acme, BALANCES, REVOKE);

            assertThat(revoke(tokens.accessToken(), grantId(tokens)).status()).isEqualTo(204);

            assertThat(revoke(tokens.accessToken(), grantId(tokens)).status()).isEqualTo(401);
            acme.assertDead(tokens);
        }
    }

    @Nested
    @DisplayName("who may")
    class Caller {

        @Test
        void eachCallNeedsItsOwnScope() {
            Tokens tokens = byCiba(acme, BALANCES);
            String id = grantId(tokens);

            for (Answer answer : List.of(
                    query(acme.ownToken(), id),
                    query(acme.ownToken(REVOKE), id),
                    query(tokens.accessToken(), id),
                    revoke(acme.ownToken(QUERY), id),
                    revoke(app.accessToken(), id))) {
                assertThat(answer.status()).as(answer.toString()).isEqualTo(403);
                assertThat(answer.problem()).isEqualTo("insufficient-scope");
                assertThat(answer.header("WWW-Authenticate").orElseThrow()).contains("insufficient_scope");
            }
            acme.assertAlive(tokens);
        }

        @Test
        void aCallNeedsAToken() {
            Tokens tokens = byCiba(acme, BALANCES);

            for (String token : new String[] {null, "x", "e30.e30.e30", tokens.refreshToken()}) {
                Answer answer = revoke(token, grantId(tokens));
                assertThat(answer.status()).as(answer.toString()).isEqualTo(401);
                assertThat(answer.problem()).isEqualTo("invalid-token");
            }
            acme.assertAlive(tokens);
        }

        @Test
        void aClientThatCannotProveWhoItIsMayNot() {
            Tpp open = bank.newTpp(ACME, client -> {});
            Tokens tokens = byCiba(open, BALANCES, QUERY);
            bank.admin().updateClient(bank.name(), open.clientId(), client -> client.put("publicClient", true));

            Answer answer = query(tokens.accessToken(), grantId(tokens));

            assertThat(answer.status()).as(answer.toString()).isEqualTo(403);
            assertThat(answer.problem()).isEqualTo("public-client");
        }

        @Test
        void aDisabledClientMayNot() {
            Tpp off = bank.newTpp(ACME, client -> {});
            Tokens tokens = byCiba(off, BALANCES);
            String own = off.ownToken(QUERY, REVOKE);
            bank.admin().updateClient(bank.name(), off.clientId(), client -> client.put("enabled", false));

            assertThat(query(own, grantId(tokens)).status()).isEqualTo(401);
            assertThat(revoke(own, grantId(tokens)).status()).isEqualTo(401);
            assertThat(app.onlyConsent().get("id").asText()).isEqualTo(grantId(tokens));
        }
    }

    @Nested
    @DisplayName("discovery")
    class Discovery {

        private static final List<String> OURS = List.of(
                "grant_management_endpoint",
                "grant_management_actions_supported",
                "grant_management_action_required",
                "backchannel_user_code_parameter_supported",
                "authorization_details_types_supported",
                "verified_claims_supported",
                "trust_frameworks_supported",
                "claims_in_verified_claims_supported");

        private ObjectNode openIdConfiguration(String realm) {
            return Http.parse(
                    Http.send(Http.request(bank.server().uri("/realms/" + realm + "/.well-known/openid-configuration")))
                            .body());
        }

        @Test
        void saysWhereAndWhat() {
            ObjectNode openId = openIdConfiguration(bank.name());
            ObjectNode oauth = Http.parse(Http.send(Http.request(
                            bank.server().uri("/.well-known/oauth-authorization-server/realms/" + bank.name())))
                    .body());

            for (ObjectNode document : List.of(openId, oauth)) {
                assertThat(document.get("grant_management_endpoint").asText())
                        .isEqualTo(bank.uri("/consent/v1/grants").toString());
                assertThat(document.get("grant_management_actions_supported"))
                        .extracting(JsonNode::asText)
                        .containsExactly("query", "revoke", "create", "merge", "replace");
                assertThat(document.get("grant_management_action_required").asBoolean(true))
                        .isFalse();
            }
        }

        @Test
        void isTheServersOwnBesides() {
            String without = "without-app-" + UUID.randomUUID();
            bank.admin().createRealm(Servers.realmFile().named(without).with(GrantsIT::withoutTheApp));
            try {
                ObjectNode stock = openIdConfiguration(without);
                assertThat(stock.properties()).extracting(Map.Entry::getKey).doesNotContainAnyElementsOf(OURS);

                ObjectNode ours = openIdConfiguration(bank.name());
                ours.remove(OURS);
                for (ObjectNode document : List.of(stock, ours)) {
                    // the order of scopes is that of the database
                    document.remove("scopes_supported");
                }
                assertThat(ours.toString())
                        .isEqualTo(stock.toString().replace("/realms/" + without, "/realms/" + bank.name()));
            } finally {
                bank.admin().removeRealm(without);
            }
        }
    }

    private static void withoutTheApp(ObjectNode realm) {
        realm.withArrayProperty("clientScopes")
                .removeIf(scope -> scope.get("name").asText().equals("consent-app"));
        for (JsonNode client : realm.get("clients")) {
            ((ObjectNode) client).withArrayProperty("defaultClientScopes").removeIf(name -> name.asText()
                    .equals("consent-app"));
        }
    }
}
