package io.assent.it.detail;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.assent.testing.actor.Asked;
import io.assent.testing.actor.Customer;
import io.assent.testing.actor.Realm;
import io.assent.testing.actor.Tpp;
import io.assent.testing.http.Answer;
import io.assent.testing.http.Http;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What TPPs ask for in the tests about details, and what customers have. */
final class Asking {

    static final String EVERYDAY = "acc-everyday";
    static final String SAVINGS = "acc-savings";
    static final String HOLIDAY = "acc-holiday";

    /** Three accounts. */
    static final String[] THREE = {
        EVERYDAY + "|Everyday|•••• 3000", SAVINGS + "|Savings|•••• 4000", HOLIDAY + "|Holiday|•••• 5000"
    };

    static ObjectNode accounts(String... actions) {
        ObjectNode detail = Http.object().put("type", DetailServer.ACCOUNTS);
        Stream.of(actions).forEach(detail.withArrayProperty("actions")::add);
        return detail;
    }

    static ObjectNode payment(String amount) {
        ObjectNode detail = Http.object().put("type", DetailServer.PAYMENT).put("creditorName", "Muster GmbH");
        detail.putObject("instructedAmount").put("currency", "EUR").put("amount", amount);
        detail.putObject("creditorAccount").put("iban", "DE02100100109307118603");
        return detail.put("remittanceInformationUnstructured", "Invoice 2026-17");
    }

    static ObjectNode recurring() {
        ObjectNode detail = Http.object().put("type", DetailServer.RECURRING).put("creditorName", "Muster GmbH");
        detail.putObject("creditorAccount").put("iban", "DE02100100109307118603");
        detail.putObject("maximumIndividualAmount").put("currency", "EUR").put("amount", "50.00");
        detail.putObject("periodicLimit")
                .put("period", "month")
                .put("currency", "EUR")
                .put("amount", "200.00");
        return detail.put("validTo", "2099-12-31");
    }

    /** The same about these accounts. */
    static ObjectNode about(JsonNode detail, String... ids) {
        ObjectNode chosen = detail.deepCopy();
        Stream.of(ids)
                .forEach(id -> chosen.withArrayProperty("accounts").addObject().put("id", id));
        return chosen;
    }

    /** The same from an account. */
    static ObjectNode from(JsonNode detail, String id) {
        ObjectNode chosen = detail.deepCopy();
        chosen.putObject("debtorAccount").put("id", id);
        return chosen;
    }

    static Answer request(Tpp tpp, Customer customer, List<String> scopes, JsonNode... details) {
        return tpp.request(
                customer, Map.of("authorization_details", Arrays.toString(details)), scopes.toArray(String[]::new));
    }

    static Asked ask(Tpp tpp, Customer customer, List<String> scopes, JsonNode... details) {
        return Asked.of(request(tpp, customer, scopes, details));
    }

    /** What the bank says of the customer's accounts from now on. */
    static void give(Customer customer, String... accounts) {
        Realm realm = customer.realm();
        realm.admin().updateUser(realm.name(), customer.id(), user -> {
            user.withObjectProperty("attributes").remove("accounts");
            Stream.of(accounts).forEach(user.withObjectProperty("attributes").withArrayProperty("accounts")::add);
        });
    }

    private Asking() {}
}
