package io.assent.it.identity;

import static io.assent.it.identity.IdentityRealm.VERIFIED;
import static io.assent.testing.actor.DevRealm.ACME;
import static io.assent.testing.actor.DevRealm.BALANCES;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.assent.fake.http.VendorServer;
import io.assent.testing.actor.Asked;
import io.assent.testing.actor.BankApp;
import io.assent.testing.actor.Customer;
import io.assent.testing.actor.Tokens;
import io.assent.testing.actor.Tpp;
import io.assent.testing.http.Http;
import io.assent.testing.server.Database;
import io.assent.testing.server.Keycloak;
import io.assent.testing.server.Servers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What was verified about customers, as a system of the bank's own says it. */
@Tag("long")
class HttpIdentityIT {

    private static final String ADULT = """
            {"id_token":{"verified_claims":{"verification":{"trust_framework":null},"claims":{"age_over_18":null}}},
             "userinfo":{"verified_claims":{"verification":{"trust_framework":null},"claims":{"age_over_18":null}}}}""";

    private static final String ANSWER = """
            {"identities":[{"verification":{"trust_framework":"de_aml"},"claims":{"age_over_18":true}}]}""";

    @Test
    void itIsToldAsItStandsNowAndNothingWhereTheSystemIsDown() {
        List<JsonNode> asked = new CopyOnWriteArrayList<>();
        try (VendorServer kyc = new VendorServer(0)) {
            kyc.handle("/verified", exchange -> {
                asked.add(Http.parse(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
                byte[] answer = ANSWER.getBytes(StandardCharsets.UTF_8);
                exchange.getResponseHeaders().set("Content-Type", "application/json");
                exchange.sendResponseHeaders(200, answer.length);
                exchange.getResponseBody().write(answer);
                exchange.close();
            });
            kyc.up();
            try (Keycloak server = new Keycloak(
                            "http-identity",
                            Database.H2,
                            List.of(Servers.realmFile()),
                            "--spi-verified-identity-source--provider=http",
                            "--spi-verified-identity-source--http--address=" + kyc.uri() + "/verified",
                            // a busy machine is no slow bank
                            "--spi-verified-identity-source--http--timeout=10000")
                    .start()) {
                IdentityRealm identity = new IdentityRealm(server.realm(Servers.BANK));
                Customer customer = identity.newCustomer();
                BankApp app = customer.app();
                Tpp acme = identity.realm().tpp(ACME);

                Asked question = Asked.of(acme.request(customer, Map.of("claims", ADULT), BALANCES));
                app.approve(app.onlyPendingId(), BALANCES, VERIFIED).ok();
                Tokens tokens = Tokens.of(acme.poll(question));

                assertThat(acme.userinfo(tokens)
                                .ok()
                                .at("/verified_claims/claims/age_over_18")
                                .asBoolean())
                        .isTrue();
                assertThat(asked).isNotEmpty().allSatisfy(call -> assertThat(
                                call.get("customer").asText())
                        .isEqualTo(customer.id()));

                kyc.down();
                assertThat(acme.userinfo(tokens).ok().has("verified_claims")).isFalse();
                assertThat(Tokens.of(acme.refresh(tokens)).idTokenClaims().has("verified_claims"))
                        .isFalse();
                assertThat(server.said()).contains("No verified claims are told in realm", "ConnectException");
                assertThat(server.said()).doesNotContain("age_over_18");
            }
        }
    }
}
