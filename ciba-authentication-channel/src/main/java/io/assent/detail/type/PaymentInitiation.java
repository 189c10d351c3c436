package io.assent.detail.type;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.assent.detail.AccountField;
import io.assent.detail.ConsentDetailType;
import io.assent.detail.DetailRow;
import io.assent.text.Texts;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** One payment, as in RFC 9396, section 2. */
final class PaymentInitiation implements ConsentDetailType {

    static final String NAME = "payment_initiation";

    private static final String AMOUNT = "instructedAmount";

    private final String schema = SchemaFile.of(NAME);

    @Override
    public String schema() {
        return schema;
    }

    @Override
    public Optional<String> flaw(ObjectNode detail, Instant now) {
        return Money.of(detail.path(AMOUNT)).flaw(AMOUNT).or(() -> Payee.flaw(detail));
    }

    @Override
    public List<DetailRow> rows(ObjectNode detail, Texts texts) {
        Rows rows = new Rows(texts);
        rows.headline("amount", Money.of(detail.path(AMOUNT)).shown(rows.locale()));
        Payee.name(detail, rows);
        return Payee.rest(detail, rows).all();
    }

    @Override
    public boolean isOneTime() {
        return true;
    }

    @Override
    public Optional<AccountField> accounts(ObjectNode detail) {
        return Optional.of(Payee.DEBTOR);
    }
}
