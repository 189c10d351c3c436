package io.assent.it.screen;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.assent.testing.http.Http;
import java.util.stream.Stream;

/** Authorization details that clients ask for on the consent screen. */
final class ScreenDetails {

    static final String PAYEE = "Muster GmbH";

    private static final String IBAN = "DE02100100109307118603";

    static ObjectNode payment(String amount) {
        ObjectNode detail = Http.object().put("type", "payment_initiation").put("creditorName", PAYEE);
        detail.set("instructedAmount", euro(amount));
        detail.putObject("creditorAccount").put("iban", IBAN);
        return detail.put("remittanceInformationUnstructured", "Invoice 2026-17");
    }

    static ObjectNode recurring() {
        ObjectNode detail = Http.object().put("type", "recurring_payment").put("creditorName", PAYEE);
        detail.putObject("creditorAccount").put("iban", IBAN);
        detail.set("maximumIndividualAmount", euro("50.00"));
        detail.set("periodicLimit", euro("200.00").put("period", "month"));
        return detail.put("validTo", "2099-12-31");
    }

    static ObjectNode accounts(String... actions) {
        ObjectNode detail = Http.object().put("type", "account_information");
        Stream.of(actions).forEach(detail.withArrayProperty("actions")::add);
        return detail;
    }

    /** The same from an account. */
    static ObjectNode from(ObjectNode detail, String account) {
        ObjectNode chosen = detail.deepCopy();
        chosen.putObject("debtorAccount").put("id", account);
        return chosen;
    }

    /** The same about accounts. */
    static ObjectNode about(ObjectNode detail, String... accounts) {
        ObjectNode chosen = detail.deepCopy();
        Stream.of(accounts)
                .forEach(account ->
                        chosen.withArrayProperty("accounts").addObject().put("id", account));
        return chosen;
    }

    private static ObjectNode euro(String amount) {
        return Http.object().put("currency", "EUR").put("amount", amount);
    }

    private ScreenDetails() {}
}
