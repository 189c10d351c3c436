package io.assent.it.clients;

import static io.assent.testing.actor.DevRealm.ACME;
import static io.assent.testing.actor.DevRealm.BALANCES;
import static io.assent.testing.actor.DevRealm.GLOBE;
import static io.assent.testing.actor.DevRealm.TRANSACTIONS;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import io.assent.testing.Ports;
import io.assent.testing.actor.BankApp;
import io.assent.testing.actor.CodeFlow;
import io.assent.testing.actor.Customer;
import io.assent.testing.actor.Realm;
import io.assent.testing.actor.Tokens;
import io.assent.testing.actor.Tpp;
import io.assent.testing.browser.WebClient;
import io.assent.testing.http.Http;
import io.assent.testing.server.Database;
import io.assent.testing.server.Servers;
import java.io.IOException;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a TPP does with openid-client, a certified library for Node.js ({@code src/test/node/tpp/tpp.mjs}). */
@Tag("long")
class OpenidClientIT {

    private static NodeProject node;

    private final Realm bank = Servers.bank();
    private final Customer customer = bank.newCustomer();
    private final BankApp app = customer.app();
    private final Tpp acme = bank.tpp(ACME);

    @BeforeAll
    static void install() {
        node = NodeProject.ofTests("tpp");
    }

    @Test
    void pollsUntilTheCustomerGrantedAPart() throws IOException {
        try (Program tpp = new Program("poll", acme, customer, Map.of())) {
            assertThat(tpp.hear().hasNonNull("asked")).isTrue();
            app.approve(app.onlyPendingId(), BALANCES).ok();

            assertGranted(tpp.hear(), "bearer");
        }
    }

    @Test
    void hearsADenial() throws IOException {
        try (Program tpp = new Program("poll", acme, customer, Map.of())) {
            assertThat(tpp.hear().hasNonNull("asked")).isTrue();
            app.deny(app.onlyPendingId()).ok();

            assertThat(tpp.hear().path("error").asText()).isEqualTo("access_denied");
        }
    }

    @Test
    void hearsThatNobodyAnswered() throws IOException {
        Realm brief = Servers.brief(Database.H2);
        try (Program tpp = new Program("expire", brief.tpp(ACME), brief.newCustomer(), Map.of())) {
            assertThat(tpp.hear().hasNonNull("asked")).isTrue();

            assertThat(tpp.hear().path("error").asText()).isEqualTo("expired_token");
        }
    }

    @Test
    void isToldByAPing() throws IOException {
        int port = Ports.free();
        Tpp pinged = bank.newPingTpp(URI.create("http://127.0.0.1:" + port + "/ping"));
        try (Program tpp = new Program(
                "ping", pinged, customer, Map.of("PING_PORT", String.valueOf(port), "SCOPE", "openid " + BALANCES))) {
            assertThat(tpp.hear().hasNonNull("asked")).isTrue();
            app.approve(app.onlyPendingId()).ok();

            assertThat(tpp.hear().path("subject").asText()).isEqualTo(customer.id());
        }
    }

    @Test
    void asksForVerifiedClaimsAndReadsThem() throws IOException {
        VerifiedCustomer.verify(customer);
        try (Program tpp = new Program("claims", bank.tpp(GLOBE), customer, Map.of("SCOPE", "openid"))) {
            assertThat(tpp.hear().hasNonNull("asked")).isTrue();
            app.approve(app.onlyPendingId()).ok();

            JsonNode told = tpp.hear();
            assertThat(told.at("/idToken/claims")).as(told.toString()).isEqualTo(Http.parse("{\"age_over_18\":true}"));
            assertThat(told.at("/userinfo/claims")).isEqualTo(Http.parse("{\"nationality\":\"DE\"}"));
        }
    }

    @Test
    void signsItsRequest() throws IOException, JOSEException {
        RSAKey key = new RSAKeyGenerator(2048)
                .keyID("node")
                .keyUse(KeyUse.SIGNATURE)
                .algorithm(JWSAlgorithm.PS256)
                .generate();
        Tpp signing = bank.newTpp(ACME, client -> client.withObjectProperty("attributes")
                .put("ciba.backchannel.auth.request.signing.alg", "PS256")
                .put("use.jwks.string", "true")
                .put("jwks.string", new JWKSet(key.toPublicJWK()).toString()));
        try (Program tpp = new Program("signed", signing, customer, Map.of("SIGNING_KEY", key.toJSONString()))) {
            assertThat(tpp.hear().hasNonNull("asked")).isTrue();
            app.approve(app.onlyPendingId(), BALANCES).ok();

            assertGranted(tpp.hear(), "bearer");
        }
    }

    @Test
    void getsTokensThatAreBoundToItsKey() throws IOException {
        try (Program tpp = new Program("dpop", acme, customer, Map.of())) {
            assertThat(tpp.hear().hasNonNull("asked")).isTrue();
            app.approve(app.onlyPendingId(), BALANCES).ok();

            assertGranted(tpp.hear(), "dpop");
        }
    }

    @Test
    void pushesItsRequestAndSendsABrowserToTheConsentScreen() throws IOException {
        try (Program tpp = new Program("par", acme, customer, Map.of("REDIRECT_URI", CodeFlow.BACK.toString()))) {
            URI authorize = URI.create(tpp.hear().path("authorize").asText());
            WebClient browser = new WebClient(bank);
            URI back = browser.approve(browser.logIn(browser.open(authorize), customer), BALANCES)
                    .uri();
            tpp.tell(back.toString());

            assertGranted(tpp.hear(), "bearer");
        }
    }

    private void assertGranted(JsonNode tokens, String type) {
        assertThat(tokens.path("tokenType").asText()).as(tokens.toString()).isEqualTo(type);
        assertThat(Tokens.split(tokens.path("scope").asText())).containsExactlyInAnyOrder("openid", BALANCES);
        assertThat(tokens.path("subject").asText()).isEqualTo(customer.id());
    }

    /** The TPP's program, which plays one scenario. */
    private static final class Program implements AutoCloseable {

        private final Conversation conversation;

        Program(String scenario, Tpp tpp, Customer customer, Map<String, String> more) throws IOException {
            Map<String, String> environment = new LinkedHashMap<>(more);
            environment.put("SCENARIO", scenario);
            environment.put("ISSUER", tpp.realm().uri("").toString());
            environment.put("CLIENT_ID", tpp.clientId());
            environment.put("CLIENT_SECRET", tpp.secret());
            environment.put("CUSTOMER", customer.username());
            environment.putIfAbsent("SCOPE", "openid " + BALANCES + " " + TRANSACTIONS);
            conversation = new Conversation(node.start(environment, "node", "tpp.mjs"));
        }

        /** What it says next: it ends by itself, with an error at the latest when the question expires. */
        JsonNode hear() {
            return Http.parse(conversation.hear());
        }

        void tell(String line) {
            conversation.tell(line);
        }

        @Override
        public void close() {
            conversation.close();
        }
    }
}
