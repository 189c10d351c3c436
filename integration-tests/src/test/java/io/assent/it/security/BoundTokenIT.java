package io.assent.it.security;

import static io.assent.testing.actor.DevRealm.ACME;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.assent.testing.actor.Asked;
import io.assent.testing.actor.BankApp;
import io.assent.testing.actor.Customer;
import io.assent.testing.actor.PhoneKey;
import io.assent.testing.actor.Realm;
import io.assent.testing.actor.Tokens;
import io.assent.testing.actor.Tpp;
import io.assent.testing.http.Answer;
import io.assent.testing.http.Http;
import io.assent.testing.phone.SigningPhone;
import io.assent.testing.server.Database;
import io.assent.testing.server.Servers;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** An app's token that is bound to the phone's key (RFC 9449), the one that signs what the customer approves. */
class BoundTokenIT {

    private final Realm bank = Servers.signing(Database.H2);
    private final Tpp acme = bank.tpp(ACME);
    private final Customer customer = bank.newCustomer();
    private final PhoneKey key = PhoneKey.generate();
    private final BankApp app = customer.appBoundTo(key);

    private Asked askForAPayment() {
        ObjectNode payment = Http.object().put("type", "payment_initiation").put("creditorName", "Muster GmbH");
        payment.putObject("instructedAmount").put("currency", "EUR").put("amount", "12.50");
        payment.putObject("creditorAccount").put("iban", "DE02100100109307118603");
        return Asked.of(acme.request(customer, Map.of("authorization_details", "[" + payment + "]")));
    }

    private Answer deny(String id, UnaryOperator<HttpRequest.Builder> authorization) {
        return Http.send(authorization
                .apply(Http.request(decision(id)))
                .header("Content-Type", "application/json")
                .PUT(BodyPublishers.ofString("{\"decision\":\"deny\"}")));
    }

    private URI decision(String id) {
        return bank.uri("/consent/v1/requests/" + id + "/decision");
    }

    private static UnaryOperator<HttpRequest.Builder> sent(String scheme, String token, String proof) {
        return request -> request.header("Authorization", scheme + " " + token).header("DPoP", proof);
    }

    @Test
    void oneKeyHoldsTheTokenAndSignsTheDecision() {
        SigningPhone phone = SigningPhone.enrolled(app, key);
        Asked asked = askForAPayment();

        Answer approved = phone.approve(app.onlyPendingId());

        assertThat(approved.ok().get("status").asText()).isEqualTo("approved");
        assertThat(approved.json().at("/decision/deviceId").asText()).isEqualTo(phone.deviceId());
        assertThat(Tokens.of(acme.poll(asked))
                        .accessTokenClaims()
                        .at("/authorization_details/0/instructedAmount/amount")
                        .asText())
                .isEqualTo("12.50");
    }

    @Test
    void aBoundTokenIsWorthNothingWithoutItsKey() {
        askForAPayment();
        String id = app.onlyPendingId();
        String token = app.accessToken();
        PhoneKey thief = PhoneKey.generate();
        Map<String, UnaryOperator<HttpRequest.Builder>> calls = new LinkedHashMap<>();
        calls.put("as a bearer", request -> request.header("Authorization", "Bearer " + token));
        calls.put("as a bearer, with a proof", sent("Bearer", token, key.dpop("PUT", decision(id), token)));
        calls.put("without a proof", request -> request.header("Authorization", "DPoP " + token));
        calls.put("with no proof", sent("DPoP", token, "nonsense"));
        calls.put("with another key's proof", sent("DPoP", token, thief.dpop("PUT", decision(id), token)));
        calls.put("with a proof of another method", sent("DPoP", token, key.dpop("GET", decision(id), token)));
        calls.put(
                "with a proof of another path",
                sent("DPoP", token, key.dpop("PUT", bank.uri("/consent/v1/requests/" + id), token)));
        calls.put("with a proof of no token", sent("DPoP", token, key.dpop("PUT", decision(id), null)));
        calls.put("with a proof of another token", sent("DPoP", token, key.dpop("PUT", decision(id), token + "x")));

        calls.forEach((how, call) -> {
            Answer refused = deny(id, call);
            assertThat(refused.status()).as(how).isEqualTo(401);
            assertThat(refused.problem()).as(how).isEqualTo("invalid-token");
            assertThat(refused.header("WWW-Authenticate")).as(how).hasValue("DPoP error=\"invalid_token\"");
        });

        assertThat(app.onlyPendingId()).isEqualTo(id);
    }

    /** RFC 9449, section 7.1. */
    @Test
    void whatElseIsMissingIsToldByTheSchemeByWhichTheTokenWasSent() {
        URI grant = bank.uri("/consent/v1/grants/" + UUID.randomUUID());

        Answer refused = Http.send(sent("DPoP", app.accessToken(), key.dpop("GET", grant, app.accessToken()))
                .apply(Http.request(grant))
                .GET());

        assertThat(refused.problem()).isEqualTo("insufficient-scope");
        assertThat(refused.header("WWW-Authenticate").orElseThrow()).startsWith("DPoP error=\"insufficient_scope\"");
    }

    @Test
    void aProofIsGoodForOneCall() {
        askForAPayment();
        String id = app.onlyPendingId();
        UnaryOperator<HttpRequest.Builder> call =
                sent("DPoP", app.accessToken(), key.dpop("PUT", decision(id), app.accessToken()));

        assertThat(deny(id, call).status()).isEqualTo(200);
        assertThat(deny(id, call).status()).isEqualTo(401);
        assertThat(app.deny(id).status())
                .as("the same again, with a fresh proof")
                .isEqualTo(200);
    }

    @Test
    void aTokenThatIsBoundToNothingStaysABearers() {
        BankApp bearer = customer.app();

        assertThat(bearer.requests("").status()).isEqualTo(200);
        assertThat(bearer.boundTo(key).requests("").status()).isEqualTo(401);
    }
}
