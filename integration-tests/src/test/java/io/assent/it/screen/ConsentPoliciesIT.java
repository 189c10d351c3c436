package io.assent.it.screen;

import static io.assent.testing.actor.DevRealm.ACME;
import static io.assent.testing.actor.DevRealm.BALANCES;
import static io.assent.testing.actor.DevRealm.TRANSACTIONS;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.assent.testing.actor.Admin;
import io.assent.testing.actor.CodeFlow;
import io.assent.testing.actor.Customer;
import io.assent.testing.actor.Realm;
import io.assent.testing.actor.Server;
import io.assent.testing.actor.SharedSecretJwt;
import io.assent.testing.actor.Tokens;
import io.assent.testing.actor.Tpp;
import io.assent.testing.browser.WebClient;
import io.assent.testing.browser.WebPage;
import io.assent.testing.http.Answer;
import io.assent.testing.http.Http;
import io.assent.testing.server.Servers;
import java.net.URI;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The consent screen in a realm whose client policies demand a FAPI profile of every client. */
class ConsentPoliciesIT {

    private static final String REALM = "policed";
    private static final String SECRET = "a-secret-that-is-long-enough-for-a-signature";
    private static final URI BACK = URI.create("https://acme.example/back");

    private final Server server = Servers.bank().server();
    private final Admin admin = server.admin();
    private Realm realm;
    private Customer customer;
    private Tpp acme;
    private WebClient browser;

    @BeforeEach
    void demandFapi() {
        admin.createRealm(Servers.realmFile().named(REALM).with(file -> {
            for (JsonNode client : file.get("clients")) {
                if (client.get("clientId").asText().equals(ACME)) {
                    ((ObjectNode) client)
                            .put("secret", SECRET)
                            .put("clientAuthenticatorType", "client-secret-jwt")
                            .putArray("redirectUris")
                            .add(BACK.toString());
                    client.withObjectProperty("attributes").put("request.object.signature.alg", "HS256");
                }
            }
        }));
        admin.demandOfEveryClient(REALM, "fapi-1-baseline");
        realm = server.realm(REALM);
        customer = realm.newCustomer();
        acme = new Tpp(realm, ACME, SECRET);
        browser = new WebClient(realm);
    }

    @AfterEach
    void removeRealm() {
        admin.removeRealm(REALM);
    }

    @Test
    void aFapiClientGetsWhatWasTicked() {
        CodeFlow flow = new CodeFlow(acme, BACK, BALANCES, TRANSACTIONS);

        WebPage page = browser.open(flow, customer);
        Tokens tokens = Tokens.of(redeem(flow, browser.approve(page, BALANCES)));

        assertThat(tokens.accessTokenScope()).containsExactlyInAnyOrder("openid", BALANCES);
    }

    @Test
    void aFapiClientWithASignedRequestGetsWhatWasTicked() {
        CodeFlow flow = new CodeFlow(acme, BACK, BALANCES, TRANSACTIONS);
        flow.with("request", SharedSecretJwt.sign(SECRET, flow.requestObject(issuer())));

        WebPage page = browser.open(flow, customer);
        assertThat(page.permissions()).containsExactly(BALANCES, TRANSACTIONS);
        Tokens tokens = Tokens.of(redeem(flow, browser.approve(page, TRANSACTIONS)));

        assertThat(tokens.accessTokenScope()).containsExactlyInAnyOrder("openid", TRANSACTIONS);
    }

    @Test
    void thePolicyIsInForce() {
        CodeFlow withoutPkce = new CodeFlow(acme, BACK, BALANCES).without("code_challenge");

        WebPage refused = browser.open(withoutPkce.authorizationUri());

        assertThat(refused.asks()).isFalse();
        assertThat(refused.left() ? withoutPkce.error(refused.uri()) : "invalid_request")
                .isEqualTo("invalid_request");
    }

    private Answer redeem(CodeFlow flow, WebPage back) {
        return flow.redeem(
                back.uri(),
                Map.of(
                        "client_assertion_type",
                        "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
                        "client_assertion",
                        SharedSecretJwt.sign(SECRET, assertion())));
    }

    private ObjectNode assertion() {
        long now = Instant.now().getEpochSecond();
        return Http.object()
                .put("iss", acme.clientId())
                .put("sub", acme.clientId())
                .put("aud", issuer())
                .put("jti", UUID.randomUUID().toString())
                .put("iat", now)
                .put("exp", now + 60);
    }

    private String issuer() {
        return realm.uri("").toString();
    }
}
