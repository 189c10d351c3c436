package io.assent.sandbox.journey;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * A payment of an amount to a payee: a TPP asks for just this one, the customer sees it, chooses an account and signs
 * with the phone's key, the token carries it, and the bank's API carries it out, once and as it was shown.
 */
final class Payment {

    static final String SCOPE = "payments.initiate";
    private static final String AMOUNT = "12.50";
    private static final String OTHER_AMOUNT = "1250.00";
    private static final String BINDING_MESSAGE = "PAY-3";

    private final Transcript transcript;
    private final Phone phone;
    private final Tpp tpp;
    private final BankApi bank;
    private final Duration patience;

    Payment(Wire wire, Phone phone, Duration patience) {
        this.transcript = wire.transcript();
        this.phone = phone;
        this.tpp = new Tpp(wire, "orbit-pisp", "orbit-pisp-secret");
        this.bank = new BankApi(wire);
        this.patience = patience;
    }

    void play(PushStream pushes, String customer) throws InterruptedException {
        String notificationToken = UUID.randomUUID().toString();
        transcript.step("A payment service waits for the bank's pings");
        try (PushStream pings = tpp.listen(notificationToken)) {
            transcript.step("It asks for one payment");
            tpp.ask(
                    customer,
                    Set.of(SCOPE),
                    BINDING_MESSAGE,
                    Map.of(
                            "authorization_details",
                            "[" + detail() + "]",
                            "client_notification_token",
                            notificationToken));

            transcript.step("The phone gets a push");
            String requestId = pushes.await(patience);

            transcript.step("The app shows the amount and the payee");
            JsonNode shown = phone.open(requestId, BINDING_MESSAGE, Set.of(SCOPE));
            checkShown(shown);

            List<ObjectNode> wanted = List.of(withAccount(shown));
            transcript.step("Somebody with the customer's token allows the payment without the phone");
            phone.approveUnsigned(shown, Set.of(SCOPE), wanted);
            transcript.checked("what the phone did not sign is not allowed");

            transcript.step("The customer chooses an account and allows the payment, signed by the phone");
            phone.sign(shown, Set.of(SCOPE), wanted);

            transcript.step("The bank pings the TPP, which fetches its token");
            pings.awaitPing(patience);
            String token = tpp.fetch().get("access_token");
            JsonNode granted = checkToken(token, requestId, shown);

            pay(token, granted);
        }
    }

    private void pay(String token, JsonNode granted) throws InterruptedException {
        ObjectNode order = granted.deepCopy();
        order.remove("type");

        transcript.step("The TPP orders another amount from the bank's API");
        ObjectNode changed = order.deepCopy();
        changed.withObjectProperty("instructedAmount").put("amount", OTHER_AMOUNT);
        bank.refuses(token, changed);
        transcript.checked("what the customer was not shown is not paid");

        transcript.step("It orders what the customer allowed");
        String paid = bank.pays(token, order);

        transcript.step("It orders the same once more");
        if (!bank.pays(token, order).equals(paid)) {
            throw new JourneyException("the bank paid twice");
        }
        transcript.checked("the bank paid once, " + AMOUNT + " EUR");
    }

    /** The detail that a TPP asks for. */
    static ObjectNode detail() {
        ObjectNode detail = JsonNodeFactory.instance.objectNode().put("type", "payment_initiation");
        detail.putObject("instructedAmount").put("currency", "EUR").put("amount", AMOUNT);
        detail.put("creditorName", "Corner Bakery").putObject("creditorAccount").put("iban", "DE89370400440532013000");
        return detail.put("remittanceInformationUnstructured", "Bread, March");
    }

    private void checkShown(JsonNode request) {
        String rows = request.at("/details/0/rows").toString();
        for (String seen : List.of(AMOUNT, "Corner Bakery")) {
            if (!rows.contains(seen)) {
                throw new JourneyException("the phone does not show " + seen);
            }
        }
        transcript.checked("the phone shows " + AMOUNT + " and Corner Bakery");
    }

    /** As the customer grants it: the same, with the first account that holds the currency. */
    static ObjectNode withAccount(JsonNode request) {
        ObjectNode detail = request.at("/details/0/detail").deepCopy();
        for (JsonNode account : request.at("/details/0/accounts/choices")) {
            if (account.path("currency").asText().equals("EUR")) {
                detail.putObject("debtorAccount").put("id", account.path("id").asText());
                return detail;
            }
        }
        throw new JourneyException("the phone shows no account in EUR");
    }

    /** @return the payment that the token carries */
    private JsonNode checkToken(String token, String requestId, JsonNode shown) {
        JsonNode claims = Jwt.claims(token);
        JsonNode detail = claims.at("/authorization_details/0");
        transcript.note("authorization_details = " + detail.at("/instructedAmount") + " to "
                + detail.path("creditorName").asText() + ", from "
                + detail.at("/debtorAccount/id").asText());
        check("amount", AMOUNT, detail.at("/instructedAmount/amount").asText());
        check("txn", requestId, claims.path("txn").asText());
        check(
                "content_hash",
                shown.path("contentHash").asText(),
                claims.path("content_hash").asText());
        transcript.checked("the token carries " + AMOUNT + " EUR, as the phone showed it");
        return detail;
    }

    private static void check(String what, String expected, String actual) {
        if (!expected.equals(actual)) {
            throw new JourneyException("the token's " + what + " is not what the phone showed");
        }
    }
}
