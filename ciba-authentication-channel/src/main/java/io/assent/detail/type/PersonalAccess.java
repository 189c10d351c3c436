package io.assent.detail.type;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.assent.detail.AccountField;
import io.assent.detail.ConsentDetailType;
import io.assent.detail.DetailRow;
import io.assent.text.Texts;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Access of a customer to their own data, by a token that they use themselves, as in a script. It has a name, by which
 * the customer finds it again.
 */
final class PersonalAccess implements ConsentDetailType {

    private static final String LABEL = "name";
    private static final String LAST_DAY = "validUntil";

    private final String schema = SchemaFile.of(PersonalAccessFactory.TYPE);

    @Override
    public String schema() {
        return schema;
    }

    @Override
    public Optional<String> flaw(ObjectNode detail, Instant now) {
        return Wording.flaw(LABEL, detail.path(LABEL)).or(() -> Day.lastDayFlaw(LAST_DAY, detail.path(LAST_DAY), now));
    }

    @Override
    public List<DetailRow> rows(ObjectNode detail, Texts texts) {
        Rows rows = new Rows(texts);
        return rows.headline("personal.name", detail.path(LABEL).asText())
                .normal("personal.who", rows.text("personal.you"))
                .day("until", detail.path(LAST_DAY))
                .all();
    }

    @Override
    public boolean isOneTime() {
        return false;
    }

    @Override
    public boolean describesRequest() {
        return true;
    }

    @Override
    public Optional<AccountField> accounts(ObjectNode detail) {
        return Optional.empty();
    }

    @Override
    public Optional<Instant> validUntil(ObjectNode detail) {
        return Day.end(detail.path(LAST_DAY));
    }
}
