package io.assent.it.ciba;

import static io.assent.testing.actor.DevRealm.BALANCES;
import static io.assent.testing.actor.DevRealm.TRANSACTIONS;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.assent.testing.actor.Admin;
import io.assent.testing.actor.Asked;
import io.assent.testing.actor.BankApp;
import io.assent.testing.actor.CodeFlow;
import io.assent.testing.actor.Customer;
import io.assent.testing.actor.PingReceiver;
import io.assent.testing.actor.Realm;
import io.assent.testing.actor.RealmFile;
import io.assent.testing.actor.Tokens;
import io.assent.testing.actor.Tpp;
import io.assent.testing.browser.WebClient;
import io.assent.testing.fapi.FapiTpp;
import io.assent.testing.fapi.JoseKey;
import io.assent.testing.fapi.JoseKey.Algorithm;
import io.assent.testing.http.Answer;
import io.assent.testing.http.Http;
import io.assent.testing.server.Database;
import io.assent.testing.server.Servers;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The realm for FAPI-CIBA as it is shipped, but that plain HTTP is let in: what the modules of the certification suite
 * play, with a customer who answers at once.
 */
class FapiRealmIT {

    private static final String FAPI = "fapi";
    private static final URI APP = URI.create("https://app.bank.example/login");

    private static Realm realm;
    private static Admin admin;
    private static Customer customer;
    private static BankApp app;
    private static FapiTpp tpp;

    @BeforeAll
    static void importTheRealm() {
        admin = Servers.shared(Database.H2).admin();
        admin.createRealm(RealmFile.fapi().with(file -> file.put("sslRequired", "external")));
        realm = Servers.shared(Database.H2).realm(FAPI);
        customer = realm.newCustomer();
        app = app(customer);
        tpp = registered(Algorithm.ES256, client -> {});
    }

    @AfterAll
    static void removeTheRealm() {
        admin.removeRealm(FAPI);
    }

    /** By the one way that the realm has: a code, with PKCE. */
    private static BankApp app(Customer customer) {
        CodeFlow flow = new CodeFlow(new Tpp(realm, BankApp.CLIENT_ID, ""), APP);
        URI back = new WebClient(realm).open(flow, customer).uri();
        return new BankApp(
                realm,
                Tokens.of(flow.redeem(back, Map.of("client_id", BankApp.CLIENT_ID)))
                        .accessToken());
    }

    private static FapiTpp registered(Algorithm algorithm, Consumer<ObjectNode> change) {
        FapiTpp unregistered = FapiTpp.unregistered(realm, algorithm);
        ObjectNode registration = unregistered.registration(BALANCES, TRANSACTIONS);
        change.accept(registration);
        admin.createClient(FAPI, registration);
        return unregistered;
    }

    private static void assertRefused(Answer answer, String... errors) {
        assertThat(answer.status()).as(answer.toString()).isIn(400, 401);
        assertThat(answer.error()).as(answer.toString()).isIn((Object[]) errors);
        assertThat(app.pending()).as("questions").isEmpty();
    }

    @Test
    void plainHttpIsNotLetIn() {
        assertThat(RealmFile.fapi().json().get("sslRequired").asText()).isEqualTo("all");
    }

    @Test
    void theFileHasNoSecretAndNobody() {
        ObjectNode file = RealmFile.fapi().json();

        assertThat(file.findValues("secret")).isEmpty();
        assertThat(file.findValues("credentials")).isEmpty();
        assertThat(file.has("users")).isFalse();
        assertThat(file.at("/attributes/sandbox.enabled").isMissingNode()).isTrue();
        assertThat(file.get("clients").findValues("directAccessGrantsEnabled")).allMatch(on -> !on.asBoolean());
    }

    /**
     * Keycloak makes the key of an algorithm that is not its usual one when it is first used, and clients keep a JWK
     * set.
     */
    @Test
    void theKeyThatSignsIsPublishedBeforeItSigns() {
        Realm fresh = realm.server().realm("fapi-fresh");
        admin.createRealm(RealmFile.fapi().named("fapi-fresh").with(file -> file.put("sslRequired", "external")));
        try {
            JsonNode keys = Http.send(Http.request(fresh.uri("/protocol/openid-connect/certs")))
                    .ok()
                    .get("keys");

            assertThat(keys.findValuesAsText("alg")).contains("PS256");
        } finally {
            admin.removeRealm(fresh.name());
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Algorithm.class,
            names = {"ES256", "PS256"})
    void aPollThatComesRightAfterTheDecisionGetsTokensThatAreBoundToTheKey(Algorithm algorithm) {
        FapiTpp poller = registered(algorithm, client -> {});
        Asked asked = Asked.of(poller.ask(poller.claims(customer, BALANCES)));
        assertThat(poller.poll(asked.authReqId()).error()).isEqualTo("authorization_pending");

        app.approve(app.onlyPendingId()).ok();
        Tokens tokens = Tokens.of(poller.poll(asked.authReqId()));

        assertThat(tokens.response().get("token_type").asText()).isEqualTo("DPoP");
        assertThat(tokens.accessTokenClaims().at("/cnf/jkt").asText()).isNotEmpty();
        assertThat(tokens.accessTokenScope()).contains(BALANCES);
        assertThat(poller.userinfo(tokens).status()).isEqualTo(200);
        assertThat(poller.userinfoWithoutProof(tokens).status()).isEqualTo(401);
        assertThat(poller.withAnotherProofKey().userinfo(tokens).status()).isEqualTo(401);
        Tokens.of(poller.refresh(tokens));
        assertThat(poller.poll(asked.authReqId()).error()).isEqualTo("invalid_grant");
    }

    @Test
    void aClientAssertionForTheTokenEndpointIsTakenAsTheSuiteSendsIt() {
        ObjectNode assertion = tpp.assertion().put("aud", realm.tokenEndpoint().toString());
        Asked asked = Asked.of(tpp.ask(tpp.claims(customer, BALANCES), tpp.key().sign(assertion)));
        app.approve(app.onlyPendingId()).ok();
        Tokens tokens = Tokens.of(tpp.poll(asked.authReqId()));

        Tokens.of(tpp.refresh(
                tokens,
                tpp.key().sign(tpp.assertion().put("aud", realm.tokenEndpoint().toString()))));
    }

    @Test
    void theFirstPollGetsTokensIfTheCustomerHasAnswered() {
        Asked asked = Asked.of(tpp.ask(tpp.claims(customer, BALANCES)));
        app.approve(app.onlyPendingId()).ok();

        Tokens.of(tpp.poll(asked.authReqId()));
    }

    @Test
    void aPollRightAfterANoIsToldSo() {
        // one of its own: who is denied again and again has to wait
        FapiTpp denied = registered(Algorithm.ES256, client -> {});
        Asked asked = Asked.of(denied.ask(denied.claims(customer, TRANSACTIONS)));
        assertThat(denied.poll(asked.authReqId()).error()).isEqualTo("authorization_pending");
        app.deny(app.onlyPendingId()).ok();

        assertThat(denied.poll(asked.authReqId()).error()).isEqualTo("access_denied");
    }

    @Test
    void aPollRightAfterThePingGetsTokensAndTheRedirectOfAPingIsNotFollowed() {
        Realm plain = realm.server().realm("fapi-ping");
        // the test's receiver has no certificate
        admin.createRealm(RealmFile.fapi().named("fapi-ping").with(file -> {
            file.put("sslRequired", "external");
            for (JsonNode profile : file.at("/clientProfiles/profiles")) {
                removeExecutor((ArrayNode) profile.get("executors"), "secure-client-uris");
            }
        }));
        try (PingReceiver receiver = PingReceiver.answering(302)) {
            Customer someone = plain.newCustomer();
            FapiTpp pinged = FapiTpp.unregistered(plain, Algorithm.ES256);
            ObjectNode registration = pinged.registration(BALANCES);
            registration
                    .withObjectProperty("attributes")
                    .put("ciba.backchannel.token.delivery.mode", "ping")
                    .put(
                            "ciba.backchannel.client.notification.endpoint",
                            receiver.endpoint().toString());
            admin.createClient(plain.name(), registration);
            CodeFlow flow = new CodeFlow(new Tpp(plain, BankApp.CLIENT_ID, ""), APP);
            URI back = new WebClient(plain).open(flow, someone).uri();
            BankApp phone = new BankApp(
                    plain,
                    Tokens.of(flow.redeem(back, Map.of("client_id", BankApp.CLIENT_ID)))
                            .accessToken());
            Asked asked = Asked.of(pinged.ask(
                    pinged.claims(someone, BALANCES).put("client_notification_token", "a-notification-token")));
            assertThat(pinged.poll(asked.authReqId()).error()).isEqualTo("authorization_pending");
            phone.approve(phone.onlyPendingId()).ok();

            PingReceiver.Ping ping = receiver.next(Duration.ofSeconds(20));

            assertThat(ping.body()).contains(asked.authReqId());
            assertThat(ping.authorization()).isEqualTo("Bearer a-notification-token");
            Tokens.of(pinged.poll(asked.authReqId()));
            assertThat(receiver.poll(Duration.ofSeconds(1))).isNull();
        } finally {
            admin.removeRealm(plain.name());
        }
    }

    private static void removeExecutor(ArrayNode executors, String name) {
        executors.removeIf(executor -> executor.get("executor").asText().equals(name));
    }

    static Stream<Arguments> flaws() {
        return Stream.of(
                flaw("no exp", claims -> claims.remove("exp")),
                flaw("no nbf", claims -> claims.remove("nbf")),
                flaw("no iat", claims -> claims.remove("iat")),
                flaw("no jti", claims -> claims.remove("jti")),
                flaw("no iss", claims -> claims.remove("iss")),
                flaw("no aud", claims -> claims.remove("aud")),
                flaw("another's iss", claims -> claims.put("iss", "another")),
                flaw("another's aud", claims -> claims.put("aud", "https://another.bank.example")),
                flaw("no binding message", claims -> claims.remove("binding_message")),
                flaw("expired", claims -> claims.put("nbf", now() - 120).put("exp", now() - 60)),
                flaw("not yet", claims -> claims.put("nbf", now() + 120).put("exp", now() + 300)),
                flaw("for more than 60 minutes", claims -> claims.put("nbf", now())
                        .put("exp", now() + 3_700)),
                flaw("since more than 60 minutes", claims -> claims.put("nbf", now() - 3_700)
                        .put("exp", now() + 60)),
                flaw("no hint", claims -> claims.remove("login_hint")),
                flaw("an unknown customer", claims -> claims.put("login_hint", "nobody")),
                flaw("a scope that it does not have", claims -> claims.put("scope", "openid payments.initiate")));
    }

    private static Arguments flaw(String name, Consumer<ObjectNode> change) {
        return Arguments.argumentSet(name, change);
    }

    private static long now() {
        return Instant.now().getEpochSecond();
    }

    @ParameterizedTest
    @MethodSource("flaws")
    void aSignedRequestWithAFlawIsRefused(Consumer<ObjectNode> flaw) {
        ObjectNode claims = tpp.claims(customer, BALANCES);
        flaw.accept(claims);

        assertRefused(
                tpp.ask(claims),
                "invalid_request",
                "invalid_scope",
                "invalid_binding_message",
                "invalid_request_object",
                "unknown_user_id");
    }

    @Test
    void aRequestThatIsNotSignedAsRegisteredIsRefused() {
        ObjectNode claims = tpp.claims(customer, BALANCES);
        FapiTpp rsa = registered(Algorithm.PS256, client -> {});

        assertRefused(tpp.plain(claims), "invalid_request");
        assertRefused(tpp.request(JoseKey.unsigned(claims)), "invalid_request");
        assertRefused(tpp.request(JoseKey.generate(Algorithm.ES256).sign(claims)), "invalid_request");
        assertRefused(
                rsa.request(rsa.key().as(Algorithm.RS256).sign(rsa.claims(customer, BALANCES))), "invalid_request");
        assertRefused(tpp.request("no-jwt"), "invalid_request");
    }

    @Test
    void aClientThatDoesNotShowWhoItIsIsRefused() {
        FapiTpp rsa = registered(Algorithm.PS256, client -> {});
        ObjectNode expired = tpp.assertion().put("iat", now() - 120).put("exp", now() - 60);
        String used = tpp.key().sign(tpp.assertion());

        assertRefused(
                Http.send(Http.form(
                        realm.uri("/protocol/openid-connect/ext/ciba/auth"),
                        Map.of(
                                "client_id",
                                tpp.clientId(),
                                "request",
                                tpp.key().sign(tpp.claims(customer, BALANCES))))),
                "invalid_client",
                "unauthorized_client");
        assertRefused(
                tpp.ask(tpp.claims(customer, BALANCES), tpp.key().sign(expired)),
                "invalid_client",
                "unauthorized_client");
        assertRefused(
                tpp.ask(
                        tpp.claims(customer, BALANCES),
                        JoseKey.generate(Algorithm.ES256).sign(tpp.assertion())),
                "invalid_client",
                "unauthorized_client");
        assertRefused(
                tpp.ask(
                        tpp.claims(customer, BALANCES),
                        tpp.key().sign(tpp.assertion().put("aud", "https://elsewhere"))),
                "invalid_client",
                "unauthorized_client");
        assertRefused(
                rsa.ask(
                        rsa.claims(customer, BALANCES),
                        rsa.key().as(Algorithm.RS256).sign(rsa.assertion())),
                "invalid_client",
                "unauthorized_client");
        Asked asked = Asked.of(tpp.ask(tpp.claims(customer, BALANCES), used));
        app.approve(app.onlyPendingId()).ok();
        assertRefused(tpp.ask(tpp.claims(customer, TRANSACTIONS), used), "invalid_client", "unauthorized_client");
        Tokens.of(tpp.poll(asked.authReqId()));
    }

    @Test
    void aPollWithoutProofOrOfAnotherClientGetsNothing() {
        FapiTpp other = registered(Algorithm.ES256, client -> {});
        Asked asked = Asked.of(tpp.ask(tpp.claims(customer, BALANCES)));
        app.approve(app.onlyPendingId()).ok();

        assertRefused(
                tpp.pollWithoutProof(asked.authReqId()), "invalid_request", "invalid_grant", "invalid_dpop_proof");
        assertRefused(other.poll(asked.authReqId()), "invalid_grant");
        assertRefused(
                Http.send(Http.form(
                        realm.tokenEndpoint(),
                        Map.of(
                                "grant_type",
                                "urn:openid:params:grant-type:ciba",
                                "client_id",
                                tpp.clientId(),
                                "auth_req_id",
                                asked.authReqId()))),
                "invalid_request",
                "invalid_client",
                "unauthorized_client");

        Tokens.of(tpp.poll(asked.authReqId()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"client-secret", "client-secret-jwt"})
    void aClientWithASharedSecretIsNotRegistered(String authenticator) {
        assertNotRegistered(client -> client.put("clientAuthenticatorType", authenticator));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ciba.backchannel.auth.request.signing.alg=RS256",
                "token.endpoint.auth.signing.alg=RS256",
                "ciba.backchannel.client.notification.endpoint=http://tpp.example/ping",
                "jwks.url=http://tpp.example/jwks"
            })
    void aClientWithAWeakSettingIsNotRegistered(String setting) {
        String[] parts = setting.split("=", 2);
        assertNotRegistered(client -> client.withObjectProperty("attributes").put(parts[0], parts[1]));
    }

    private static void assertNotRegistered(Consumer<ObjectNode> change) {
        FapiTpp unregistered = FapiTpp.unregistered(realm, Algorithm.PS256);
        ObjectNode registration = unregistered.registration(BALANCES);
        change.accept(registration);

        Answer answer = admin.register(FAPI, registration);

        assertThat(answer.status()).as(answer.toString()).isEqualTo(400);
    }

    @Test
    void aClientIsMadeToAskAndToBindItsTokens() {
        FapiTpp careless = registered(Algorithm.ES256, client -> client.put("consentRequired", false)
                .put("fullScopeAllowed", true)
                .put("directAccessGrantsEnabled", true)
                .put("implicitFlowEnabled", true)
                .withObjectProperty("attributes")
                .remove("ciba.backchannel.auth.request.signing.alg"));

        ObjectNode client = admin.client(FAPI, careless.clientId());

        assertThat(client.get("consentRequired").asBoolean()).isTrue();
        assertThat(client.get("fullScopeAllowed").asBoolean()).isFalse();
        assertThat(client.get("directAccessGrantsEnabled").asBoolean()).isFalse();
        assertThat(client.get("implicitFlowEnabled").asBoolean()).isFalse();
        assertThat(client.at("/attributes/dpop.bound.access.tokens").asText()).isEqualTo("true");
        assertThat(client.at("/attributes/ciba.backchannel.auth.request.signing.alg")
                        .asText())
                .isEqualTo("PS256");
    }

    @Test
    void aClientWithoutAKeyAsksNobody() {
        FapiTpp open = FapiTpp.unregistered(realm, Algorithm.ES256);
        ObjectNode registration = open.registration(BALANCES).put("publicClient", true);
        admin.createClient(FAPI, registration);

        Answer answer = Http.send(Http.form(
                realm.uri("/protocol/openid-connect/ext/ciba/auth"),
                Map.of("client_id", open.clientId(), "request", open.key().sign(open.claims(customer, BALANCES)))));

        assertRefused(answer, "invalid_client", "unauthorized_client");
    }

    @Test
    void aCertificateIsDemandedWhereTokensAreBoundToOne() {
        FapiTpp certified = registered(Algorithm.ES256, client -> {});
        admin.updateClient(FAPI, certified.clientId(), client -> client.withObjectProperty("attributes")
                .put("tls.client.certificate.bound.access.tokens", "true"));
        admin.updateClient(FAPI, certified.clientId(), client -> client.withObjectProperty("attributes")
                .put("dpop.bound.access.tokens", "false"));
        Asked asked = Asked.of(certified.ask(certified.claims(customer, BALANCES)));
        app.approve(app.onlyPendingId()).ok();

        assertRefused(certified.pollWithoutProof(asked.authReqId()), "invalid_grant", "invalid_request");
        assertRefused(certified.poll(asked.authReqId()), "invalid_grant", "invalid_request");
    }

    @Test
    void theDiscoveryDocumentSaysWhatTheSuiteReads() {
        var discovery = Http.send(Http.request(realm.uri("/.well-known/openid-configuration")))
                .ok();

        assertThat(discovery.get("backchannel_authentication_endpoint").asText())
                .isNotEmpty();
        assertThat(discovery.get("backchannel_token_delivery_modes_supported").toString())
                .contains("poll", "ping");
        assertThat(discovery
                        .get("backchannel_authentication_request_signing_alg_values_supported")
                        .toString())
                .contains("PS256", "ES256");
        assertThat(discovery.get("grant_types_supported").toString()).contains("urn:openid:params:grant-type:ciba");
        assertThat(discovery.get("token_endpoint_auth_methods_supported").toString())
                .contains("private_key_jwt", "tls_client_auth");
        assertThat(discovery.get("tls_client_certificate_bound_access_tokens").asBoolean())
                .isTrue();
        assertThat(discovery.get("dpop_signing_alg_values_supported").toString())
                .contains("PS256", "ES256");
    }
}
