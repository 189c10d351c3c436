package io.assent.it.detail;

import static io.assent.testing.actor.DevRealm.ACME;
import static io.assent.testing.actor.DevRealm.BALANCES;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.assent.testing.actor.Asked;
import io.assent.testing.actor.BankApp;
import io.assent.testing.actor.Customer;
import io.assent.testing.actor.Realm;
import io.assent.testing.actor.SigningKey;
import io.assent.testing.actor.Tokens;
import io.assent.testing.actor.Tpp;
import io.assent.testing.http.Answer;
import io.assent.testing.http.Http;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/**
 * A type of a bank's own: a payment with a card, as ConnectID's modules of the OpenID certification suite ask for it in
 * signed requests, good ones and bad ones.
 */
class BankTypeIT {

    private static final String TYPE = "3ds:payment_authorisation";
    private static final String PARAMETER = "authorization_details";
    private static final SigningKey KEY = SigningKey.generate();

    private final Realm bank = DetailServer.bank();
    private final Customer customer = bank.newCustomer();
    private final Tpp merchant = bank.newTpp(ACME, client -> {
        KEY.signsBackchannelRequestsOf(client);
        client.withObjectProperty("attributes").put("authorization_details_types", TYPE);
    });

    @Test
    void aPaymentWithACardIsAskedAndGranted() {
        ArrayNode payment = payment(detail -> {});
        Asked asked = Asked.of(ask(payment));
        BankApp app = customer.app();
        String id = app.onlyPendingId();
        JsonNode shown = app.request(id, "en").ok().at("/details/0");
        assertThat(shown.get("oneTime").asBoolean()).isTrue();
        assertThat(shown.get("detail")).isEqualTo(payment.get(0));
        assertThat(shown.get("rows").findValuesAsText("value"))
                .containsExactly("A$12.50", "Merchant A", "Order 4711", "•••• 1111");
        assertThat(app.request(id, "de").ok().at("/details/0/rows").findValuesAsText("label"))
                .containsExactly("Betrag", "An", "Verwendungszweck", "Karte");
        app.approve(id, List.of(), payment.get(0)).ok();

        Answer answer = merchant.poll(asked);

        JsonNode claims = Tokens.of(answer).accessTokenClaims();
        assertThat(claims.get(PARAMETER)).isEqualTo(payment);
        assertThat(answer.ok().get(PARAMETER)).isEqualTo(payment);
        assertThat(answer.ok().has("refresh_token"))
                .as(answer.ok().path("refresh_token").isNull()
                        + claims.path("scope").asText()
                        + answer.ok().path("refresh_expires_in"))
                .isFalse();
        assertThat(claims.get("txn").asText()).isNotEmpty();
    }

    @Test
    void anAmountIsANumber() {
        for (double amount : new double[] {0.01, 12.5, 100, 100.0, 99_999.95}) {
            assertThat(ask(payment(detail -> amount(detail).put("amount", amount)))
                            .status())
                    .as("%s", amount)
                    .isEqualTo(200);
        }
    }

    @Test
    void whatIsMissingOrMalformedIsRefused() {
        List<Consumer<ObjectNode>> changes = List.of(
                detail -> detail.remove("instructed_amount"),
                detail -> detail.remove("source_account"),
                detail -> detail.remove("beneficiary_name"),
                detail -> detail.remove("payment_desc"),
                detail -> amount(detail).remove("amount"),
                detail -> amount(detail).remove("currency"),
                detail -> amount(detail).put("amount", "not-an-amount"),
                detail -> amount(detail).put("amount", "12.50"),
                detail -> amount(detail).put("amount", 12.505),
                detail -> amount(detail).put("amount", 0),
                detail -> amount(detail).put("amount", -1),
                detail -> amount(detail).put("amount", 1234567890123.456),
                detail -> amount(detail).put("currency", "NOT_A_CURRENCY"),
                detail -> amount(detail).put("currency", "XAU"),
                detail -> amount(detail).put("currency", "JPY"),
                detail -> detail.put("source_account", "not-a-card-primary-account-number"),
                detail -> detail.put("type", "payment"),
                detail -> detail.put("type", "payment_initiation"),
                detail -> detail.put("note", "urgent"));
        for (Consumer<ObjectNode> change : changes) {
            ArrayNode changed = payment(change);
            Answer answer = ask(changed);
            assertThat(answer.status()).as(changed.toString()).isEqualTo(400);
            assertThat(answer.error()).as(changed.toString()).isEqualTo("invalid_authorization_details");
        }
        assertThat(customer.app().pending()).isEmpty();
    }

    @Test
    void aClientThatTheBankDidNotGiveItToCanNotUseIt() {
        assertThat(bank.tpp(ACME)
                        .request(
                                customer,
                                Map.of(PARAMETER, payment(detail -> {}).toString()),
                                BALANCES)
                        .error())
                .isEqualTo("invalid_authorization_details");
    }

    private Answer ask(ArrayNode details) {
        ObjectNode claims = merchant.requestClaims(customer);
        claims.put("binding_message", "Order " + UUID.randomUUID());
        claims.set(PARAMETER, details);
        return merchant.backchannel(Map.of("request", KEY.sign(claims)));
    }

    private static ArrayNode payment(Consumer<ObjectNode> change) {
        ObjectNode detail = Http.object().put("type", TYPE);
        detail.putObject("instructed_amount").put("amount", 12.5).put("currency", "AUD");
        detail.put("source_account", "4111111111111111")
                .put("beneficiary_name", "Merchant A")
                .put("payment_desc", "Order 4711");
        change.accept(detail);
        return Http.JSON.createArrayNode().add(detail);
    }

    private static ObjectNode amount(ObjectNode detail) {
        return (ObjectNode) detail.get("instructed_amount");
    }
}
