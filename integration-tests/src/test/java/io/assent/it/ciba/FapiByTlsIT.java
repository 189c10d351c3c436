package io.assent.it.ciba;

import static io.assent.testing.actor.DevRealm.BALANCES;
import static io.assent.testing.actor.DevRealm.TRANSACTIONS;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.assent.testing.actor.Admin;
import io.assent.testing.actor.Asked;
import io.assent.testing.actor.BankApp;
import io.assent.testing.actor.CodeFlow;
import io.assent.testing.actor.Customer;
import io.assent.testing.actor.Realm;
import io.assent.testing.actor.RealmFile;
import io.assent.testing.actor.Tokens;
import io.assent.testing.actor.Tpp;
import io.assent.testing.browser.WebClient;
import io.assent.testing.browser.WebPage;
import io.assent.testing.fapi.CertifiedTpp;
import io.assent.testing.fapi.CertifiedTpp.Known;
import io.assent.testing.fapi.FapiTpp;
import io.assent.testing.fapi.JoseKey.Algorithm;
import io.assent.testing.http.Answer;
import io.assent.testing.http.Authority;
import io.assent.testing.server.TlsKeycloak;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The realm for FAPI exactly as it is shipped, on a server that is called by TLS and asks for certificates. */
class FapiByTlsIT {

    private static final String FAPI = "fapi";
    private static final URI APP = URI.create("https://app.bank.example/login");

    private static TlsKeycloak server;
    private static Admin admin;
    private static Realm realm;
    private static Customer customer;
    private static BankApp app;

    @BeforeAll
    static void startAServer() {
        server = new TlsKeycloak("fapi-by-tls").start();
        admin = server.admin();
        admin.createRealm(RealmFile.fapi());
        realm = server.realm(FAPI);
        customer = realm.newCustomer();
        CodeFlow flow = new CodeFlow(new Tpp(realm, BankApp.CLIENT_ID, ""), APP);
        URI back = new WebClient(realm).open(flow, customer).uri();
        app = new BankApp(
                realm,
                Tokens.of(flow.redeem(back, Map.of("client_id", BankApp.CLIENT_ID)))
                        .accessToken());
    }

    @AfterAll
    static void stopIt() {
        server.close();
    }

    /** CIBA, where a certificate is shown (RFC 8705). */
    @Nested
    class ByCertificate {

        @ParameterizedTest
        @EnumSource
        void tokensAreBoundToTheCertificateOfTheRedemption(Known known) {
            CertifiedTpp tpp = registered(known);
            Asked asked = Asked.of(tpp.ask(customer, BALANCES));
            assertThat(tpp.poll(asked.authReqId()).error()).isEqualTo("authorization_pending");
            app.approve(app.onlyPendingId()).ok();

            Tokens tokens = Tokens.of(tpp.poll(asked.authReqId()));

            assertThat(tokens.accessTokenClaims().at("/cnf/x5t#S256").asText())
                    .isEqualTo(tpp.certificate().thumbprint());
            assertThat(tokens.accessTokenScope()).contains(BALANCES);
            assertThat(tpp.userinfo(tokens).status()).isEqualTo(200);
            assertThat(Tokens.of(tpp.refresh(tokens))
                            .accessTokenClaims()
                            .at("/cnf/x5t#S256")
                            .asText())
                    .isEqualTo(tpp.certificate().thumbprint());
        }

        @ParameterizedTest
        @EnumSource
        void anotherCertificateGetsNothingForThem(Known known) {
            CertifiedTpp tpp = registered(known);
            CertifiedTpp thief = tpp.showing(Authority.shared().certify("CN=" + tpp.clientId()));
            Asked asked = Asked.of(tpp.ask(customer, BALANCES));
            app.approve(app.onlyPendingId()).ok();
            Tokens tokens = Tokens.of(tpp.poll(asked.authReqId()));

            assertThat(thief.userinfo(tokens).status()).isEqualTo(401);
            assertThat(thief.refresh(tokens).status()).isEqualTo(400);

            Tokens.of(tpp.refresh(tokens));
        }

        @Test
        void whoShowsTheCertificateOfSomebodyElseNeitherAsksNorRedeems() {
            CertifiedTpp tpp = registered(Known.BY_CERTIFICATE);
            CertifiedTpp other = tpp.showing(Authority.shared().certify("CN=somebody else"));
            assertRefused(other.ask(customer, BALANCES));
            Asked asked = Asked.of(tpp.ask(customer, BALANCES));
            app.approve(app.onlyPendingId()).ok();

            assertRefused(other.poll(asked.authReqId()));

            Tokens.of(tpp.poll(asked.authReqId()));
        }

        @Test
        void whoShowsNoneGetsNoTokens() {
            CertifiedTpp tpp = registered(Known.BY_ASSERTION);
            Asked asked = Asked.of(tpp.ask(customer, BALANCES));
            app.approve(app.onlyPendingId()).ok();

            assertRefused(tpp.pollWithoutCertificate(asked.authReqId()));

            Tokens.of(tpp.poll(asked.authReqId()));
        }

        private static CertifiedTpp registered(Known known) {
            CertifiedTpp tpp = CertifiedTpp.unregistered(realm, known);
            admin.createClient(FAPI, tpp.registration(BALANCES, TRANSACTIONS));
            admin.updateClient(FAPI, tpp.clientId(), client -> client.withObjectProperty("attributes")
                    .put("tls.client.certificate.bound.access.tokens", "true"));
            admin.updateClient(FAPI, tpp.clientId(), client -> client.withObjectProperty("attributes")
                    .put("dpop.bound.access.tokens", "false"));
            return tpp;
        }

        private static void assertRefused(Answer answer) {
            assertThat(answer.status()).as(answer.toString()).isIn(400, 401);
            assertThat(answer.json().has("access_token")).isFalse();
            assertThat(app.pending()).as("questions").isEmpty();
        }
    }

    /** FAPI 2 in a browser: pushed, with PKCE, proven by a key, and asked for on our screen. */
    @Nested
    class InABrowser {

        private static final URI BACK = URI.create("https://tpp.example/back");
        private static final String PUSH = "/protocol/openid-connect/ext/par/request";

        private final FapiTpp tpp = registered();
        private final WebClient browser = new WebClient(realm);
        private final CodeFlow flow = flow();

        @Test
        void theCustomerIsAskedAndTheTokensAreBoundToTheKey() {
            URI pushed = flow.pushed(push());
            WebPage question = browser.logIn(browser.open(pushed), customer);
            assertThat(question.asks()).as(question.body()).isTrue();

            URI back = browser.approve(question).uri();
            Tokens tokens = Tokens.of(tpp.redeem(flow.redemption(back)));

            assertThat(tokens.response().get("token_type").asText()).isEqualTo("DPoP");
            assertThat(tokens.accessTokenClaims().at("/cnf/jkt").asText()).isNotEmpty();
            assertThat(tokens.accessTokenScope()).contains(BALANCES);
            assertThat(tpp.userinfo(tokens).status()).isEqualTo(200);
            assertThat(tpp.userinfoWithoutProof(tokens).status()).isEqualTo(401);
            assertThat(tpp.withAnotherProofKey().userinfo(tokens).status()).isEqualTo(401);
            Tokens.of(tpp.refresh(tokens));
        }

        @Test
        void aRequestUriThatWasAnsweredIsGoodForNothing() {
            URI pushed = flow.pushed(push());
            browser.approve(browser.logIn(browser.open(pushed), customer));

            WebPage again = browser.open(pushed);

            assertThat(again.status()).as(again.body()).isEqualTo(400);
            assertThat(again.left()).isFalse();
        }

        @Test
        void aNoIsToldAndGrantsNothing() {
            WebPage question = browser.logIn(browser.open(flow.pushed(push())), customer);

            assertThat(flow.error(browser.deny(question).uri())).isEqualTo("access_denied");
        }

        @Test
        void aCodeWithoutProofIsGoodForNothing() {
            Answer answer = tpp.redeemWithoutProof(flow.redemption(approved()));

            assertThat(answer.status()).as(answer.toString()).isEqualTo(400);
        }

        @Test
        void norIsOneWithTheVerifierOfAnotherJourney() {
            Map<String, String> redemption = new HashMap<>(flow.redemption(approved()));
            redemption.put("code_verifier", "v".repeat(64));

            assertThat(tpp.redeem(redemption).error()).isEqualTo("invalid_grant");
        }

        @Test
        void whatIsNotPushedIsNotAsked() {
            WebPage page = browser.open(flow.authorizationUri());

            assertThat(page.html().selectFirst("#kc-form-login")).isNull();
            assertThat(page.uri().toString()).doesNotContain("code=");
        }

        @Test
        void norIsWhatIsSaidBesideIt() {
            WebPage page = browser.open(URI.create(flow.pushed(push()) + "&max_age=60"));

            assertThat(page.html().selectFirst("#kc-form-login")).isNull();
            assertThat(page.uri().toString()).doesNotContain("code=");
        }

        @Test
        void theAccountConsoleNeedNotPush() {
            CodeFlow console = new CodeFlow(new Tpp(realm, "account-console", ""), realm.uri("/account/"));

            WebPage page = browser.open(console.authorizationUri());

            assertThat(page.html().selectFirst("#kc-form-login"))
                    .as(page.body())
                    .isNotNull();
        }

        @Test
        void whatIsPushedWithoutPkceIsRefused() {
            flow.without("code_challenge").without("code_challenge_method");

            assertThat(push().error()).isEqualTo("invalid_request");
        }

        private URI approved() {
            return browser.approve(browser.logIn(browser.open(flow.pushed(push())), customer))
                    .uri();
        }

        private Answer push() {
            return tpp.post(PUSH, flow.parameters(), Optional.empty());
        }

        private CodeFlow flow() {
            return new CodeFlow(new Tpp(realm, tpp.clientId(), ""), BACK, BALANCES);
        }

        private static FapiTpp registered() {
            FapiTpp tpp = FapiTpp.unregistered(realm, Algorithm.ES256);
            ObjectNode client = tpp.registration(BALANCES, TRANSACTIONS).put("standardFlowEnabled", true);
            client.withArrayProperty("redirectUris").add(BACK.toString());
            client.withObjectProperty("attributes")
                    .remove(List.of("oidc.ciba.grant.enabled", "ciba.backchannel.token.delivery.mode"));
            admin.createClient(FAPI, client);
            return tpp;
        }
    }
}
