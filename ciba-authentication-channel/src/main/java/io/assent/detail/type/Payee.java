package io.assent.detail.type;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.assent.detail.AccountField;
import java.util.Optional;

/** Who is paid, for what, and from which account: what all payments have. */
final class Payee {

    private static final String NAME = "creditorName";
    private static final String ACCOUNT = "creditorAccount";
    private static final String IBAN = "iban";
    private static final String REFERENCE = "remittanceInformationUnstructured";

    /** Where the customer's account is. A bank may have one for all that it pays, so that none needs to be chosen. */
    static final AccountField DEBTOR = new AccountField("debtorAccount", false, false);

    static Optional<String> flaw(ObjectNode payment) {
        return Wording.flaw(NAME, payment.path(NAME))
                .or(() -> Iban.flaw(ACCOUNT + '.' + IBAN, payment.path(ACCOUNT).path(IBAN)))
                .or(() -> Wording.flaw(REFERENCE, payment.path(REFERENCE)));
    }

    static Rows name(ObjectNode payment, Rows rows) {
        return rows.headline("payee", payment.path(NAME).asText());
    }

    static Rows rest(ObjectNode payment, Rows rows) {
        return rows.normal("payee.account", Iban.shown(payment.path(ACCOUNT).path(IBAN)))
                .normal("reference", payment.path(REFERENCE));
    }

    private Payee() {}
}
