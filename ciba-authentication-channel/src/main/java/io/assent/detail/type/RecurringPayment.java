package io.assent.detail.type;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.assent.detail.AccountField;
import io.assent.detail.ConsentDetailType;
import io.assent.detail.DetailRow;
import io.assent.text.Texts;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Payments to one payee within limits, until a day. */
final class RecurringPayment implements ConsentDetailType {

    static final String NAME = "recurring_payment";

    private static final String MAXIMUM = "maximumIndividualAmount";
    private static final String LIMIT = "periodicLimit";
    private static final String LAST_DAY = "validTo";

    private final String schema = SchemaFile.of(NAME);

    @Override
    public String schema() {
        return schema;
    }

    @Override
    public Optional<String> flaw(ObjectNode detail, Instant now) {
        return amountFlaw(Money.of(detail.path(MAXIMUM)), Money.of(detail.path(LIMIT)))
                .or(() -> Payee.flaw(detail))
                .or(() -> Day.lastDayFlaw(LAST_DAY, detail.path(LAST_DAY), now));
    }

    private static Optional<String> amountFlaw(Money maximum, Money limit) {
        Optional<String> flaw = maximum.flaw(MAXIMUM).or(() -> limit.flaw(LIMIT));
        if (flaw.isPresent()) {
            return flaw;
        }
        if (!maximum.isSameCurrency(limit)) {
            return Optional.of("%s.currency is not that of %s".formatted(LIMIT, MAXIMUM));
        }
        return maximum.isAbove(limit)
                ? Optional.of("%s.amount is above that of %s".formatted(MAXIMUM, LIMIT))
                : Optional.empty();
    }

    @Override
    public List<DetailRow> rows(ObjectNode detail, Texts texts) {
        Rows rows = new Rows(texts);
        JsonNode limit = detail.path(LIMIT);
        rows.headline("amount.each", Money.of(detail.path(MAXIMUM)).shown(rows.locale()))
                .headline(
                        "amount." + limit.path("period").asText(),
                        Money.of(limit).shown(rows.locale()));
        Payee.name(detail, rows);
        return Payee.rest(detail, rows).day("until", detail.path(LAST_DAY)).all();
    }

    @Override
    public boolean isOneTime() {
        return false;
    }

    @Override
    public Optional<AccountField> accounts(ObjectNode detail) {
        return Optional.of(Payee.DEBTOR);
    }

    @Override
    public Optional<Instant> validUntil(ObjectNode detail) {
        return Day.end(detail.path(LAST_DAY));
    }
}
