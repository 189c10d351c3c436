package io.assent.it.ciba;

import static io.assent.testing.actor.DevRealm.ACME;
import static io.assent.testing.actor.DevRealm.BALANCES;
import static io.assent.testing.actor.DevRealm.TRANSACTIONS;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpServer;
import io.assent.testing.actor.Admin;
import io.assent.testing.actor.Asked;
import io.assent.testing.actor.BankApp;
import io.assent.testing.actor.Customer;
import io.assent.testing.actor.Realm;
import io.assent.testing.actor.SigningKey;
import io.assent.testing.actor.Tokens;
import io.assent.testing.actor.Tpp;
import io.assent.testing.http.Answer;
import io.assent.testing.http.Http;
import io.assent.testing.server.Servers;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a TPP may say to the backchannel (CIBA Core 1.0, section 7), and what comes of it. */
class BackchannelRequestIT {

    private static final String REALM = "asked";
    private static final Admin ADMIN = Servers.bank().admin();

    private final Realm bank = Servers.bank().server().realm(REALM);
    private final Tpp acme = bank.tpp(ACME);
    private final Customer customer = bank.newCustomer();
    private final BankApp app = customer.app();

    @BeforeAll
    static void makeARealm() {
        ADMIN.createRealm(Servers.realmFile().named(REALM));
        ADMIN.allowAttributes(REALM);
    }

    @AfterAll
    static void removeIt() {
        ADMIN.removeRealm(REALM);
    }

    private Answer ask(String... parameters) {
        Map<String, String> form = new LinkedHashMap<>(Map.of("scope", "openid " + BALANCES));
        for (int at = 0; at < parameters.length; at += 2) {
            form.put(parameters[at], parameters[at + 1]);
        }
        return acme.backchannel(form);
    }

    private Answer askCustomer(String... parameters) {
        return acme.request(
                customer, parameters.length == 0 ? Map.of() : Map.of(parameters[0], parameters[1]), BALANCES);
    }

    private void assertRefused(Answer answer, String error) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(400);
        assertThat(answer.error()).isEqualTo(error);
        assertThat(app.requests("").list()).isEmpty();
    }

    @Test
    void aParameterThatIsGivenTwiceIsRefused() {
        for (String twice : List.of(
                "scope=openid&scope=openid",
                "scope=openid&login_hint=" + customer.username(),
                "scope=openid&x=1&x=1",
                "scope=openid&requested_expiry=60&requested_expiry=60")) {
            Answer answer = Http.send(Http.request(bank.uri("/protocol/openid-connect/ext/ciba/auth"))
                    .header("Authorization", Http.basic(acme.clientId(), acme.secret()))
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .POST(BodyPublishers.ofString("login_hint=" + customer.username() + "&" + twice)));
            assertRefused(answer, "invalid_request");
        }
    }

    @Test
    void thereIsExactlyOneHint() {
        assertRefused(ask(), "invalid_request");
        assertRefused(askCustomer("id_token_hint", "a.b.c"), "invalid_request");
        assertRefused(askCustomer("login_hint_token", "a.b.c"), "invalid_request");
        Asked.of(askCustomer("id_token_hint", ""));
    }

    @Test
    void theScopeHasOpenid() {
        assertRefused(ask("login_hint", customer.username(), "scope", BALANCES), "invalid_scope");
        assertRefused(ask("login_hint", customer.username(), "scope", ""), "invalid_request");
    }

    @Test
    void aMessageHasSpacesAndAccentsAndReachesTheAppAsItIs() {
        String message = "Zahlung von 12,50 € an Müller & Söhne, Köln?";
        askCustomer("binding_message", message);

        assertThat(app.onlyPending().get("bindingMessage").asText()).isEqualTo(message);
    }

    @Test
    void aMessageThatCannotBeShownIsRefused() {
        for (String message : List.of("a\u202eb", "a\nb", "a\u200bb", "x".repeat(129))) {
            assertRefused(askCustomer("binding_message", message), "invalid_binding_message");
        }
    }

    @Test
    void theExpiryIsWhatTheTppWantsWithinTheRule() {
        assertThat(Asked.of(askCustomer("requested_expiry", "45")).expiresIn()).hasSeconds(45);
        JsonNode request = app.onlyPending();
        assertThat(Duration.between(
                        Instant.parse(request.get("createdAt").asText()),
                        Instant.parse(request.get("expiresAt").asText())))
                .hasSeconds(45);
        app.deny(request.get("id").asText()).ok();

        assertThat(Asked.of(askCustomer("requested_expiry", "100000")).expiresIn())
                .hasSeconds(300);
        app.deny(app.onlyPendingId()).ok();
        assertThat(Asked.of(askCustomer("requested_expiry", "2")).expiresIn()).hasSeconds(30);
    }

    @Test
    void anExpiryThatIsNoneIsRefused() {
        for (String expiry : List.of("0", "-5", "soon", "99999999999")) {
            assertRefused(askCustomer("requested_expiry", expiry), "invalid_request");
        }
    }

    @Test
    void whatIsNotSupportedIsRefusedAndNotDropped() {
        assertRefused(askCustomer("claims", "{\"id_token\":[]}"), "invalid_request");
        assertRefused(askCustomer("authorization_details", "[]"), "invalid_authorization_details");
        assertRefused(askCustomer("request_uri", "http://localhost:9/"), "invalid_request");
    }

    @Test
    void acrValuesAreKnownOrRefused() {
        assertRefused(askCustomer("acr_values", "no-such-level"), "invalid_request");
        Asked asked = Asked.of(askCustomer("acr_values", "no-such-level 1"));

        app.approve(app.onlyPendingId()).ok();
        Tokens tokens = Tokens.of(acme.poll(asked));
        assertThat(tokens.accessTokenClaims().get("acr").asText()).isEqualTo("1");
        assertThat(tokens.idTokenClaims().get("acr").asText()).isEqualTo("1");
    }

    @Test
    void theTokensTellTheLevelOfTheLoginThatAnswered() {
        ADMIN.updateClient(REALM, ACME, client -> client.withObjectProperty("attributes")
                .put("acr.loa.map", "{\"silver\":1,\"gold\":2}"));
        try {
            Asked asked = Asked.of(askCustomer("acr_values", "silver"));
            app.approve(app.onlyPendingId()).ok();

            Tokens tokens = Tokens.of(acme.poll(asked));

            assertThat(tokens.accessTokenClaims().get("acr").asText()).isEqualTo("silver");
            assertThat(tokens.idTokenClaims().get("acr").asText()).isEqualTo("silver");
            assertThat(Tokens.of(acme.refresh(tokens))
                            .accessTokenClaims()
                            .get("acr")
                            .asText())
                    .isEqualTo("silver");
        } finally {
            ADMIN.updateClient(REALM, ACME, client -> client.withObjectProperty("attributes")
                    .put("acr.loa.map", "{}"));
        }
    }

    @Test
    void aMessageIsRequiredWhereTheRulesSaySo() {
        ADMIN.oneTimePermissions(REALM, TRANSACTIONS);
        try {
            assertRefused(
                    ask("login_hint", customer.username(), "scope", "openid " + TRANSACTIONS),
                    "invalid_binding_message");
            Asked.of(acme.request(customer, Map.of("binding_message", "4711"), TRANSACTIONS));
            Asked.of(ask("login_hint", customer.username()));
        } finally {
            ADMIN.oneTimePermissions(REALM);
        }
    }

    @Test
    void whoIsNoCustomerIsUnknown() {
        assertRefused(ask("login_hint", "nobody-" + UUID.randomUUID()), "unknown_user_id");
        // the account of a client is nobody's
        assertRefused(ask("login_hint", "service-account-" + ACME), "unknown_user_id");
        ADMIN.updateUser(REALM, customer.id(), user -> user.put("enabled", false));
        assertThat(askCustomer().error()).isEqualTo("unknown_user_id");
    }

    @Test
    void whoIsLockedOutIsUnknown() {
        customer.lockOut();

        assertThat(askCustomer().error()).isEqualTo("unknown_user_id");
    }

    @Test
    void aClientWithoutTheGrantIsNotAuthorized() {
        Tpp other = bank.newTpp(
                ACME, client -> client.withObjectProperty("attributes").put("oidc.ciba.grant.enabled", "false"));

        assertRefused(other.request(customer, Map.of(), BALANCES), "unauthorized_client");
    }

    @Test
    void aCustomerIsFoundByTheAttributesThatTheBankNames() {
        String number = "+49" + System.nanoTime();
        setPhone(customer, number);
        assertRefused(ask("login_hint", number), "unknown_user_id");
        ADMIN.loginHints(REALM, "username", "email", "phoneNumber");
        try {
            for (String hint : List.of(number, customer.username(), customer.username() + "@example.com")) {
                Asked.of(ask("login_hint", hint));
                app.deny(app.onlyPendingId()).ok();
            }
            Customer other = bank.newCustomer();
            setPhone(other, number);
            assertThat(ask("login_hint", number).error()).isEqualTo("unknown_user_id");
            assertThat(other.app().pending()).isEmpty();
        } finally {
            ADMIN.loginHints(REALM);
        }
    }

    private static void setPhone(Customer customer, String number) {
        ADMIN.updateUser(REALM, customer.id(), user -> user.withObjectProperty("attributes")
                .putArray("phoneNumber")
                .add(number));
    }

    @Test
    void anIdTokenOfTheClientNamesItsCustomer() {
        Asked first = acme.ask(customer, BALANCES);
        app.approve(app.onlyPendingId()).ok();
        JsonNode response = acme.poll(first).ok();
        String idToken = response.get("id_token").asText();

        Asked asked = Asked.of(ask("id_token_hint", idToken));

        app.approve(app.onlyPendingId()).ok();
        assertThat(Tokens.of(acme.poll(asked)).accessTokenClaims().get("sub").asText())
                .isEqualTo(customer.id());
        Tpp other = bank.newTpp(ACME, client -> {});
        for (Answer refused : List.of(
                other.backchannel(Map.of("scope", "openid " + BALANCES, "id_token_hint", idToken)),
                ask("id_token_hint", response.get("access_token").asText()),
                ask("id_token_hint", idToken.substring(0, idToken.length() - 8) + "AAAAAAAA"),
                ask("id_token_hint", "a.b.c"))) {
            assertThat(refused.error()).as(refused.toString()).isEqualTo("invalid_request");
        }
        assertThat(app.pending()).isEmpty();
    }

    @Test
    void aTokenOfWhoIsTrustedNamesACustomerOnce() throws IOException {
        SigningKey key = SigningKey.generate();
        String phone = "+44" + System.nanoTime();
        setPhone(customer, phone);
        HttpServer directory = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        directory.createContext("/", exchange -> {
            byte[] jwks = key.jwks().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, jwks.length);
            exchange.getResponseBody().write(jwks);
            exchange.close();
        });
        directory.start();
        try {
            String jwksUrl = "http://localhost:" + directory.getAddress().getPort() + "/jwks";
            Tpp trusting = bank.newTpp(ACME, client -> client.withObjectProperty("attributes")
                    .put("assent.login-hint-token.issuer", "https://directory.example")
                    .put("assent.login-hint-token.jwks-url", jwksUrl));
            ObjectNode byPhone = hintToken("phone_number", "phone_number", phone);

            String once = key.sign(byPhone);
            Asked.of(hinted(trusting, once));
            app.deny(app.onlyPendingId()).ok();
            assertRefusedToken(hinted(trusting, once), "invalid_request");
            for (ObjectNode other : List.of(
                    hintToken("email", "email", customer.username() + "@example.com"),
                    hintToken("opaque", "id", customer.username()),
                    issuerAndSubject(customer.id()))) {
                Asked.of(hinted(trusting, key.sign(other)));
                app.deny(app.onlyPendingId()).ok();
            }

            long now = Instant.now().getEpochSecond();
            assertRefusedToken(
                    hinted(trusting, key.sign(again(byPhone).put("exp", now - 1))), "expired_login_hint_token");
            assertRefusedToken(hinted(trusting, key.sign(again(byPhone).put("exp", now + 100_000))), "invalid_request");
            assertRefusedToken(
                    hinted(trusting, key.sign(again(byPhone).put("iss", "https://other.example"))), "invalid_request");
            assertRefusedToken(
                    hinted(trusting, key.sign(again(byPhone).put("aud", "https://other.example"))), "invalid_request");
            assertRefusedToken(
                    hinted(trusting, key.sign(hintToken("account", "uri", "acct:a@b.example"))), "invalid_request");
            assertRefusedToken(hinted(trusting, SigningKey.generate().sign(again(byPhone))), "invalid_request");
            assertRefusedToken(hinted(acme, key.sign(again(byPhone))), "invalid_request");
            assertRefusedToken(
                    hinted(trusting, key.sign(hintToken("email", "email", "no@example.com"))), "unknown_user_id");
        } finally {
            directory.stop(0);
        }
    }

    private static Answer hinted(Tpp tpp, String token) {
        return tpp.backchannel(Map.of("scope", "openid " + BALANCES, "login_hint_token", token));
    }

    private ObjectNode hintToken(String format, String name, String value) {
        long now = Instant.now().getEpochSecond();
        ObjectNode claims = again(Http.object()
                .put("iss", "https://directory.example")
                .put("aud", bank.uri("").toString())
                .put("iat", now)
                .put("exp", now + 60));
        claims.putObject("sub_id").put("format", format).put(name, value);
        return claims;
    }

    private ObjectNode issuerAndSubject(String userId) {
        ObjectNode claims = hintToken("iss_sub", "sub", userId);
        claims.withObjectProperty("sub_id").put("iss", bank.uri("").toString());
        return claims;
    }

    private static ObjectNode again(ObjectNode claims) {
        return claims.deepCopy().put("jti", UUID.randomUUID().toString());
    }

    private void assertRefusedToken(Answer answer, String error) {
        assertThat(answer.error()).as(answer.toString()).isEqualTo(error);
        assertThat(app.pending()).isEmpty();
    }

    @Test
    void discoverySaysWhatTheStockCodeDoesNot() {
        assertThat(Http.send(Http.request(bank.uri("/.well-known/openid-configuration")))
                        .ok()
                        .get("backchannel_user_code_parameter_supported")
                        .asBoolean())
                .isTrue();
    }

    @Test
    void theHintsWorkWhicheverTheRealmIsSetTo() {
        for (String hint : List.of("id_token_hint", "login_hint_token", "login_hint")) {
            ADMIN.updateRealm(
                    REALM, realm -> realm.withObjectProperty("attributes").put("cibaAuthRequestedUserHint", hint));
            Asked.of(askCustomer());
            app.deny(app.onlyPendingId()).ok();
        }
    }

    @Test
    void aSignedRequestIsForThisRealmAndStillGood() {
        SigningKey key = SigningKey.generate();
        Tpp signer = bank.newTpp(ACME, key::signsBackchannelRequestsOf);
        long now = Instant.now().getEpochSecond();
        ObjectNode claims = signer.requestClaims(customer, BALANCES)
                .put("requested_expiry", 77)
                .put("binding_message", "Grüße 12");

        assertThat(Asked.of(signed(signer, key, claims)).expiresIn()).hasSeconds(77);
        assertThat(app.onlyPending().get("bindingMessage").asText()).isEqualTo("Grüße 12");
        app.deny(app.onlyPendingId()).ok();
        for (ObjectNode wrong : List.of(
                claims.deepCopy().put("aud", "https://other.example"),
                claims.deepCopy().put("exp", now - 1),
                claims.deepCopy().put("iss", ACME),
                claims.deepCopy().put("id_token_hint", "a.b.c"),
                claims.deepCopy().without(List.of("jti")))) {
            Answer refused = signed(signer, key, wrong);
            assertThat(refused.error()).as(refused.toString()).isEqualTo("invalid_request");
        }
        Answer beside = signer.backchannel(Map.of("request", key.sign(claims), "binding_message", "Other"));
        assertThat(beside.error()).as(beside.toString()).isEqualTo("invalid_request");
        Answer forged = signed(signer, SigningKey.generate(), claims);
        assertThat(forged.error()).as(forged.toString()).isEqualTo("invalid_request");
        assertThat(app.pending()).isEmpty();
    }

    private static Answer signed(Tpp tpp, SigningKey key, ObjectNode claims) {
        return tpp.backchannel(Map.of("request", key.sign(claims)));
    }

    @Test
    void whereTheBankDoesNotTellNobodyIsAskedAndNobodyAnswers() {
        ADMIN.concealCustomers(REALM, true);
        try {
            Answer known = askCustomer();
            Answer unknown = ask("login_hint", "nobody-" + UUID.randomUUID());

            assertThat(unknown.status()).as(unknown.toString()).isEqualTo(200);
            assertThat(unknown.json().properties().stream().map(Map.Entry::getKey))
                    .containsExactlyElementsOf(known.json().properties().stream()
                            .map(Map.Entry::getKey)
                            .toList());
            assertThat(unknown.text("auth_req_id")).hasSameSizeAs(known.text("auth_req_id"));
            assertThat(unknown.json().get("expires_in")).isEqualTo(known.json().get("expires_in"));
            for (Answer asked : List.of(known, unknown)) {
                assertThat(acme.poll(Asked.of(asked)).error()).isEqualTo("authorization_pending");
                assertThat(acme.poll(Asked.of(asked)).error()).isEqualTo("slow_down");
            }
            // what is wrong with a request is told of either
            assertThat(ask("login_hint", "nobody", "scope", "openid no.such").error())
                    .isEqualTo("invalid_scope");
            assertThat(askCustomer("acr_values", "no-such").error())
                    .isEqualTo(
                            ask("login_hint", "nobody", "acr_values", "no-such").error());
            ADMIN.updateUser(REALM, customer.id(), user -> user.put("enabled", false));
            assertThat(askCustomer().status()).isEqualTo(200);
        } finally {
            ADMIN.concealCustomers(REALM, false);
        }
    }
}
